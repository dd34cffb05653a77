<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Indoors</source>
        <translation>Über Indoors</translation>
    </message>
    <message>
        <source>Indoors {version}</source>
        <translation>Indoors {version}</translation>
    </message>
    <message>
        <source>Chat with open-weight models that run on this very computer.</source>
        <translation>Chatten mit offenen Modellen, die auf genau diesem Rechner laufen.</translation>
    </message>
    <message>
        <source>Apache licence 2.0. Icons: Phosphor, MIT licence.</source>
        <translation>Apache-Lizenz 2.0. Symbole: Phosphor, MIT-Lizenz.</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>The model is answering.</source>
        <translation>Das Modell antwortet.</translation>
    </message>
    <message>
        <source>The answer is complete.</source>
        <translation>Die Antwort ist vollständig.</translation>
    </message>
    <message>
        <source>The answer was stopped.</source>
        <translation>Die Antwort wurde gestoppt.</translation>
    </message>
    <message>
        <source>The answer failed.</source>
        <translation>Die Antwort ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The answer was cut.</source>
        <translation>Die Antwort wurde abgeschnitten.</translation>
    </message>
</context>
<context>
    <name>Answering</name>
    <message>
        <source>Waiting for the model…</source>
        <translation>Warten auf das Modell…</translation>
    </message>
    <message>
        <source>Reading the prompt…</source>
        <translation>Die Eingabe wird gelesen…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Das Modell wird geladen…</translation>
    </message>
</context>
<context>
    <name>AttachedFiles</name>
    <message>
        <source>Pasted text {number}.txt</source>
        <translation>Eingefügter Text {number}.txt</translation>
    </message>
</context>
<context>
    <name>BubbleWidget</name>
    <message>
        <source>You said</source>
        <translation>Sie sagten</translation>
    </message>
</context>
<context>
    <name>Call</name>
    <message>
        <source>Called the tool {0}; no tool is connected</source>
        <translation>Hat das Werkzeug {0} aufgerufen; kein Werkzeug ist verbunden</translation>
    </message>
</context>
<context>
    <name>ChatCommands</name>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>Find in conversation</source>
        <translation>Im Gespräch suchen</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Gespräche durchsuchen</translation>
    </message>
    <message>
        <source>Show or hide the conversations</source>
        <translation>Gespräche zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort stoppen</translation>
    </message>
    <message>
        <source>Import conversations…</source>
        <translation>Gespräche importieren…</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>{0} – loading, {1} %</source>
        <translation>{0} – lädt, {1} %</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>{name} · {tokens} tokens</source>
        <translation>{name} · {tokens} Tokens</translation>
    </message>
</context>
<context>
    <name>CodeWidget</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Save the code to a file</source>
        <translation>Code in einer Datei speichern</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>No command matches.</source>
        <translation>Kein Befehl passt.</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Theme: follow the system</source>
        <translation>Farben: wie das System</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Farben: hell</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Farben: dunkel</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>Übliche Schriftgröße</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Next area</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Save diagnostics…</source>
        <translation>Diagnose speichern…</translation>
    </message>
    <message>
        <source>About Indoors</source>
        <translation>Über Indoors</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>The message is being saved.</source>
        <translation>Die Nachricht wird gespeichert.</translation>
    </message>
    <message>
        <source>An answer is being written. Stop it first, or wait for its end.</source>
        <translation>Eine Antwort wird geschrieben. Stoppen Sie sie zuerst, oder warten Sie auf ihr Ende.</translation>
    </message>
    <message>
        <source>A file is being read.</source>
        <translation>Eine Datei wird gelesen.</translation>
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation>Es gibt noch nichts zu senden.</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Text, code, tables and PDF (*)</source>
        <translation>Text, Code, Tabellen und PDF (*)</translation>
    </message>
    <message>
        <source>Pictures cannot be sent: the model reads text only.</source>
        <translation>Bilder können nicht gesendet werden: Das Modell liest nur Text.</translation>
    </message>
</context>
<context>
    <name>ComposerBox</name>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>Dateien anhängen…</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort stoppen</translation>
    </message>
</context>
<context>
    <name>Composing</name>
    <message>
        <source>The conversation and this message do not fit into the context together.</source>
        <translation>Das Gespräch und diese Nachricht passen zusammen nicht in den Kontext.</translation>
    </message>
    <message>
        <source>Leave the oldest turns out of what the model reads, or give it a bigger context.</source>
        <translation>Lassen Sie die ältesten Beiträge weg, wenn das Modell liest, oder geben Sie ihm einen größeren Kontext.</translation>
    </message>
    <message>
        <source>Leave out the oldest turns</source>
        <translation>Älteste Beiträge weglassen</translation>
    </message>
    <message>
        <source>Bigger context</source>
        <translation>Größerer Kontext</translation>
    </message>
</context>
<context>
    <name>ContextRing</name>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>How full the context is shows when a model is loaded.</source>
        <translation>Wie voll der Kontext ist, zeigt sich, wenn ein Modell geladen ist.</translation>
    </message>
    <message>
        <source>{used} of {size} tokens of context used.</source>
        <translation>{used} von {size} Tokens des Kontexts belegt.</translation>
    </message>
    <message>
        <source>The draft takes {tokens}.</source>
        <translation>Der Entwurf braucht {tokens}.</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Jump to newest</source>
        <translation>Zum Neuesten springen</translation>
    </message>
</context>
<context>
    <name>CrashWatch</name>
    <message>
        <source>An unexpected failure: {failure}.</source>
        <translation>Ein unerwarteter Fehler: {failure}.</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Content of the diagnostics</source>
        <translation>Inhalt der Diagnose</translation>
    </message>
    <message>
        <source>Save diagnostics…</source>
        <translation>Diagnose speichern…</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Gespeichert als {path}.</translation>
    </message>
    <message>
        <source>This is all that the diagnostics hold. Names of people, folders and computers are taken out; no conversation is in it. Nothing is sent: you choose where to save it and who gets it.</source>
        <translation>Das ist alles, was die Diagnose enthält. Namen von Personen, Ordnern und Rechnern sind entfernt; Gespräche sind nicht darin. Nichts wird gesendet: Sie bestimmen, wo sie gespeichert wird und wer sie bekommt.</translation>
    </message>
    <message>
        <source>You can go on; what was saved is safe.</source>
        <translation>Sie können weitermachen; was gespeichert war, ist sicher.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save diagnostics</source>
        <translation>Diagnose speichern</translation>
    </message>
</context>
<context>
    <name>EditWidget</name>
    <message>
        <source>Your message</source>
        <translation>Ihre Nachricht</translation>
    </message>
    <message>
        <source>What was said before stays as another version.</source>
        <translation>Was vorher gesagt wurde, bleibt als andere Fassung erhalten.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>The message is empty.</source>
        <translation>Die Nachricht ist leer.</translation>
    </message>
</context>
<context>
    <name>EffortPill</name>
    <message>
        <source>How long the model thinks before it answers</source>
        <translation>Wie lange das Modell überlegt, bevor es antwortet</translation>
    </message>
    <message>
        <source>Effort: {effort}</source>
        <translation>Aufwand: {effort}</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Gespräch suchen</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Offline: nothing leaves this computer</source>
        <translation>Offline: Nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>Models run here, conversations stay here; the program opens no network connection.</source>
        <translation>Modelle laufen hier, Gespräche bleiben hier; das Programm öffnet keine Netzwerkverbindung.</translation>
    </message>
</context>
<context>
    <name>FooterRow</name>
    <message>
        <source>{0} tokens in, {1} out</source>
        <translation>{0} Tokens hinein, {1} heraus</translation>
    </message>
    <message>
        <source>first after {0} s</source>
        <translation>erstes nach {0} s</translation>
    </message>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0} Tokens/s</translation>
    </message>
</context>
<context>
    <name>FooterWidget</name>
    <message>
        <source>Previous version</source>
        <translation>Vorige Fassung</translation>
    </message>
    <message>
        <source>This is the first version.</source>
        <translation>Das ist die erste Fassung.</translation>
    </message>
    <message>
        <source>{0}/{1}</source>
        <translation>{0}/{1}</translation>
    </message>
    <message>
        <source>Version {0} of {1}</source>
        <translation>Fassung {0} von {1}</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Nächste Fassung</translation>
    </message>
    <message>
        <source>This is the last version.</source>
        <translation>Das ist die letzte Fassung.</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Copy as plain text</source>
        <translation>Als reinen Text kopieren</translation>
    </message>
    <message>
        <source>Continue this answer</source>
        <translation>Diese Antwort fortsetzen</translation>
    </message>
    <message>
        <source>Show the raw tokens</source>
        <translation>Rohe Tokens zeigen</translation>
    </message>
</context>
<context>
    <name>HardwarePane</name>
    <message>
        <source>What this computer offers to a model.</source>
        <translation>Was dieser Rechner einem Modell bietet.</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Festplatte</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Physical cores</source>
        <translation>Physische Kerne</translation>
    </message>
    <message>
        <source>Logical processors</source>
        <translation>Logische Prozessoren</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Betriebssystem</translation>
    </message>
    <message>
        <source>onnxruntime</source>
        <translation>onnxruntime</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>nicht installiert</translation>
    </message>
    <message>
        <source>Models run on the processor. Graphics cards are not looked for and not used yet: support for them is not in this version.</source>
        <translation>Modelle laufen auf dem Prozessor. Grafikkarten werden noch weder gesucht noch benutzt: Diese Version unterstützt sie nicht.</translation>
    </message>
    <message>
        <source>{free} free of {total}</source>
        <translation>{free} von {total} frei</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Show or hide the conversations</source>
        <translation>Gespräche zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Gespräch suchen</translation>
    </message>
</context>
<context>
    <name>HitDelegate</name>
    <message>
        <source>{title} · another version</source>
        <translation>{title} · andere Fassung</translation>
    </message>
</context>
<context>
    <name>HitItems</name>
    <message>
        <source>Title: {title}</source>
        <translation>Titel: {title}</translation>
    </message>
    <message>
        <source>{title}: {excerpt}</source>
        <translation>{title}: {excerpt}</translation>
    </message>
    <message>
        <source>{title}, another version: {excerpt}</source>
        <translation>{title}, andere Fassung: {excerpt}</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Preparing it for this computer</source>
        <translation>Wird für diesen Rechner vorbereitet</translation>
    </message>
    <message>
        <source>Converting the weights</source>
        <translation>Gewichte werden umgewandelt</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Wird kopiert</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Taking checksums</source>
        <translation>Prüfsummen werden berechnet</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Wird importiert</translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Beginnt…</translation>
    </message>
    <message>
        <source>The import is being stopped.</source>
        <translation>Der Import wird angehalten.</translation>
    </message>
</context>
<context>
    <name>InlineWriter</name>
    <message>
        <source>[Image not loaded: {0}]</source>
        <translation>[Bild nicht geladen: {0}]</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>Open a link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>This link leads out of the program, to {0}:</source>
        <translation>Dieser Link führt aus dem Programm hinaus, zu {0}:</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
</context>
<context>
    <name>Listing</name>
    <message>
        <source>Export the conversation</source>
        <translation>Gespräch exportieren</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>Gespräche importieren</translation>
    </message>
    <message>
        <source>Conversations (*.json *.zip)</source>
        <translation>Gespräche (*.json *.zip)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Indoors</source>
        <translation>Indoors</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Answers in the chat</source>
        <translation>Antwortet im Chat</translation>
    </message>
    <message>
        <source>Use for chat</source>
        <translation>Im Chat verwenden</translation>
    </message>
    <message>
        <source>Use {model} for chat</source>
        <translation>{model} im Chat verwenden</translation>
    </message>
    <message>
        <source>Damaged: {problem}</source>
        <translation>Beschädigt: {problem}</translation>
    </message>
    <message>
        <source>A damaged model cannot answer. Import it again.</source>
        <translation>Ein beschädigtes Modell kann nicht antworten. Importieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} Parameter</translation>
    </message>
    <message>
        <source>context of {tokens} tokens</source>
        <translation>Kontext von {tokens} Tokens</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>Lizenz unbekannt</translation>
    </message>
</context>
<context>
    <name>ModelsPane</name>
    <message>
        <source>Models on this computer. Import a folder that holds an ONNX model to add another.</source>
        <translation>Modelle auf diesem Rechner. Um eines hinzuzufügen, importieren Sie einen Ordner mit einem ONNX-Modell.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Ordner importieren…</translation>
    </message>
    <message>
        <source>No model is installed, not even the built-in guide.</source>
        <translation>Kein Modell ist installiert, auch nicht der eingebaute Guide.</translation>
    </message>
    <message>
        <source>One import at a time.</source>
        <translation>Immer nur ein Import zur gleichen Zeit.</translation>
    </message>
    <message>
        <source>Folder of the model</source>
        <translation>Ordner des Modells</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>ProseRowWidget</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
</context>
<context>
    <name>RawDialog</name>
    <message>
        <source>Raw tokens</source>
        <translation>Rohe Tokens</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Prompt as token ids</source>
        <translation>Eingabe als Token-Nummern</translation>
    </message>
    <message>
        <source>Answer by channel</source>
        <translation>Antwort nach Kanälen</translation>
    </message>
    <message>
        <source>The prompt has {0} tokens.</source>
        <translation>Die Eingabe hat {0} Tokens.</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>In Ordner verschieben</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Dissolve the folder, keep its conversations</source>
        <translation>Ordner auflösen, Gespräche behalten</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>Neuer Ordner…</translation>
    </message>
    <message>
        <source>Markdown…</source>
        <translation>Markdown…</translation>
    </message>
    <message>
        <source>Web page (HTML)…</source>
        <translation>Webseite (HTML)…</translation>
    </message>
    <message>
        <source>JSON with all versions…</source>
        <translation>JSON mit allen Fassungen…</translation>
    </message>
</context>
<context>
    <name>SaveCode</name>
    <message>
        <source>Save the code</source>
        <translation>Code speichern</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>An answer is being written.</source>
        <translation>Eine Antwort wird geschrieben.</translation>
    </message>
    <message>
        <source>Stop it first, or wait for its end.</source>
        <translation>Stoppen Sie sie zuerst, oder warten Sie auf ihr Ende.</translation>
    </message>
</context>
<context>
    <name>SettingEditor</name>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>{setting}: back to the default</source>
        <translation>{setting}: zurück zur Vorgabe</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Address models are fetched from; empty means HF_ENDPOINT, or the hub itself.</source>
        <translation>Adresse, von der Modelle geholt werden; leer heißt: HF_ENDPOINT oder der Hub selbst.</translation>
    </message>
    <message>
        <source>Address of the proxy for all connections; empty means the system&apos;s.</source>
        <translation>Adresse des Proxys für alle Verbindungen; leer heißt: der des Systems.</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Zertifikate</translation>
    </message>
    <message>
        <source>Colours of the window: the system&apos;s choice, light or dark.</source>
        <translation>Farben des Fensters: wie das System, hell oder dunkel.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Download limit</source>
        <translation>Grenze für Downloads</translation>
    </message>
    <message>
        <source>File of certificates to trust; empty means the system&apos;s.</source>
        <translation>Datei mit Zertifikaten, denen vertraut wird; leer heißt: die des Systems.</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>How long a reasoning model thinks before it answers.</source>
        <translation>Wie lange ein denkendes Modell überlegt, bevor es antwortet.</translation>
    </message>
    <message>
        <source>How many connections downloads may have at once.</source>
        <translation>Wie viele Verbindungen Downloads zugleich haben dürfen.</translation>
    </message>
    <message>
        <source>Hub or mirror</source>
        <translation>Hub oder Spiegel</translation>
    </message>
    <message>
        <source>Kilobytes a second that all downloads together may take; 0 means no limit.</source>
        <translation>Kilobyte je Sekunde, die alle Downloads zusammen nehmen dürfen; 0 heißt: keine Grenze.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of the window; it changes at the next start.</source>
        <translation>Sprache des Fensters; sie wechselt beim nächsten Start.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Processor cores the model may use; 0 means all physical ones.</source>
        <translation>Prozessorkerne, die das Modell benutzen darf; 0 heißt: alle physischen.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Reasoning effort</source>
        <translation>Denkaufwand</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>Size of the window&apos;s text in percent.</source>
        <translation>Größe der Schrift im Fenster in Prozent.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>The model that answers when none is named.</source>
        <translation>Das Modell, das antwortet, wenn keines genannt ist.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Tokens a conversation may hold; 0 lets the model and the memory decide.</source>
        <translation>Wie viele Tokens ein Gespräch fassen darf; bei 0 entscheiden Modell und Speicher.</translation>
    </message>
    <message>
        <source>What the model runs on.</source>
        <translation>Worauf das Modell läuft.</translation>
    </message>
    <message>
        <source>Whether every connection is refused: no search, no download.</source>
        <translation>Ob jede Verbindung unterbleibt: keine Suche, kein Download.</translation>
    </message>
    <message>
        <source>Whether things in the window may move: as the system says, always, or never.</source>
        <translation>Ob sich im Fenster etwas bewegen darf: wie das System es will, immer oder nie.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>SettingsPane</name>
    <message>
        <source>A change holds at once and is kept on this computer.</source>
        <translation>Eine Änderung gilt sofort und bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>Nothing holds these words.</source>
        <translation>Nichts enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Import conversations…</source>
        <translation>Gespräche importieren…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Gespräche durchsuchen</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Suchergebnisse</translation>
    </message>
    <message>
        <source>Conversations will be listed here.</source>
        <translation>Hier stehen später Ihre Gespräche.</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Name of the folder:</source>
        <translation>Name des Ordners:</translation>
    </message>
</context>
<context>
    <name>SidebarItems</name>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>has a draft</source>
        <translation>hat einen Entwurf</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>aufgeklappt</translation>
    </message>
    <message>
        <source>Folder {name}, {state}</source>
        <translation>Ordner {name}, {state}</translation>
    </message>
</context>
<context>
    <name>Thinking</name>
    <message>
        <source>Thinking…</source>
        <translation>Denkt nach…</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Gedanken</translation>
    </message>
    <message>
        <source>Thought for {0} s</source>
        <translation>Hat {0} s nachgedacht</translation>
    </message>
</context>
<context>
    <name>ThinkingWidget</name>
    <message>
        <source>The model&apos;s thinking</source>
        <translation>Die Gedanken des Modells</translation>
    </message>
    <message>
        <source>hide</source>
        <translation>verbergen</translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>Attached: {0}</source>
        <translation>Angehängt: {0}</translation>
    </message>
    <message>
        <source>The answer failed.</source>
        <translation>Die Antwort ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>You stopped this answer.</source>
        <translation>Sie haben diese Antwort gestoppt.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>The answer was cut at its length limit.</source>
        <translation>Die Antwort wurde an ihrer Längengrenze abgeschnitten.</translation>
    </message>
    <message>
        <source>The program ended before the answer did.</source>
        <translation>Das Programm endete vor der Antwort.</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>Unterwegs</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>„{title}“ wurde gelöscht.</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Was möchten Sie wissen?</translation>
    </message>
    <message>
        <source>The model runs on this computer.</source>
        <translation>Das Modell läuft auf diesem Rechner.</translation>
    </message>
    <message>
        <source>What can you do?</source>
        <translation>Was kannst du?</translation>
    </message>
    <message>
        <source>Which model fits my computer?</source>
        <translation>Welches Modell passt zu meinem Rechner?</translation>
    </message>
    <message>
        <source>Is anything sent over the network?</source>
        <translation>Wird etwas über das Netz gesendet?</translation>
    </message>
</context>
</TS>
