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
    <name>AddDialog</name>
    <message>
        <source>Add an endpoint</source>
        <translation>Einen Endpunkt hinzufügen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>All that it offers; or their names</source>
        <translation>Alle, die er anbietet; oder ihre Namen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Its models are not local: what you write to them leaves this computer.</source>
        <translation>Seine Modelle sind nicht lokal: Was Sie ihnen schreiben, verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Give a name and an address first.</source>
        <translation>Geben Sie zuerst einen Namen und eine Adresse an.</translation>
    </message>
    <message>
        <source>It is being asked.</source>
        <translation>Er wird gefragt.</translation>
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
        <source>How this conversation is answered</source>
        <translation>Wie in diesem Gespräch geantwortet wird</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort stoppen</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Noch einmal antworten</translation>
    </message>
    <message>
        <source>Import conversations…</source>
        <translation>Gespräche importieren…</translation>
    </message>
    <message>
        <source>Export all conversations…</source>
        <translation>Alle Gespräche exportieren…</translation>
    </message>
    <message>
        <source>Recently deleted conversations…</source>
        <translation>Kürzlich gelöschte Gespräche…</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>Kind of model</source>
        <translation>Art des Modells</translation>
    </message>
    <message>
        <source>Files complete</source>
        <translation>Dateien vollständig</translation>
    </message>
    <message>
        <source>No code</source>
        <translation>Kein Programmcode</translation>
    </message>
    <message>
        <source>No links out of the folder</source>
        <translation>Keine Verweise aus dem Ordner</translation>
    </message>
    <message>
        <source>A decoder with a KV cache</source>
        <translation>Ein Decoder mit KV-Cache</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>Operatoren</translation>
    </message>
    <message>
        <source>Rotary tables</source>
        <translation>Rotationstabellen</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chat-Vorlage</translation>
    </message>
    <message>
        <source>Move or link</source>
        <translation>Verschieben oder verknüpfen</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Ten tokens</source>
        <translation>Zehn Tokens</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
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
    <name>ConnectionsDialog</name>
    <message>
        <source>Connections since the start</source>
        <translation>Verbindungen seit dem Start</translation>
    </message>
    <message>
        <source>Everybody whom the program was told to ask; it connects to nobody else.</source>
        <translation>Alle, die das Programm fragen sollte; mit niemandem sonst verbindet es sich.</translation>
    </message>
    <message>
        <source>{subject} was fetched</source>
        <translation>{subject} wurde geladen</translation>
    </message>
    <message>
        <source>searched for “{subject}”</source>
        <translation>gesucht nach „{subject}“</translation>
    </message>
    <message>
        <source>asked about {subject}</source>
        <translation>gefragt nach {subject}</translation>
    </message>
    <message>
        <source>signed in</source>
        <translation>angemeldet</translation>
    </message>
    <message>
        <source>a conversation was sent to {subject}</source>
        <translation>ein Gespräch wurde an {subject} gesendet</translation>
    </message>
    <message>
        <source>a host not known yet</source>
        <translation>ein noch unbekannter Rechner</translation>
    </message>
    <message>
        <source>{time} · {host} · {what}</source>
        <translation>{time} · {host} · {what}</translation>
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
    <name>DeletedDialog</name>
    <message>
        <source>Recently deleted</source>
        <translation>Kürzlich gelöscht</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Deleted conversations can be brought back for 30 days; then they are erased.</source>
        <translation>Gelöschte Gespräche lassen sich 30 Tage lang zurückholen; danach werden sie endgültig gelöscht.</translation>
    </message>
    <message>
        <source>{title} · {day}</source>
        <translation>{title} · {day}</translation>
    </message>
    <message>
        <source>Nothing was deleted lately.</source>
        <translation>In letzter Zeit wurde nichts gelöscht.</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Its text comes with the model&apos;s files.</source>
        <translation>Ihr Text kommt mit den Dateien des Modells.</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>Read the licence</source>
        <translation>Lizenz lesen</translation>
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
    <name>DownloadCard</name>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files of {model}</source>
        <translation>Dateien von {model}</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>DownloadView</name>
    <message>
        <source>Progress of {model}</source>
        <translation>Fortschritt von {model}</translation>
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
    <name>EndpointRow</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
</context>
<context>
    <name>EndpointsCard</name>
    <message>
        <source>Add an endpoint…</source>
        <translation>Endpunkt hinzufügen …</translation>
    </message>
    <message>
        <source>Any server that speaks the Responses API: your company&apos;s deployment, or a computer of your own. Its models are not local: what you write to them is sent there. Keys are kept in this computer&apos;s keyring.</source>
        <translation>Jeder Server, der die Responses-API spricht: einer Ihres Unternehmens oder ein eigener Computer. Seine Modelle sind nicht lokal: Was Sie ihnen schreiben, wird dorthin gesendet. Schlüssel liegen im Schlüsselbund dieses Computers.</translation>
    </message>
</context>
<context>
    <name>EntryCard</name>
    <message>
        <source>Details…</source>
        <translation>Details …</translation>
    </message>
    <message>
        <source>Details of {model}</source>
        <translation>Details zu {model}</translation>
    </message>
    <message>
        <source>Fewer forms</source>
        <translation>Weniger Formen</translation>
    </message>
    <message>
        <source>More forms ({count})</source>
        <translation>Weitere Formen ({count})</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} Parameter</translation>
    </message>
    <message>
        <source>context of {tokens} tokens</source>
        <translation>Kontext von {tokens} Tokens</translation>
    </message>
</context>
<context>
    <name>EntryDetails</name>
    <message>
        <source>Where it comes from</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Geht</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>What runs {form}</source>
        <translation>Worauf {form} läuft</translation>
    </message>
    <message>
        <source>Publisher</source>
        <translation>Herausgeber</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Active parameters</source>
        <translation>Aktive Parameter</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>{tokens} tokens</source>
        <translation>{tokens} Token</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Grundmodell</translation>
    </message>
    <message>
        <source>Facts from</source>
        <translation>Angaben aus</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Memory, measured</source>
        <translation>Arbeitsspeicher, gemessen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Converted by</source>
        <translation>Umgewandelt von</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>nötig</translation>
    </message>
</context>
<context>
    <name>FactsCard</name>
    <message>
        <source>Looking at this computer…</source>
        <translation>Dieser Rechner wird angesehen…</translation>
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
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>no graphics adapter was found</source>
        <translation>keine Grafikeinheit gefunden</translation>
    </message>
    <message>
        <source>Disk is read at</source>
        <translation>Datenträger wird gelesen mit</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>{cores} cores, {threads} threads</source>
        <translation>{cores} Kerne, {threads} Threads</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Memory is read at</source>
        <translation>Speicher wird gelesen mit</translation>
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
        <source>Your conversations stay here; nothing but the request for the files is sent.</source>
        <translation>Ihre Unterhaltungen bleiben hier; gesendet wird nur die Anfrage nach den Dateien.</translation>
    </message>
    <message>
        <source>Offline: nothing leaves this computer</source>
        <translation>Offline: Nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Verbindungen …</translation>
    </message>
    <message>
        <source>Listening on {address}: other computers that have a key can ask the models</source>
        <translation>Lauscht an {address}: Andere Computer mit einem Schlüssel können die Modelle fragen</translation>
    </message>
    <message>
        <source>Listening on {address}</source>
        <translation>Lauscht an {address}</translation>
    </message>
    <message>
        <source>Listening on {address}; nothing leaves this computer</source>
        <translation>Lauscht an {address}; nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>Not local: what you write goes to {host}</source>
        <translation>Nicht lokal: Was Sie schreiben, geht an {host}</translation>
    </message>
    <message>
        <source>Not local: an answer comes from {host}</source>
        <translation>Nicht lokal: Eine Antwort kommt von {host}</translation>
    </message>
    <message>
        <source>Connected: a host is being asked for a model</source>
        <translation>Verbunden: Ein Rechner wird nach einem Modell gefragt</translation>
    </message>
    <message>
        <source>Connected: a model is being fetched from {host}</source>
        <translation>Verbunden: Ein Modell wird von {host} geladen</translation>
    </message>
    <message>
        <source>Connected: {host} is being asked</source>
        <translation>Verbunden: {host} wird gefragt</translation>
    </message>
    <message>
        <source>The chosen model is not on this computer: the whole conversation is sent to it.</source>
        <translation>Das gewählte Modell ist nicht auf diesem Computer: Das ganze Gespräch wird an es gesendet.</translation>
    </message>
    <message>
        <source>Models run here, conversations stay here; the program connects to the network only when you search for a model or fetch one.</source>
        <translation>Modelle laufen hier, Unterhaltungen bleiben hier; das Programm verbindet sich nur mit dem Netz, wenn Sie ein Modell suchen oder holen.</translation>
    </message>
</context>
<context>
    <name>FooterRow</name>
    <message>
        <source>{0} tokens in, {1} out</source>
        <translation>{0} Tokens hinein, {1} heraus</translation>
    </message>
    <message>
        <source>without the oldest turns: {0}</source>
        <translation>ohne die ältesten Beiträge: {0}</translation>
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
    <name>FoundCard</name>
    <message>
        <source>Show its forms</source>
        <translation>Formen zeigen</translation>
    </message>
    <message>
        <source>Show the forms of {model}</source>
        <translation>Formen von {model} zeigen</translation>
    </message>
    <message>
        <source>It holds no model that this program can read.</source>
        <translation>Es enthält kein Modell, das dieses Programm lesen kann.</translation>
    </message>
    <message>
        <source>at this address; nobody was asked yet</source>
        <translation>unter dieser Adresse; noch wurde niemand gefragt</translation>
    </message>
    <message>
        <source>a Python package; nobody was asked yet</source>
        <translation>ein Python-Paket; noch wurde niemand gefragt</translation>
    </message>
    <message>
        <source>fetched {count} times</source>
        <translation>{count}-mal geladen</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>Lizenz unbekannt</translation>
    </message>
    <message>
        <source>sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
</context>
<context>
    <name>FreshKey</name>
    <message>
        <source>The new key</source>
        <translation>Der neue Schlüssel</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Copy it now: it is not shown again, for only a hash of it is kept.</source>
        <translation>Kopieren Sie ihn jetzt: Er wird nicht wieder gezeigt, denn aufgehoben wird nur seine Prüfsumme.</translation>
    </message>
</context>
<context>
    <name>Freshness</name>
    <message>
        <source>Check for newer revisions</source>
        <translation>Nach neueren Fassungen fragen</translation>
    </message>
    <message>
        <source>It is being asked for.</source>
        <translation>Danach wird gefragt.</translation>
    </message>
    <message>
        <source>Asking where the models come from…</source>
        <translation>Es wird gefragt, woher die Modelle kommen …</translation>
    </message>
    <message>
        <source>Newer revisions: {models}.</source>
        <translation>Neuere Fassungen: {models}.</translation>
    </message>
    <message>
        <source>The revision is gone: {models}.</source>
        <translation>Die Fassung gibt es nicht mehr: {models}.</translation>
    </message>
    <message>
        <source>Not given any more: {models}.</source>
        <translation>Nicht mehr zu bekommen: {models}.</translation>
    </message>
    <message>
        <source>Asked on {day}.</source>
        <translation>Gefragt am {day}.</translation>
    </message>
    <message>
        <source>Everything is there, and the newest.</source>
        <translation>Alles ist da und auf dem neuesten Stand.</translation>
    </message>
</context>
<context>
    <name>HardwarePane</name>
    <message>
        <source>What this computer offers to a model, and which models run on it.</source>
        <translation>Was dieser Rechner einem Modell bietet, und welche Modelle auf ihm laufen.</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu nachsehen</translation>
    </message>
    <message>
        <source>It is being looked for.</source>
        <translation>Es wird nachgesehen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Use the processor</source>
        <translation>Den Prozessor nehmen</translation>
    </message>
    <message>
        <source>Try anyway</source>
        <translation>Trotzdem versuchen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Models that could be got</source>
        <translation>Modelle, die man holen könnte</translation>
    </message>
</context>
<context>
    <name>HardwareWords</name>
    <message>
        <source>Runs well</source>
        <translation>Läuft gut</translation>
    </message>
    <message>
        <source>Runs slowly</source>
        <translation>Läuft langsam</translation>
    </message>
    <message>
        <source>Does not run</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>memory of its own</source>
        <translation>eigener Speicher</translation>
    </message>
    <message>
        <source>shares the computer&apos;s memory</source>
        <translation>teilt sich den Speicher des Rechners</translation>
    </message>
    <message>
        <source>software, computes on the processor</source>
        <translation>Software, rechnet auf dem Prozessor</translation>
    </message>
    <message>
        <source>draws for another screen</source>
        <translation>zeichnet für einen anderen Bildschirm</translation>
    </message>
    <message>
        <source>kind unknown</source>
        <translation>Art unbekannt</translation>
    </message>
    <message>
        <source>memory unknown</source>
        <translation>Speicher unbekannt</translation>
    </message>
    <message>
        <source>driver {version}</source>
        <translation>Treiber {version}</translation>
    </message>
    <message>
        <source>battery</source>
        <translation>Akku</translation>
    </message>
    <message>
        <source>mains</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>saving power</source>
        <translation>spart Strom</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>ausgewogen</translation>
    </message>
    <message>
        <source>performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>{provider} {nodes} nodes with {size} of weights</source>
        <translation>{provider} {nodes} Knoten mit {size} Gewichten</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>Wie in den Einstellungen</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>{size} je Sekunde</translation>
    </message>
    <message>
        <source>{number} tokens a second</source>
        <translation>{number} Tokens je Sekunde</translation>
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
    <message>
        <source>How this conversation is answered</source>
        <translation>Wie in diesem Gespräch geantwortet wird</translation>
    </message>
    <message>
        <source>Instructions or sampling are its own.</source>
        <translation>Sie hat eigene Anweisungen oder Einstellungen.</translation>
    </message>
</context>
<context>
    <name>HitDelegate</name>
    <message>
        <source>Another version · {title}</source>
        <translation>Andere Fassung · {title}</translation>
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
    <name>HubSection</name>
    <message>
        <source>On the hub</source>
        <translation>Im Hub</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Its files are being asked for.</source>
        <translation>Nach seinen Dateien wird gefragt.</translation>
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
        <source>Starting…</source>
        <translation>Beginnt…</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Wird importiert</translation>
    </message>
    <message>
        <source>Looking at it, nothing is changed yet</source>
        <translation>Wird untersucht, noch wird nichts geändert</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import {model}</source>
        <translation>{model} importieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>It cannot be imported: a check failed. Nothing was changed.</source>
        <translation>Es kann nicht importiert werden: Eine Prüfung ist fehlgeschlagen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>What becomes of the files</source>
        <translation>Was aus den Dateien wird</translation>
    </message>
    <message>
        <source>Copy: they stay where they are, and the model gets files of its own.</source>
        <translation>Kopieren: Sie bleiben, wo sie sind, und das Modell bekommt eigene Dateien.</translation>
    </message>
    <message>
        <source>Move: they become the model&apos;s own files.</source>
        <translation>Verschieben: Sie werden die eigenen Dateien des Modells.</translation>
    </message>
    <message>
        <source>Link: they stay where they are, and the model needs them there.</source>
        <translation>Verknüpfen: Sie bleiben, wo sie sind, und das Modell braucht sie dort.</translation>
    </message>
    <message>
        <source>It is converted, so the model gets files of its own.</source>
        <translation>Es wird umgewandelt, daher bekommt das Modell eigene Dateien.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>no room</source>
        <translation>keinen Platz</translation>
    </message>
    <message>
        <source>Nothing was changed yet. The import makes {folder}, which takes {size}.</source>
        <translation>Noch wurde nichts geändert. Der Import legt {folder} an; das braucht {size}.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>{tokens} tokens</source>
        <translation>{tokens} Tokens</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>Importer</name>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>One import at a time.</source>
        <translation>Immer nur ein Import zur gleichen Zeit.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Ein Modell importieren</translation>
    </message>
    <message>
        <source>A folder with a model…</source>
        <translation>Ordner mit einem Modell …</translation>
    </message>
    <message>
        <source>A GGUF file…</source>
        <translation>GGUF-Datei …</translation>
    </message>
    <message>
        <source>Folder of the model</source>
        <translation>Ordner des Modells</translation>
    </message>
    <message>
        <source>File of the model</source>
        <translation>Datei des Modells</translation>
    </message>
    <message>
        <source>Models in GGUF</source>
        <translation>Modelle in GGUF</translation>
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
    <name>InstalledCard</name>
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
        <source>Details…</source>
        <translation>Details …</translation>
    </message>
    <message>
        <source>Details of {model}</source>
        <translation>Details zu {model}</translation>
    </message>
    <message>
        <source>Damaged: {problem}</source>
        <translation>Beschädigt: {problem}</translation>
    </message>
    <message>
        <source>Not connected: {problem}</source>
        <translation>Nicht verbunden: {problem}</translation>
    </message>
    <message>
        <source>Known problem: {title}</source>
        <translation>Bekanntes Problem: {title}</translation>
    </message>
    <message>
        <source>A damaged model cannot answer. Get or import it again.</source>
        <translation>Ein beschädigtes Modell kann nicht antworten. Laden oder importieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Connect the disk that the model lies on.</source>
        <translation>Verbinden Sie den Datenträger, auf dem das Modell liegt.</translation>
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
    <message>
        <source>linked</source>
        <translation>verknüpft</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Progress of the move</source>
        <translation>Fortschritt des Verschiebens</translation>
    </message>
    <message>
        <source>Moving the models to {folder}</source>
        <translation>Die Modelle werden nach {folder} verschoben</translation>
    </message>
    <message>
        <source>The models are being moved already.</source>
        <translation>Die Modelle werden schon verschoben.</translation>
    </message>
    <message>
        <source>It is being asked for.</source>
        <translation>Danach wird gefragt.</translation>
    </message>
    <message>
        <source>Comparing every file with its checksum</source>
        <translation>Jede Datei wird mit ihrer Prüfsumme verglichen</translation>
    </message>
    <message>
        <source>The files are being checked.</source>
        <translation>Die Dateien werden geprüft.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Die Prüfung wurde angehalten.</translation>
    </message>
    <message>
        <source>Damaged: {files}. Remove the model and get it again.</source>
        <translation>Beschädigt: {files}. Entfernen Sie das Modell und laden Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Every file is as it should be: {count}.</source>
        <translation>Alle Dateien sind, wie sie sein sollen: {count}.</translation>
    </message>
    <message>
        <source>Where the models are to lie</source>
        <translation>Wo die Modelle liegen sollen</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Revoke the key {name}</source>
        <translation>Schlüssel {name} widerrufen</translation>
    </message>
    <message>
        <source>created on {day}</source>
        <translation>erstellt am {day}</translation>
    </message>
</context>
<context>
    <name>KeysCard</name>
    <message>
        <source>Name of a new key</source>
        <translation>Name eines neuen Schlüssels</translation>
    </message>
    <message>
        <source>Create the key</source>
        <translation>Schlüssel erstellen</translation>
    </message>
    <message>
        <source>There is none: the server asks nobody for a key.</source>
        <translation>Es gibt keinen: Der Server fragt niemanden nach einem Schlüssel.</translation>
    </message>
    <message>
        <source>Name the key first.</source>
        <translation>Geben Sie dem Schlüssel zuerst einen Namen.</translation>
    </message>
</context>
<context>
    <name>LeftOut</name>
    <message>
        <source>Earlier messages that are not sent to the model: {0}</source>
        <translation>Frühere Nachrichten, die das Modell nicht bekommt: {0}</translation>
    </message>
    <message>
        <source>Send them again</source>
        <translation>Wieder mitschicken</translation>
    </message>
</context>
<context>
    <name>LicenceDialog</name>
    <message>
        <source>Licence of {model}</source>
        <translation>Lizenz von {model}</translation>
    </message>
    <message>
        <source>one that its publisher does not name</source>
        <translation>einer, die der Herausgeber nicht nennt</translation>
    </message>
    <message>
        <source>{model} is under the licence {licence}. It is accepted once, for every model under it.</source>
        <translation>{model} steht unter der Lizenz {licence}. Sie wird einmal angenommen, für jedes Modell unter ihr.</translation>
    </message>
    <message>
        <source>Its text comes with the model&apos;s files.</source>
        <translation>Ihr Text kommt mit den Dateien des Modells.</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Do not accept</source>
        <translation>Nicht annehmen</translation>
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
    <name>LiveCard</name>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Disk of the models</source>
        <translation>Datenträger der Modelle</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>used</source>
        <translation>belegt</translation>
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
    <name>Measuring</name>
    <message>
        <source>Model to measure</source>
        <translation>Zu messendes Modell</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>Modelle werden gesucht…</translation>
    </message>
    <message>
        <source>Measure now</source>
        <translation>Jetzt messen</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>Fortschritt der Messung</translation>
    </message>
    <message>
        <source>Result of the measurement</source>
        <translation>Ergebnis der Messung</translation>
    </message>
    <message>
        <source>No model is installed.</source>
        <translation>Kein Modell ist installiert.</translation>
    </message>
    <message>
        <source>Reads a prompt</source>
        <translation>Liest eine Eingabe</translation>
    </message>
    <message>
        <source>Writes</source>
        <translation>Schreibt</translation>
    </message>
    <message>
        <source>The memory allows</source>
        <translation>Der Speicher erlaubt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>A prompt and an answer of random words are computed; a large model takes half a minute.</source>
        <translation>Eine Eingabe und eine Antwort aus zufälligen Wörtern werden berechnet; ein großes Modell braucht eine halbe Minute.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>{free} free of {total}</source>
        <translation>{free} von {total} frei</translation>
    </message>
    <message>
        <source>what is free is unknown</source>
        <translation>wie viel frei ist, ist unbekannt</translation>
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
    <name>ModelDetails</name>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Look for a newer revision</source>
        <translation>Nach einer neueren Revision sehen</translation>
    </message>
    <message>
        <source>Check the files</source>
        <translation>Dateien prüfen</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>It is not known where this model came from.</source>
        <translation>Es ist nicht bekannt, woher dieses Modell kam.</translation>
    </message>
    <message>
        <source>This model is part of the app.</source>
        <translation>Dieses Modell ist Teil des Programms.</translation>
    </message>
    <message>
        <source>Known problem: {title}</source>
        <translation>Bekanntes Problem: {title}</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Measured speed</source>
        <translation>Gemessene Geschwindigkeit</translation>
    </message>
    <message>
        <source>Publisher</source>
        <translation>Herausgeber</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>{tokens} tokens</source>
        <translation>{tokens} Token</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>Auf dem Datenträger</translation>
    </message>
    <message>
        <source>nothing: it is linked</source>
        <translation>nichts: Es ist verknüpft</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Gemacht aus</translation>
    </message>
    <message>
        <source>Converted by</source>
        <translation>Umgewandelt von</translation>
    </message>
    <message>
        <source>Fetched from</source>
        <translation>Geladen von</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>Geschrieben von</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>Model: {name}</source>
        <translation>Modell: {name}</translation>
    </message>
    <message>
        <source>What you write leaves this computer.</source>
        <translation>Was Sie schreiben, verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>The offline switch is on.</source>
        <translation>Der Offline-Schalter ist an.</translation>
    </message>
    <message>
        <source>Use it for new conversations</source>
        <translation>Für neue Unterhaltungen verwenden</translation>
    </message>
    <message>
        <source>Get more models…</source>
        <translation>Weitere Modelle laden …</translation>
    </message>
    <message>
        <source>{name} – damaged: {problem}</source>
        <translation>{name} – beschädigt: {problem}</translation>
    </message>
    <message>
        <source>{name} – not connected: {problem}</source>
        <translation>{name} – nicht verbunden: {problem}</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Fetched, not imported yet</source>
        <translation>Geladen, noch nicht importiert</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>size unknown</source>
        <translation>Größe unbekannt</translation>
    </message>
    <message>
        <source>sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>is converted on this computer</source>
        <translation>wird auf diesem Computer umgewandelt</translation>
    </message>
    <message>
        <source>by {name}</source>
        <translation>von {name}</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Asking for the files</source>
        <translation>Fragt nach den Dateien</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>There is a newer revision: {revision}. Get the model again to have it.</source>
        <translation>Es gibt eine neuere Revision: {revision}. Laden Sie das Modell noch einmal, um sie zu bekommen.</translation>
    </message>
    <message>
        <source>This is the newest revision.</source>
        <translation>Dies ist die neueste Revision.</translation>
    </message>
    <message>
        <source>This revision is gone; the newest is {revision}.</source>
        <translation>Diese Revision gibt es nicht mehr; die neueste ist {revision}.</translation>
    </message>
    <message>
        <source>It is not given any more: {reason}</source>
        <translation>Es wird nicht mehr herausgegeben: {reason}</translation>
    </message>
    <message>
        <source>Not known whether it fits</source>
        <translation>Nicht bekannt, ob es passt</translation>
    </message>
</context>
<context>
    <name>ModelsPane</name>
    <message>
        <source>Everything runs on this computer; models are fetched only when you ask.</source>
        <translation>Alles läuft auf diesem Computer; Modelle werden nur geladen, wenn Sie es wollen.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No model is installed, or none fits what you look for.</source>
        <translation>Kein Modell ist installiert, oder keines passt zur Suche.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>Nothing in the catalogue fits.</source>
        <translation>Nichts im Katalog passt.</translation>
    </message>
    <message>
        <source>The offline switch is on: nothing is searched or fetched. Turn it off in the settings.</source>
        <translation>Der Offline-Schalter ist an: Nichts wird gesucht oder geladen. Schalten Sie ihn in den Einstellungen aus.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
    <name>NumberEditor</name>
    <message>
        <source>Back to the model&apos;s default: {name}</source>
        <translation>Zurück zur Vorgabe des Modells: {name}</translation>
    </message>
    <message>
        <source>It differs from the model&apos;s default.</source>
        <translation>Weicht von der Vorgabe des Modells ab.</translation>
    </message>
</context>
<context>
    <name>OfferRow</name>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>{model} laden</translation>
    </message>
    <message>
        <source>This form cannot run on this computer: {reason}.</source>
        <translation>Diese Form kann auf diesem Computer nicht laufen: {reason}.</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
</context>
<context>
    <name>OverflowDialog</name>
    <message>
        <source>The context is full</source>
        <translation>Der Kontext ist voll</translation>
    </message>
    <message>
        <source>The conversation takes {needed} tokens; the context holds {size}, answer included.</source>
        <translation>Das Gespräch braucht {needed} Token; der Kontext fasst {size}, die Antwort eingeschlossen.</translation>
    </message>
    <message>
        <source>Messages that are left out stay in the conversation; a line there says so, and undoes it. A bigger context takes more memory and loads the model again.</source>
        <translation>Weggelassene Nachrichten bleiben im Gespräch; eine Zeile dort sagt es und macht es rückgängig. Ein größerer Kontext braucht mehr Speicher und lädt das Modell neu.</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>Die ältesten Nachrichten weglassen</translation>
    </message>
    <message>
        <source>Context of {size} tokens</source>
        <translation>Kontext von {size} Token</translation>
    </message>
    <message>
        <source>Bigger context</source>
        <translation>Größerer Kontext</translation>
    </message>
    <message>
        <source>The last message alone is too long.</source>
        <translation>Schon die letzte Nachricht ist zu lang.</translation>
    </message>
    <message>
        <source>The model reads at most {size} tokens.</source>
        <translation>Das Modell liest höchstens {size} Token.</translation>
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
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>A context of {wanted} tokens is not possible: this model takes 2 to {longest}.</source>
        <translation>Ein Kontext von {wanted} Tokens ist nicht möglich: Dieses Modell nimmt 2 bis {longest}.</translation>
    </message>
    <message>
        <source>A context of {wanted} tokens needs {needed} of memory, and {free} are free.</source>
        <translation>Ein Kontext von {wanted} Tokens braucht {needed} Arbeitsspeicher, und {free} sind frei.</translation>
    </message>
    <message>
        <source>A folder needs a name.</source>
        <translation>Ein Ordner braucht einen Namen.</translation>
    </message>
    <message>
        <source>A key needs a name of at most {most} characters.</source>
        <translation>Ein Schlüssel braucht einen Namen von höchstens {most} Zeichen.</translation>
    </message>
    <message>
        <source>A model elsewhere cannot go on with an answer that was cut.</source>
        <translation>Ein Modell anderswo kann eine abgeschnittene Antwort nicht fortsetzen.</translation>
    </message>
    <message>
        <source>A model {id} is installed already.</source>
        <translation>Ein Modell {id} ist schon installiert.</translation>
    </message>
    <message>
        <source>A new history was begun.</source>
        <translation>Ein neuer Verlauf wurde begonnen.</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>Eine Vorlage braucht einen Namen.</translation>
    </message>
    <message>
        <source>A window that was started to be measured ended before it was painted.</source>
        <translation>Ein zum Messen gestartetes Fenster endete, bevor es gezeichnet war.</translation>
    </message>
    <message>
        <source>A {form} file holds one conversation.</source>
        <translation>Eine {form}-Datei fasst ein Gespräch.</translation>
    </message>
    <message>
        <source>Accept them at {page}, make an access token there, sign in with it, and try again.</source>
        <translation>Nehmen Sie sie unter {page} an, erstellen Sie dort ein Zugriffstoken, melden Sie sich damit an und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Access was refused: {doing} in {path} failed.</source>
        <translation>Der Zugriff wurde verweigert: {doing} in {path} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Access was refused: {doing}{where} failed.</source>
        <translation>Der Zugriff wurde verweigert: {doing}{where} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Allowed: {allowed}.</source>
        <translation>Erlaubt: {allowed}.</translation>
    </message>
    <message>
        <source>An answer is being written.</source>
        <translation>Es wird gerade eine Antwort geschrieben.</translation>
    </message>
    <message>
        <source>An endpoint needs a name of at most {most} characters, without @.</source>
        <translation>Ein Endpunkt braucht einen Namen von höchstens {most} Zeichen, ohne @.</translation>
    </message>
    <message>
        <source>An unexpected fault: {kind}.</source>
        <translation>Ein unerwarteter Fehler: {kind}.</translation>
    </message>
    <message>
        <source>Another program has it open: {doing}{where} failed.</source>
        <translation>Ein anderes Programm hat es geöffnet: {doing}{where} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Another program holds {path}: {doing} failed.</source>
        <translation>Ein anderes Programm hält {path} fest: {doing} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Ask again.</source>
        <translation>Fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Ask again; the model is loaded anew.</source>
        <translation>Fragen Sie noch einmal; das Modell wird neu geladen.</translation>
    </message>
    <message>
        <source>Ask for another one instead.</source>
        <translation>Bitten Sie stattdessen um eine andere.</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>At {host} other computers reach the server, and it has no key.</source>
        <translation>Unter {host} erreichen andere Computer den Server, und er hat keinen Schlüssel.</translation>
    </message>
    <message>
        <source>Attach a part of it.</source>
        <translation>Hängen Sie einen Teil davon an.</translation>
    </message>
    <message>
        <source>Attach its text.</source>
        <translation>Hängen Sie ihren Text an.</translation>
    </message>
    <message>
        <source>Attach the files in it one by one.</source>
        <translation>Hängen Sie die Dateien darin einzeln an.</translation>
    </message>
    <message>
        <source>Battery and power mode</source>
        <translation>Akku und Energiemodus</translation>
    </message>
    <message>
        <source>Begin a new conversation, or choose another model.</source>
        <translation>Beginnen Sie ein neues Gespräch, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Begin a new conversation.</source>
        <translation>Beginnen Sie ein neues Gespräch.</translation>
    </message>
    <message>
        <source>Call to {name}</source>
        <translation>Aufruf von {name}</translation>
    </message>
    <message>
        <source>Cancel it first.</source>
        <translation>Brechen Sie ihn zuerst ab.</translation>
    </message>
    <message>
        <source>Change it and ask again.</source>
        <translation>Ändern Sie es und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Change the conversation if that names it, otherwise import the model again.</source>
        <translation>Ändern Sie das Gespräch, falls die Ursache es nennt; sonst importieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>Check that it runs and that its address is right; then ask again.</source>
        <translation>Prüfen Sie, ob er läuft und ob seine Adresse stimmt; fragen Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>Check the address and the model in the settings.</source>
        <translation>Prüfen Sie die Adresse und das Modell in den Einstellungen.</translation>
    </message>
    <message>
        <source>Check the address in the settings; it usually ends with /v1.</source>
        <translation>Prüfen Sie die Adresse in den Einstellungen; sie endet meist mit /v1.</translation>
    </message>
    <message>
        <source>Check the connection, the proxy and the mirror in the settings; then try again.</source>
        <translation>Prüfen Sie die Verbindung sowie Proxy und Spiegel in den Einstellungen; versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Check the connection, then try again.</source>
        <translation>Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Check the disk and try again.</source>
        <translation>Prüfen Sie den Datenträger und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Check the disk, or choose another models folder.</source>
        <translation>Prüfen Sie den Datenträger oder wählen Sie einen anderen Modellordner.</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>Check the name and pip&apos;s own settings.</source>
        <translation>Prüfen Sie den Namen und die Einstellungen von pip.</translation>
    </message>
    <message>
        <source>Check the name and the revision; a private model needs a sign-in.</source>
        <translation>Prüfen Sie Namen und Revision; ein privates Modell braucht eine Anmeldung.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>Choose JSON for several.</source>
        <translation>Wählen Sie für mehrere JSON.</translation>
    </message>
    <message>
        <source>Choose a JSON or ZIP export.</source>
        <translation>Wählen Sie einen Export als JSON oder ZIP.</translation>
    </message>
    <message>
        <source>Choose a context of {most} or less in the settings.</source>
        <translation>Wählen Sie in den Einstellungen einen Kontext von höchstens {most}.</translation>
    </message>
    <message>
        <source>Choose a context of {possible} or less in the settings, or close other programs.</source>
        <translation>Wählen Sie in den Einstellungen einen Kontext von höchstens {possible} oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>Choose a decoder-only model: one that continues text.</source>
        <translation>Wählen Sie ein reines Decoder-Modell: eines, das Text fortsetzt.</translation>
    </message>
    <message>
        <source>Choose a file in one of {known}.</source>
        <translation>Wählen Sie eine Datei in einem dieser Formate: {known}.</translation>
    </message>
    <message>
        <source>Choose a file of another model.</source>
        <translation>Wählen Sie die Datei eines anderen Modells.</translation>
    </message>
    <message>
        <source>Choose a file of the whole model.</source>
        <translation>Wählen Sie eine Datei mit dem ganzen Modell.</translation>
    </message>
    <message>
        <source>Choose a file that ends in .gguf and is one.</source>
        <translation>Wählen Sie eine Datei, die auf .gguf endet und eine ist.</translation>
    </message>
    <message>
        <source>Choose a gpt-oss model.</source>
        <translation>Wählen Sie ein gpt-oss-Modell.</translation>
    </message>
    <message>
        <source>Choose a larger context in the settings.</source>
        <translation>Wählen Sie in den Einstellungen einen größeren Kontext.</translation>
    </message>
    <message>
        <source>Choose a model exported as a decoder with a KV cache (task text-generation-with-past).</source>
        <translation>Wählen Sie ein Modell, das als Decoder mit KV-Cache exportiert ist (Aufgabe text-generation-with-past).</translation>
    </message>
    <message>
        <source>Choose a model in ONNX or GGUF.</source>
        <translation>Wählen Sie ein Modell als ONNX oder GGUF.</translation>
    </message>
    <message>
        <source>Choose a model in ONNX, safetensors or GGUF.</source>
        <translation>Wählen Sie ein Modell als ONNX, safetensors oder GGUF.</translation>
    </message>
    <message>
        <source>Choose a model made for chat.</source>
        <translation>Wählen Sie ein Modell, das für Gespräche gemacht ist.</translation>
    </message>
    <message>
        <source>Choose a model of one of these: {known}.</source>
        <translation>Wählen Sie ein Modell mit einer dieser Architekturen: {known}.</translation>
    </message>
    <message>
        <source>Choose a model that generates text.</source>
        <translation>Wählen Sie ein Modell, das Text erzeugt.</translation>
    </message>
    <message>
        <source>Choose a model with a tokenizer of the kind gpt2 or llama.</source>
        <translation>Wählen Sie ein Modell mit einem Tokenizer der Art gpt2 oder llama.</translation>
    </message>
    <message>
        <source>Choose a newer file of the model.</source>
        <translation>Wählen Sie eine neuere Datei des Modells.</translation>
    </message>
    <message>
        <source>Choose a small model on this computer.</source>
        <translation>Wählen Sie auf diesem Rechner ein kleines Modell.</translation>
    </message>
    <message>
        <source>Choose a smaller context or a smaller model, or close other programs; then ask again.</source>
        <translation>Wählen Sie einen kleineren Kontext oder ein kleineres Modell, oder schließen Sie andere Programme; fragen Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>Choose a smaller context or model, or close other programs.</source>
        <translation>Wählen Sie einen kleineren Kontext oder ein kleineres Modell, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>Choose a smaller model for quicker answers.</source>
        <translation>Wählen Sie für schnellere Antworten ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Choose a smaller model.</source>
        <translation>Wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Choose a variant made for the CPU.</source>
        <translation>Wählen Sie eine Variante für die CPU.</translation>
    </message>
    <message>
        <source>Choose an empty one, or a new name.</source>
        <translation>Wählen Sie einen leeren oder einen neuen Namen.</translation>
    </message>
    <message>
        <source>Choose an export without custom operators; libraries of such operators are not loaded.</source>
        <translation>Wählen Sie einen Export ohne eigene Operatoren; Bibliotheken mit solchen Operatoren werden nicht geladen.</translation>
    </message>
    <message>
        <source>Choose another device, or a variant of the model that is made for {provider}.</source>
        <translation>Wählen Sie ein anderes Gerät oder eine Form des Modells, die für {provider} gemacht ist.</translation>
    </message>
    <message>
        <source>Choose another export of this model.</source>
        <translation>Wählen Sie einen anderen Export dieses Modells.</translation>
    </message>
    <message>
        <source>Choose another file, or the model&apos;s ONNX form.</source>
        <translation>Wählen Sie eine andere Datei oder das Modell in ONNX.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose another model or variant.</source>
        <translation>Wählen Sie ein anderes Modell oder eine andere Variante.</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose another port, or end the program that has this one.</source>
        <translation>Wählen Sie einen anderen Port, oder beenden Sie das Programm, das diesen hat.</translation>
    </message>
    <message>
        <source>Choose another variant, or wait for an update of the program.</source>
        <translation>Wählen Sie eine andere Variante oder warten Sie auf eine Aktualisierung des Programms.</translation>
    </message>
    <message>
        <source>Choose conversations.json.</source>
        <translation>Wählen Sie conversations.json.</translation>
    </message>
    <message>
        <source>Choose other files.</source>
        <translation>Wählen Sie andere Dateien.</translation>
    </message>
    <message>
        <source>Choose the ZIP as ChatGPT sent it.</source>
        <translation>Wählen Sie das ZIP so, wie ChatGPT es geschickt hat.</translation>
    </message>
    <message>
        <source>Choose the model&apos;s CPU or WebGPU variant.</source>
        <translation>Wählen Sie die Variante des Modells für CPU oder WebGPU.</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model.</source>
        <translation>Schließen Sie andere Programme oder wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Close programs that hold {missing}, or use a context of {context}.</source>
        <translation>Schließen Sie Programme, die {missing} belegen, oder nehmen Sie einen Kontext von {context}.</translation>
    </message>
    <message>
        <source>Close programs that hold {missing}.</source>
        <translation>Schließen Sie Programme, die {missing} belegen.</translation>
    </message>
    <message>
        <source>Close that program, or wait a moment, and try again.</source>
        <translation>Dieses Programm schließen oder kurz warten und es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Close the other window of Indoors, or what is copying the file, and try again.</source>
        <translation>Schließen Sie das andere Fenster von Indoors oder das Programm, das die Datei kopiert, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Close what writes into it.</source>
        <translation>Schließen Sie, was hineinschreibt.</translation>
    </message>
    <message>
        <source>Close {missing} of other programs that use the graphics, or use a context of {context}.</source>
        <translation>Schließen Sie andere Programme, die {missing} der Grafik belegen, oder nehmen Sie einen Kontext von {context}.</translation>
    </message>
    <message>
        <source>Close {missing} of other programs that use the graphics.</source>
        <translation>Schließen Sie andere Programme, die {missing} der Grafik belegen.</translation>
    </message>
    <message>
        <source>Connect it, or leave the power saver.</source>
        <translation>Schließen Sie ihn ans Netz an, oder schalten Sie das Stromsparen aus.</translation>
    </message>
    <message>
        <source>Connect the disk, or remove the model from the list.</source>
        <translation>Schließen Sie den Datenträger an oder entfernen Sie das Modell aus der Liste.</translation>
    </message>
    <message>
        <source>Conversations of this session will not be kept.</source>
        <translation>Gespräche dieser Sitzung werden nicht aufgehoben.</translation>
    </message>
    <message>
        <source>Copy the file into it.</source>
        <translation>Kopieren Sie die Datei hinein.</translation>
    </message>
    <message>
        <source>Correct it.</source>
        <translation>Berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>Correct the request.</source>
        <translation>Berichtigen Sie die Anfrage.</translation>
    </message>
    <message>
        <source>Correct the setting ca-bundle.</source>
        <translation>Berichtigen Sie die Einstellung ca-bundle.</translation>
    </message>
    <message>
        <source>Correct the setting hub-endpoint.</source>
        <translation>Berichtigen Sie die Einstellung hub-endpoint.</translation>
    </message>
    <message>
        <source>Correct the setting proxy: http://HOST:PORT.</source>
        <translation>Berichtigen Sie die Einstellung proxy: http://HOST:PORT.</translation>
    </message>
    <message>
        <source>Create a key first, or let it listen at 127.0.0.1.</source>
        <translation>Erstellen Sie zuerst einen Schlüssel, oder lassen Sie ihn an 127.0.0.1 lauschen.</translation>
    </message>
    <message>
        <source>Delete it to start from the defaults.</source>
        <translation>Löschen Sie sie, um mit den Voreinstellungen zu beginnen.</translation>
    </message>
    <message>
        <source>Delete it, and add the endpoints again.</source>
        <translation>Löschen Sie sie, und fügen Sie die Endpunkte wieder hinzu.</translation>
    </message>
    <message>
        <source>Delete it, and create new keys.</source>
        <translation>Löschen Sie sie, und erstellen Sie neue Schlüssel.</translation>
    </message>
    <message>
        <source>Delete it; licences are asked for again.</source>
        <translation>Löschen Sie sie; nach den Lizenzen wird wieder gefragt.</translation>
    </message>
    <message>
        <source>DirectML cannot compute {path}: {operator} ({node}): {why}.</source>
        <translation>DirectML kann {path} nicht berechnen: {operator} ({node}): {why}.</translation>
    </message>
    <message>
        <source>DirectML is not there: the worker runs with onnxruntime {version}, which has none of it.</source>
        <translation>DirectML ist nicht da: Der Worker läuft mit onnxruntime {version}, das keines enthält.</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Datenträger</translation>
    </message>
    <message>
        <source>Do not use this model unless you trust whoever made it; fetch it from its publisher.</source>
        <translation>Verwenden Sie dieses Modell nur, wenn Sie seinem Urheber vertrauen; laden Sie es beim Herausgeber.</translation>
    </message>
    <message>
        <source>Do not use this model; tell its publisher.</source>
        <translation>Verwenden Sie dieses Modell nicht; sagen Sie es seinem Herausgeber.</translation>
    </message>
    <message>
        <source>Download it again.</source>
        <translation>Laden Sie es noch einmal herunter.</translation>
    </message>
    <message>
        <source>End it and start again.</source>
        <translation>Beenden Sie es und starten Sie neu.</translation>
    </message>
    <message>
        <source>End the input with the items of the answer that was cut.</source>
        <translation>Beenden Sie die Eingabe mit den Elementen der abgebrochenen Antwort.</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>Exportieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>Fetch all of them into one folder.</source>
        <translation>Holen Sie alle in einen Ordner.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>Laden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Fetch or import it again.</source>
        <translation>Laden oder importieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Fetch or import the model again.</source>
        <translation>Laden oder importieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>Fetch the checkpoint again, with all its files.</source>
        <translation>Laden Sie den Checkpoint noch einmal, mit allen Dateien.</translation>
    </message>
    <message>
        <source>Fetch the checkpoint again.</source>
        <translation>Laden Sie den Checkpoint noch einmal.</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>Holen Sie die Datei neu.</translation>
    </message>
    <message>
        <source>Fetch the model again.</source>
        <translation>Laden Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>Fetch the package on a computer with Python, and import the file in it.</source>
        <translation>Laden Sie das Paket auf einem Rechner mit Python und importieren Sie die Datei darin.</translation>
    </message>
    <message>
        <source>Finish or cancel them first.</source>
        <translation>Schließen Sie sie erst ab oder brechen Sie sie ab.</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Free some space or move the models folder, then try again.</source>
        <translation>Schaffen Sie Platz oder verschieben Sie den Modellordner, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder.</source>
        <translation>Schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Get or import it again.</source>
        <translation>Laden oder importieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Give a model&apos;s id or its folder.</source>
        <translation>Geben Sie die Kennung eines Modells oder seinen Ordner an.</translation>
    </message>
    <message>
        <source>Give a number from 1 to 100.</source>
        <translation>Geben Sie eine Zahl von 1 bis 100 an.</translation>
    </message>
    <message>
        <source>Give an address that begins with https://.</source>
        <translation>Geben Sie eine Adresse an, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>Give each request its own id.</source>
        <translation>Geben Sie jeder Anfrage ihre eigene Kennung.</translation>
    </message>
    <message>
        <source>Give it as a text.</source>
        <translation>Geben Sie es als Text an.</translation>
    </message>
    <message>
        <source>Give it.</source>
        <translation>Geben Sie sie an.</translation>
    </message>
    <message>
        <source>Give one that begins with https://; http:// does only inside your own network.</source>
        <translation>Geben Sie eine an, die mit https:// beginnt; http:// geht nur im eigenen Netz.</translation>
    </message>
    <message>
        <source>Give one that exists.</source>
        <translation>Geben Sie einen an, den es gibt.</translation>
    </message>
    <message>
        <source>Give the checkpoint&apos;s folder.</source>
        <translation>Geben Sie den Ordner des Checkpoints an.</translation>
    </message>
    <message>
        <source>Give the folder of one of them.</source>
        <translation>Geben Sie den Ordner von einem davon an.</translation>
    </message>
    <message>
        <source>Give the folder that holds the model.</source>
        <translation>Geben Sie den Ordner an, der das Modell enthält.</translation>
    </message>
    <message>
        <source>Go on, or delete what was fetched.</source>
        <translation>Machen Sie weiter, oder löschen Sie, was geladen wurde.</translation>
    </message>
    <message>
        <source>Graphics adapters</source>
        <translation>Grafikeinheiten</translation>
    </message>
    <message>
        <source>Graphics adapters and disk</source>
        <translation>Grafikeinheiten und Datenträger</translation>
    </message>
    <message>
        <source>Graphics adapters that only Vulkan knows</source>
        <translation>Grafikeinheiten, die nur Vulkan kennt</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set, so no connection was attempted.</source>
        <translation>HF_HUB_OFFLINE ist gesetzt; deshalb wurde keine Verbindung versucht.</translation>
    </message>
    <message>
        <source>How much memory {adapter} has is not known.</source>
        <translation>Wie viel Speicher {adapter} hat, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>If your organisation inspects connections, name its certificates in the setting ca-bundle.</source>
        <translation>Falls Ihre Organisation Verbindungen prüft, nennen Sie ihre Zertifikate in der Einstellung ca-bundle.</translation>
    </message>
    <message>
        <source>Import the model again.</source>
        <translation>Importieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>Importing was cancelled.</source>
        <translation>Der Import wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Indoors is running already, but does not answer.</source>
        <translation>Indoors läuft schon, antwortet aber nicht.</translation>
    </message>
    <message>
        <source>Install it again.</source>
        <translation>Installieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Install it as a package.</source>
        <translation>Installieren Sie es als Paket.</translation>
    </message>
    <message>
        <source>Install pip, then try again.</source>
        <translation>Installieren Sie pip und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Install the app again; models that are installed work without it.</source>
        <translation>Installieren Sie das Programm noch einmal; installierte Modelle laufen auch ohne diese Datei.</translation>
    </message>
    <message>
        <source>Installed: {known}.</source>
        <translation>Installiert: {known}.</translation>
    </message>
    <message>
        <source>Installed: {names}. Get or import another in the pane Models.</source>
        <translation>Installiert: {names}. Holen oder importieren Sie ein anderes im Bereich „Modelle“.</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>It is installed already.</source>
        <translation>Es ist schon installiert.</translation>
    </message>
    <message>
        <source>It may have been deleted.</source>
        <translation>Er wurde vielleicht gelöscht.</translation>
    </message>
    <message>
        <source>It may have been erased.</source>
        <translation>Es wurde vielleicht gelöscht.</translation>
    </message>
    <message>
        <source>It runs on no device of this computer; {device} lacks least.</source>
        <translation>Es läuft auf keinem Gerät dieses Computers; {device} fehlt am wenigsten.</translation>
    </message>
    <message>
        <source>It was not stored, or was deleted.</source>
        <translation>Sie wurde nicht gespeichert oder gelöscht.</translation>
    </message>
    <message>
        <source>It writes about {speed} tokens a second.</source>
        <translation>Es schreibt etwa {speed} Token je Sekunde.</translation>
    </message>
    <message>
        <source>Its conversation may have been erased.</source>
        <translation>Ihr Gespräch wurde vielleicht gelöscht.</translation>
    </message>
    <message>
        <source>Known: {kinds}.</source>
        <translation>Bekannt: {kinds}.</translation>
    </message>
    <message>
        <source>Known: {known}.</source>
        <translation>Bekannt: {known}.</translation>
    </message>
    <message>
        <source>Let it answer again.</source>
        <translation>Lassen Sie es noch einmal antworten.</translation>
    </message>
    <message>
        <source>Let the processor compute instead.</source>
        <translation>Lassen Sie stattdessen den Prozessor rechnen.</translation>
    </message>
    <message>
        <source>Load it again.</source>
        <translation>Laden Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Load one first.</source>
        <translation>Laden Sie zuerst eines.</translation>
    </message>
    <message>
        <source>Loading was cancelled.</source>
        <translation>Das Laden wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Looking for them failed: {error}</source>
        <translation>Das Nachsehen ist gescheitert: {error}</translation>
    </message>
    <message>
        <source>Looking for them took too long.</source>
        <translation>Das Nachsehen hat zu lange gedauert.</translation>
    </message>
    <message>
        <source>Making the model was cancelled.</source>
        <translation>Das Erstellen des Modells wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Measuring needs a context of {needed} tokens; it has {context_length}.</source>
        <translation>Die Messung braucht einen Kontext von {needed} Tokens; er hat {context_length}.</translation>
    </message>
    <message>
        <source>Measuring the window ({part}) failed: {said}</source>
        <translation>Das Messen des Fensters ({part}) ist fehlgeschlagen: {said}</translation>
    </message>
    <message>
        <source>Measuring was cancelled.</source>
        <translation>Die Messung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Mend it, or delete it to start from the defaults.</source>
        <translation>Berichtigen Sie sie, oder löschen Sie sie, um mit den Voreinstellungen zu beginnen.</translation>
    </message>
    <message>
        <source>Message {parent_id} is not part of conversation {number}.</source>
        <translation>Nachricht {parent_id} gehört nicht zum Gespräch {number}.</translation>
    </message>
    <message>
        <source>Messages that were rescued from it: {count}.</source>
        <translation>Daraus gerettete Nachrichten: {count}.</translation>
    </message>
    <message>
        <source>Moving needs {needed} GB more in {folder}, but only {free} GB are free.</source>
        <translation>Das Verschieben braucht weitere {needed} GB in {folder}, aber nur {free} GB sind frei.</translation>
    </message>
    <message>
        <source>Moving was cancelled.</source>
        <translation>Das Verschieben wurde abgebrochen.</translation>
    </message>
    <message>
        <source>NVIDIA graphics adapters</source>
        <translation>Grafikeinheiten von NVIDIA</translation>
    </message>
    <message>
        <source>NVML answers: {error}</source>
        <translation>NVML antwortet: {error}</translation>
    </message>
    <message>
        <source>Name it.</source>
        <translation>Geben Sie ihm einen Namen.</translation>
    </message>
    <message>
        <source>Name one at least.</source>
        <translation>Nennen Sie mindestens eines.</translation>
    </message>
    <message>
        <source>Name one of those that /v1/models lists.</source>
        <translation>Nennen Sie eines von denen, die /v1/models auflistet.</translation>
    </message>
    <message>
        <source>Name the one to use.</source>
        <translation>Nennen Sie den, der verwendet werden soll.</translation>
    </message>
    <message>
        <source>No file of a model is large enough to measure it.</source>
        <translation>Keine Datei eines Modells ist groß genug, um sie zu messen.</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>Es ist kein Modell geladen.</translation>
    </message>
    <message>
        <source>Only default and yarn, over whole heads, can be converted.</source>
        <translation>Nur default und yarn, über ganze Heads, lassen sich umwandeln.</translation>
    </message>
    <message>
        <source>Only gpt-oss checkpoints (model_type gpt_oss) can be converted.</source>
        <translation>Nur gpt-oss-Checkpoints (model_type gpt_oss) lassen sich umwandeln.</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Put them into one folder.</source>
        <translation>Legen Sie sie in einen Ordner.</translation>
    </message>
    <message>
        <source>Read bandwidth of the memory</source>
        <translation>Lesegeschwindigkeit des Speichers</translation>
    </message>
    <message>
        <source>Read it without `stream`.</source>
        <translation>Lesen Sie sie ohne `stream`.</translation>
    </message>
    <message>
        <source>Read speed of the disk</source>
        <translation>Lesegeschwindigkeit des Datenträgers</translation>
    </message>
    <message>
        <source>Reload the conversation.</source>
        <translation>Öffnen Sie das Gespräch neu.</translation>
    </message>
    <message>
        <source>Remove another model.</source>
        <translation>Entfernen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Remove it first, or choose another id.</source>
        <translation>Entfernen Sie es zuerst oder wählen Sie eine andere Kennung.</translation>
    </message>
    <message>
        <source>Remove it first, or choose another name.</source>
        <translation>Entfernen Sie es zuerst oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Remove the endpoint in the settings and add it again with the right key.</source>
        <translation>Entfernen Sie den Endpunkt in den Einstellungen, und fügen Sie ihn mit dem richtigen Schlüssel wieder hinzu.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Run text recognition over it.</source>
        <translation>Lassen Sie eine Texterkennung darüber laufen.</translation>
    </message>
    <message>
        <source>Save a copy without it.</source>
        <translation>Speichern Sie eine Kopie ohne Passwort.</translation>
    </message>
    <message>
        <source>Save it anew.</source>
        <translation>Speichern Sie sie neu.</translation>
    </message>
    <message>
        <source>See the list of models.</source>
        <translation>Sehen Sie in die Liste der Modelle.</translation>
    </message>
    <message>
        <source>Send less at once.</source>
        <translation>Schicken Sie weniger auf einmal.</translation>
    </message>
    <message>
        <source>Send one JSON object a line: {&quot;id&quot;, &quot;method&quot;, &quot;params&quot;}.</source>
        <translation>Schicken Sie ein JSON-Objekt je Zeile: {&quot;id&quot;, &quot;method&quot;, &quot;params&quot;}.</translation>
    </message>
    <message>
        <source>Send the whole conversation as input.</source>
        <translation>Senden Sie die ganze Unterhaltung als Eingabe.</translation>
    </message>
    <message>
        <source>Sign in with an access token of an account that may read it.</source>
        <translation>Melden Sie sich mit dem Zugriffstoken eines Kontos an, das es lesen darf.</translation>
    </message>
    <message>
        <source>Split the export.</source>
        <translation>Teilen Sie den Export auf.</translation>
    </message>
    <message>
        <source>Start Indoors again: it sets the file aside and takes up the newest backup.</source>
        <translation>Starten Sie Indoors neu: Es legt die Datei beiseite und übernimmt die neueste Sicherung.</translation>
    </message>
    <message>
        <source>Start the program without it.</source>
        <translation>Starten Sie das Programm ohne sie.</translation>
    </message>
    <message>
        <source>Stop it first, or wait for its end.</source>
        <translation>Stoppen Sie sie zuerst, oder warten Sie auf ihr Ende.</translation>
    </message>
    <message>
        <source>Switch it off first.</source>
        <translation>Schalten Sie ihn erst aus.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Text, Markdown, code, CSV and PDF can be attached.</source>
        <translation>Text, Markdown, Code, CSV und PDF lassen sich anhängen.</translation>
    </message>
    <message>
        <source>The answer is whole already.</source>
        <translation>Die Antwort ist bereits vollständig.</translation>
    </message>
    <message>
        <source>The answer of {place} broke off.</source>
        <translation>Die Antwort von {place} ist abgebrochen.</translation>
    </message>
    <message>
        <source>The answer to a question of the server has no data.</source>
        <translation>Die Antwort auf eine Frage des Servers enthält keine Daten.</translation>
    </message>
    <message>
        <source>The answer was cancelled.</source>
        <translation>Die Antwort wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The answer&apos;s form could not be followed: {reason}.</source>
        <translation>Der Form der Antwort ließ sich nicht folgen: {reason}.</translation>
    </message>
    <message>
        <source>The backup {backup} was taken up.</source>
        <translation>Die Sicherung {backup} wurde übernommen.</translation>
    </message>
    <message>
        <source>The body did not arrive in time.</source>
        <translation>Der Inhalt kam nicht rechtzeitig an.</translation>
    </message>
    <message>
        <source>The body has more than {limit} bytes.</source>
        <translation>Der Inhalt hat mehr als {limit} Bytes.</translation>
    </message>
    <message>
        <source>The cache of layer {number} lacks its key or its value.</source>
        <translation>Dem Cache der Schicht {number} fehlt key oder value.</translation>
    </message>
    <message>
        <source>The catalogue has no {entry_id!r}.</source>
        <translation>Der Katalog hat kein „{entry_id}“.</translation>
    </message>
    <message>
        <source>The chat template of {name} failed: {cause}.</source>
        <translation>Die Chat-Vorlage von {name} ist gescheitert: {cause}.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Die Prüfung wurde angehalten.</translation>
    </message>
    <message>
        <source>The checkpoint {checkpoint} has no {file}.</source>
        <translation>Der Checkpoint {checkpoint} hat kein {file}.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s file {path} is missing.</source>
        <translation>Die Checkpoint-Datei {path} fehlt.</translation>
    </message>
    <message>
        <source>The client has gone.</source>
        <translation>Der Client ist fort.</translation>
    </message>
    <message>
        <source>The computer saves power now.</source>
        <translation>Der Rechner spart gerade Strom.</translation>
    </message>
    <message>
        <source>The conversation is longer than the model at {place} can read.</source>
        <translation>Das Gespräch ist länger, als das Modell bei {place} lesen kann.</translation>
    </message>
    <message>
        <source>The data files of {folder} lie on different drives.</source>
        <translation>Die Datendateien von {folder} liegen auf verschiedenen Laufwerken.</translation>
    </message>
    <message>
        <source>The database refused: {doing} in {path} failed ({reason}).</source>
        <translation>Die Datenbank hat abgelehnt: {doing} in {path} ist fehlgeschlagen ({reason}).</translation>
    </message>
    <message>
        <source>The disk is full: {doing} in {path} failed.</source>
        <translation>Der Datenträger ist voll: {doing} in {path} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The disk is full: {doing}{where} failed.</source>
        <translation>Der Datenträger ist voll: {doing}{where} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The disk of {folder} has no bin.</source>
        <translation>Der Datenträger von {folder} hat keinen Papierkorb.</translation>
    </message>
    <message>
        <source>The download of {name} has not ended.</source>
        <translation>Der Download von {name} ist nicht beendet.</translation>
    </message>
    <message>
        <source>The download of {name} is complete.</source>
        <translation>Der Download von {name} ist vollständig.</translation>
    </message>
    <message>
        <source>The download still needs {needed} on the disk of {folder}, where {free} are free.</source>
        <translation>Der Download braucht noch {needed} auf dem Datenträger von {folder}; dort sind {free} frei.</translation>
    </message>
    <message>
        <source>The download was stopped.</source>
        <translation>Der Download wurde angehalten.</translation>
    </message>
    <message>
        <source>The endpoint {name} has no models.</source>
        <translation>Der Endpunkt {name} hat keine Modelle.</translation>
    </message>
    <message>
        <source>The events of the response {id} were not kept.</source>
        <translation>Die Ereignisse der Antwort {id} wurden nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>The experts of {node} are packed for CUDA; no other processor can read them.</source>
        <translation>Die Experten von {node} sind für CUDA gepackt; kein anderer Prozessor kann sie lesen.</translation>
    </message>
    <message>
        <source>The export cannot be read: {where} has {what}.</source>
        <translation>Der Export lässt sich nicht lesen: {where} hat {what}.</translation>
    </message>
    <message>
        <source>The export has version {version}; this version of Indoors reads {known}.</source>
        <translation>Der Export hat die Version {version}; diese Version von Indoors liest {known}.</translation>
    </message>
    <message>
        <source>The export holds no list of conversations.</source>
        <translation>Der Export enthält keine Liste von Gesprächen.</translation>
    </message>
    <message>
        <source>The file holds no conversations of a ChatGPT export.</source>
        <translation>Die Datei enthält keine Gespräche eines ChatGPT-Exports.</translation>
    </message>
    <message>
        <source>The file list holds {path}: {fault}.</source>
        <translation>Die Dateiliste enthält {path}: {fault}.</translation>
    </message>
    <message>
        <source>The file system refused: {doing}{where} failed ({reason}).</source>
        <translation>Das Dateisystem hat abgelehnt: {doing}{where} ist fehlgeschlagen ({reason}).</translation>
    </message>
    <message>
        <source>The form that is asked of the answer cannot be enforced: {reason}.</source>
        <translation>Die verlangte Form der Antwort lässt sich nicht erzwingen: {reason}.</translation>
    </message>
    <message>
        <source>The graph asks for an input {name!r} that a decoder lacks.</source>
        <translation>Der Graph verlangt einen Eingang „{name}“, den ein Decoder nicht hat.</translation>
    </message>
    <message>
        <source>The graph does not say how large dimension {axis} of {name} is.</source>
        <translation>Der Graph sagt nicht, wie groß die Dimension {axis} von {name} ist.</translation>
    </message>
    <message>
        <source>The graph has no inputs past_key_values.N.key and .value.</source>
        <translation>Der Graph hat keine Eingänge past_key_values.N.key und .value.</translation>
    </message>
    <message>
        <source>The graph has no {kind} {name!r}.</source>
        <translation>Dem Graphen fehlt „{name}“ ({kind}).</translation>
    </message>
    <message>
        <source>The graph uses an unknown operator {name}.</source>
        <translation>Der Graph verwendet einen unbekannten Operator {name}.</translation>
    </message>
    <message>
        <source>The graphics adapter cannot compute {model}: {reason}.</source>
        <translation>Die Grafikkarte kann {model} nicht berechnen: {reason}.</translation>
    </message>
    <message>
        <source>The graphics driver stopped while it computed {model}: {reason}.</source>
        <translation>Der Grafiktreiber fiel aus, während er {model} berechnete: {reason}.</translation>
    </message>
    <message>
        <source>The guide is part of the app and stays.</source>
        <translation>Der Guide gehört zum Programm und bleibt.</translation>
    </message>
    <message>
        <source>The history was damaged; the damaged file is kept as {path}.</source>
        <translation>Der Verlauf war beschädigt; die beschädigte Datei ist als {path} aufgehoben.</translation>
    </message>
    <message>
        <source>The history {path} is damaged: {doing} failed.</source>
        <translation>Der Verlauf {path} ist beschädigt: {doing} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The id {id!r} is in use.</source>
        <translation>Die Kennung „{id}“ ist vergeben.</translation>
    </message>
    <message>
        <source>The import was stopped.</source>
        <translation>Der Import wurde angehalten.</translation>
    </message>
    <message>
        <source>The memory does not hold {model}.</source>
        <translation>Der Arbeitsspeicher fasst {model} nicht.</translation>
    </message>
    <message>
        <source>The message cannot be written as JSON: {error}.</source>
        <translation>Die Nachricht lässt sich nicht als JSON schreiben: {error}.</translation>
    </message>
    <message>
        <source>The message has {size} bytes; at most {limit} fit in one frame.</source>
        <translation>Die Nachricht hat {size} Bytes; höchstens {limit} passen hinein.</translation>
    </message>
    <message>
        <source>The model has no chat template, so it cannot hold a conversation.</source>
        <translation>Das Modell hat keine Chat-Vorlage und kann deshalb kein Gespräch führen.</translation>
    </message>
    <message>
        <source>The model is not loaded any more.</source>
        <translation>Das Modell ist nicht mehr geladen.</translation>
    </message>
    <message>
        <source>The model needs {needed} in {folder}, but only {free} are free.</source>
        <translation>Das Modell braucht {needed} in {folder}, aber nur {free} sind frei.</translation>
    </message>
    <message>
        <source>The model {model} is damaged: {problem}.</source>
        <translation>Das Modell {model} ist beschädigt: {problem}.</translation>
    </message>
    <message>
        <source>The model {model} is not connected: {problem}.</source>
        <translation>Das Modell {model} ist nicht angeschlossen: {problem}.</translation>
    </message>
    <message>
        <source>The model&apos;s data file {path} is cut short: it has {size} bytes of {expected}.</source>
        <translation>Die Datendatei {path} des Modells ist abgeschnitten: Sie hat {size} von {expected} Bytes.</translation>
    </message>
    <message>
        <source>The model&apos;s data file {path} is missing.</source>
        <translation>Die Datendatei {path} des Modells fehlt.</translation>
    </message>
    <message>
        <source>The model&apos;s logits are not numbers: its weights are damaged, or overflow.</source>
        <translation>Die Logits des Modells sind keine Zahlen: Seine Gewichte sind beschädigt oder laufen über.</translation>
    </message>
    <message>
        <source>The models are in {folder} already.</source>
        <translation>Die Modelle sind schon in {folder}.</translation>
    </message>
    <message>
        <source>The models folder is being moved to {folder} already.</source>
        <translation>Der Modellordner wird schon nach {folder} verschoben.</translation>
    </message>
    <message>
        <source>The models folder {folder} is not connected.</source>
        <translation>Der Modellordner {folder} ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>The offline switch is on, so no connection was attempted.</source>
        <translation>Der Offline-Schalter ist an; deshalb wurde keine Verbindung versucht.</translation>
    </message>
    <message>
        <source>The offline switch is on, so nobody is asked.</source>
        <translation>Der Offline-Schalter ist an, also wird niemand gefragt.</translation>
    </message>
    <message>
        <source>The offline switch is on, so nothing is fetched.</source>
        <translation>Der Offline-Schalter ist an, daher wird nichts geladen.</translation>
    </message>
    <message>
        <source>The offline switch is on, so the download waits.</source>
        <translation>Der Offline-Schalter ist an, daher wartet der Download.</translation>
    </message>
    <message>
        <source>The offline switch is on, so {place} was not asked.</source>
        <translation>Der Offline-Schalter ist an, deshalb wurde {place} nicht gefragt.</translation>
    </message>
    <message>
        <source>The packaged program cannot start a part of itself.</source>
        <translation>Das gepackte Programm kann einen Teil seiner selbst nicht starten.</translation>
    </message>
    <message>
        <source>The processor lacks the instructions that the fast kernels use.</source>
        <translation>Dem Prozessor fehlen die Befehle, die die schnellen Rechenkerne benutzen.</translation>
    </message>
    <message>
        <source>The program that runs the server does not answer.</source>
        <translation>Das Programm, das den Server betreibt, antwortet nicht.</translation>
    </message>
    <message>
        <source>The prompt has {tokens} tokens, and the context holds {context}, answer included.</source>
        <translation>Der Prompt hat {tokens} Tokens, und der Kontext fasst {context}, die Antwort eingeschlossen.</translation>
    </message>
    <message>
        <source>The prompt is empty.</source>
        <translation>Der Prompt ist leer.</translation>
    </message>
    <message>
        <source>The request lacks {name}.</source>
        <translation>Der Anfrage fehlt {name}.</translation>
    </message>
    <message>
        <source>The request was cancelled before its turn came.</source>
        <translation>Die Anfrage wurde abgebrochen, bevor sie an der Reihe war.</translation>
    </message>
    <message>
        <source>The request was cancelled.</source>
        <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The response has ended.</source>
        <translation>Die Antwort ist beendet.</translation>
    </message>
    <message>
        <source>The response {id} is not stored, or one before it is not any more.</source>
        <translation>Die Antwort {id} ist nicht gespeichert, oder eine vor ihr ist es nicht mehr.</translation>
    </message>
    <message>
        <source>The server asks what nobody knows.</source>
        <translation>Der Server fragt, was niemand weiß.</translation>
    </message>
    <message>
        <source>The server cannot listen at {host}, port {port}: {reason}.</source>
        <translation>Der Server kann bei {host}, Port {port}, nicht lauschen: {reason}.</translation>
    </message>
    <message>
        <source>The server is on already.</source>
        <translation>Der Server ist schon an.</translation>
    </message>
    <message>
        <source>The system answers: {error}</source>
        <translation>Das System antwortet: {error}</translation>
    </message>
    <message>
        <source>The system took too long to answer.</source>
        <translation>Das System hat zu lange nicht geantwortet.</translation>
    </message>
    <message>
        <source>The tokenizer of {path} cannot be rebuilt: {error}.</source>
        <translation>Der Tokenizer von {path} lässt sich nicht wiederherstellen: {error}.</translation>
    </message>
    <message>
        <source>The tokens of a model elsewhere are not known here.</source>
        <translation>Die Token eines Modells anderswo sind hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The worker is ending.</source>
        <translation>Der Arbeitsprozess endet gerade.</translation>
    </message>
    <message>
        <source>The {kind} cache of layer {number} lacks its past or its present.</source>
        <translation>Dem Cache „{kind}“ der Schicht {number} fehlt past oder present.</translation>
    </message>
    <message>
        <source>The {process} process could not be started: {reason}.</source>
        <translation>Der Prozess „{process}“ ließ sich nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>The {process} process {cause} while doing {doing}.</source>
        <translation>Der Prozess „{process}“ {cause} (Aufgabe: {doing}).</translation>
    </message>
    <message>
        <source>The {process} process {cause}.</source>
        <translation>Der Prozess „{process}“ {cause}.</translation>
    </message>
    <message>
        <source>There are: {known}.</source>
        <translation>Es gibt: {known}.</translation>
    </message>
    <message>
        <source>There is a folder {wanted!r} already.</source>
        <translation>Es gibt schon einen Ordner „{wanted}“.</translation>
    </message>
    <message>
        <source>There is a key {name} already.</source>
        <translation>Es gibt schon einen Schlüssel {name}.</translation>
    </message>
    <message>
        <source>There is a preset of that name already.</source>
        <translation>Eine Vorlage dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>There is an endpoint {name} already.</source>
        <translation>Es gibt schon einen Endpunkt {name}.</translation>
    </message>
    <message>
        <source>There is neither an ONNX graph nor a GGUF or safetensors file in it.</source>
        <translation>Darin ist weder ein ONNX-Graph noch eine GGUF- oder safetensors-Datei.</translation>
    </message>
    <message>
        <source>There is no conversation {number}.</source>
        <translation>Es gibt kein Gespräch {number}.</translation>
    </message>
    <message>
        <source>There is no device {wanted!r}.</source>
        <translation>Es gibt kein Gerät „{wanted}“.</translation>
    </message>
    <message>
        <source>There is no download {key}.</source>
        <translation>Es gibt keinen Download {key}.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>There is no folder or file {path}.</source>
        <translation>Es gibt weder Ordner noch Datei {path}.</translation>
    </message>
    <message>
        <source>There is no folder {checkpoint}.</source>
        <translation>Es gibt keinen Ordner {checkpoint}.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Es gibt keinen Ordner {folder}.</translation>
    </message>
    <message>
        <source>There is no folder {number}.</source>
        <translation>Es gibt keinen Ordner {number}.</translation>
    </message>
    <message>
        <source>There is no geometry {name!r}.</source>
        <translation>Es gibt keine Geometrie „{name}“.</translation>
    </message>
    <message>
        <source>There is no message {message_id}.</source>
        <translation>Es gibt keine Nachricht {message_id}.</translation>
    </message>
    <message>
        <source>There is no model folder {path}.</source>
        <translation>Es gibt keinen Modellordner {path}.</translation>
    </message>
    <message>
        <source>There is no model {model}.</source>
        <translation>Es gibt kein Modell {model}.</translation>
    </message>
    <message>
        <source>There is no response {id}.</source>
        <translation>Es gibt keine Antwort {id}.</translation>
    </message>
    <message>
        <source>There is no runtime {name}.</source>
        <translation>Es gibt keine Laufzeit {name}.</translation>
    </message>
    <message>
        <source>There is no setting {name!r}.</source>
        <translation>Es gibt keine Einstellung „{name}“.</translation>
    </message>
    <message>
        <source>There is no source {kind}.</source>
        <translation>Es gibt keine Quelle {kind}.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Arbeitsspeicher reicht nicht.</translation>
    </message>
    <message>
        <source>There is nothing at {path}.</source>
        <translation>Bei {path} ist nichts.</translation>
    </message>
    <message>
        <source>This answer was cut.</source>
        <translation>Diese Antwort wurde abgeschnitten.</translation>
    </message>
    <message>
        <source>This computer has no such graphics adapter.</source>
        <translation>Dieser Rechner hat keine solche Grafikeinheit.</translation>
    </message>
    <message>
        <source>This computer has {total} altogether: choose a smaller model.</source>
        <translation>Dieser Rechner hat insgesamt {total}: Wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring cannot be used, and a key is kept nowhere else.</source>
        <translation>Der Schlüsselbund dieses Computers ist nicht benutzbar, und ein Schlüssel wird nirgends sonst aufgehoben.</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring cannot be used.</source>
        <translation>Der Schlüsselbund dieses Rechners lässt sich nicht verwenden.</translation>
    </message>
    <message>
        <source>This model cannot be made to call a function.</source>
        <translation>Dieses Modell lässt sich nicht dazu bringen, eine Funktion aufzurufen.</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>{seconds} s überlegt</translation>
    </message>
    <message>
        <source>To try it all the same, switch the memory guard off.</source>
        <translation>Um es trotzdem zu versuchen, schalten Sie die Speicherwache aus.</translation>
    </message>
    <message>
        <source>Too little memory is free to measure it.</source>
        <translation>Zum Messen ist zu wenig Speicher frei.</translation>
    </message>
    <message>
        <source>Try again in {wait} seconds.</source>
        <translation>Versuchen Sie es in {wait} Sekunden noch einmal.</translation>
    </message>
    <message>
        <source>Try again later, or another mirror.</source>
        <translation>Versuchen Sie es später noch einmal oder mit einem anderen Spiegel.</translation>
    </message>
    <message>
        <source>Try again later, or another mirror; if it stays, tell the publisher.</source>
        <translation>Versuchen Sie es später noch einmal oder mit einem anderen Spiegel; bleibt es so, sagen Sie es dem Herausgeber.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>Try again, or choose another model.</source>
        <translation>Versuchen Sie es noch einmal, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Try again; if it stays, verify the model&apos;s files.</source>
        <translation>Versuchen Sie es noch einmal; bleibt es so, prüfen Sie die Dateien des Modells.</translation>
    </message>
    <message>
        <source>Try again; the package may have changed.</source>
        <translation>Versuchen Sie es noch einmal; vielleicht hat sich das Paket geändert.</translation>
    </message>
    <message>
        <source>Try another mirror.</source>
        <translation>Versuchen Sie einen anderen Spiegel.</translation>
    </message>
    <message>
        <source>Turn it off in the settings, or choose a model of this computer.</source>
        <translation>Schalten Sie ihn in den Einstellungen aus, oder wählen Sie ein Modell dieses Computers.</translation>
    </message>
    <message>
        <source>Turn it off in the settings.</source>
        <translation>Schalten Sie ihn in den Einstellungen aus.</translation>
    </message>
    <message>
        <source>Type one.</source>
        <translation>Geben Sie einen ein.</translation>
    </message>
    <message>
        <source>Unfinished downloads lie in {folder}.</source>
        <translation>In {folder} liegen unfertige Downloads.</translation>
    </message>
    <message>
        <source>Unlock it; or set HF_TOKEN in the environment before the program starts.</source>
        <translation>Entsperren Sie ihn, oder setzen Sie HF_TOKEN in der Umgebung, bevor das Programm startet.</translation>
    </message>
    <message>
        <source>Unlock the keyring, then try again.</source>
        <translation>Entsperren Sie den Schlüsselbund, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Untitled conversation</source>
        <translation>Gespräch ohne Titel</translation>
    </message>
    <message>
        <source>Update Indoors, or move the file away to start a new history.</source>
        <translation>Aktualisieren Sie Indoors, oder verschieben Sie die Datei, um einen neuen Verlauf zu beginnen.</translation>
    </message>
    <message>
        <source>Update Indoors.</source>
        <translation>Aktualisieren Sie Indoors.</translation>
    </message>
    <message>
        <source>Use a checkpoint with bf16, fp16, fp32 or MXFP4 weights.</source>
        <translation>Nehmen Sie einen Checkpoint mit Gewichten in bf16, fp16, fp32 oder MXFP4.</translation>
    </message>
    <message>
        <source>Use a context of {context}.</source>
        <translation>Nehmen Sie einen Kontext von {context}.</translation>
    </message>
    <message>
        <source>Use a simpler schema or grammar.</source>
        <translation>Verwenden Sie ein einfacheres Schema oder eine einfachere Grammatik.</translation>
    </message>
    <message>
        <source>Use a simpler schema, or do not ask for strict.</source>
        <translation>Verwenden Sie ein einfacheres Schema, oder verlangen Sie nicht strict.</translation>
    </message>
    <message>
        <source>It has: {known}. Look further in the pane Models.</source>
        <translation>Er enthält: {known}. Suchen Sie im Bereich „Modelle“ weiter.</translation>
    </message>
    <message>
        <source>CoreML has no kernels for the products of a language model: the processor computes.</source>
        <translation>CoreML hat keine Kernel für die Produkte eines Sprachmodells: Der Prozessor rechnet.</translation>
    </message>
    <message>
        <source>Let it be copied; delete the source afterwards if you do not need it.</source>
        <translation>Lassen Sie es kopieren; löschen Sie die Quelle danach, wenn Sie sie nicht brauchen.</translation>
    </message>
    <message>
        <source>Let it be unpacked and checked in the pane Models.</source>
        <translation>Lassen Sie es im Bereich „Modelle“ entpacken und prüfen.</translation>
    </message>
    <message>
        <source>Look for its ONNX form in the pane Models.</source>
        <translation>Suchen Sie im Bereich „Modelle“ nach seiner ONNX-Form.</translation>
    </message>
    <message>
        <source>Python packages need pip, which this build of the program does not carry.</source>
        <translation>Python-Pakete brauchen pip, das diese Ausgabe des Programms nicht mitbringt.</translation>
    </message>
    <message>
        <source>Read and accept it in the pane Models.</source>
        <translation>Lesen und akzeptieren Sie sie im Bereich „Modelle“.</translation>
    </message>
    <message>
        <source>Remove it first, or choose another name for this one.</source>
        <translation>Entfernen Sie es zuerst oder wählen Sie für dieses einen anderen Namen.</translation>
    </message>
    <message>
        <source>Shorten it, start a new conversation, or choose a larger context in the settings.</source>
        <translation>Kürzen Sie es, beginnen Sie ein neues Gespräch oder wählen Sie in den Einstellungen einen größeren Kontext.</translation>
    </message>
    <message>
        <source>The installation was stopped.</source>
        <translation>Die Installation wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The pane Models lists the models there are.</source>
        <translation>Der Bereich „Modelle“ führt die vorhandenen Modelle auf.</translation>
    </message>
    <message>
        <source>The pane Models lists them.</source>
        <translation>Der Bereich „Modelle“ führt sie auf.</translation>
    </message>
    <message>
        <source>The processor was chosen: no graphics adapter computes here.</source>
        <translation>Der Prozessor wurde gewählt: Keine Grafikkarte rechnet hier.</translation>
    </message>
    <message>
        <source>The program carries the runtime {name}.</source>
        <translation>Das Programm bringt die Laufzeit {name} mit.</translation>
    </message>
    <message>
        <source>The runtime for {device} is not installed.</source>
        <translation>Die Laufzeit für {device} ist nicht installiert.</translation>
    </message>
    <message>
        <source>The runtime {name} does not exist for this system.</source>
        <translation>Die Laufzeit {name} gibt es für dieses System nicht.</translation>
    </message>
    <message>
        <source>The runtime {name} is not installed.</source>
        <translation>Die Laufzeit {name} ist nicht installiert.</translation>
    </message>
    <message>
        <source>There is nothing to install.</source>
        <translation>Es gibt nichts zu installieren.</translation>
    </message>
    <message>
        <source>This processor lacks an instruction that the runtime needs; choose another device in the settings.</source>
        <translation>Diesem Prozessor fehlt ein Befehl, den die Laufzeit braucht; wählen Sie in den Einstellungen ein anderes Gerät.</translation>
    </message>
    <message>
        <source>Try again; if it stays, choose the processor (CPU) as device in the settings.</source>
        <translation>Versuchen Sie es erneut; bleibt es dabei, wählen Sie in den Einstellungen den Prozessor (CPU) als Gerät.</translation>
    </message>
    <message>
        <source>Try again; if it stays, save the diagnostics (menu Help) and report it.</source>
        <translation>Versuchen Sie es erneut; bleibt es dabei, speichern Sie die Diagnose (Menü „Hilfe“) und melden Sie es.</translation>
    </message>
    <message>
        <source>Update the graphics driver (on Linux also: libvulkan1), or choose the processor (CPU) as device in the settings.</source>
        <translation>Aktualisieren Sie den Grafiktreiber (unter Linux auch: libvulkan1) oder wählen Sie in den Einstellungen den Prozessor (CPU) als Gerät.</translation>
    </message>
    <message>
        <source>Update the graphics driver, or choose the processor (CPU) as device in the settings.</source>
        <translation>Aktualisieren Sie den Grafiktreiber oder wählen Sie in den Einstellungen den Prozessor (CPU) als Gerät.</translation>
    </message>
    <message>
        <source>Use letters, digits, &apos;_&apos; and &apos;-&apos; in names.</source>
        <translation>Verwenden Sie Buchstaben, Ziffern, „_“ und „-“ in Namen.</translation>
    </message>
    <message>
        <source>Use one thread or more.</source>
        <translation>Nehmen Sie mindestens einen Thread.</translation>
    </message>
    <message>
        <source>Use up to 100 letters, digits, &apos;-&apos;, &apos;_&apos; and &apos;.&apos;, beginning with a letter or a digit.</source>
        <translation>Nehmen Sie bis zu 100 Buchstaben, Ziffern, „-“, „_“ und „.“, mit einem Buchstaben oder einer Ziffer am Anfang.</translation>
    </message>
    <message>
        <source>Wait for it.</source>
        <translation>Warten Sie darauf.</translation>
    </message>
    <message>
        <source>Wait until one has ended, then try again.</source>
        <translation>Warten Sie, bis eine beendet ist, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>WebGPU finds no graphics adapter on this computer.</source>
        <translation>WebGPU findet auf diesem Computer keine Grafikkarte.</translation>
    </message>
    <message>
        <source>WebGPU has no adapter number {number} here.</source>
        <translation>WebGPU hat hier keine Grafikkarte Nummer {number}.</translation>
    </message>
    <message>
        <source>WebGPU is not there: its runtime is not installed.</source>
        <translation>WebGPU ist nicht da: Seine Laufzeit ist nicht installiert.</translation>
    </message>
    <message>
        <source>WebGPU&apos;s runtime is broken.</source>
        <translation>Die Laufzeit von WebGPU ist beschädigt.</translation>
    </message>
    <message>
        <source>WebGPU&apos;s runtime {version} is too old.</source>
        <translation>Die Laufzeit {version} von WebGPU ist zu alt.</translation>
    </message>
    <message>
        <source>What a model elsewhere reads cannot be counted here.</source>
        <translation>Was ein Modell anderswo liest, kann hier nicht gezählt werden.</translation>
    </message>
    <message>
        <source>What came is kept. Ask again.</source>
        <translation>Was kam, ist aufgehoben. Fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>What was copied is kept: move again to go on.</source>
        <translation>Was kopiert wurde, bleibt: Verschieben Sie noch einmal, um fortzufahren.</translation>
    </message>
    <message>
        <source>Windows keeps that name for a device</source>
        <translation>Windows behält diesen Namen einem Gerät vor</translation>
    </message>
    <message>
        <source>Write NAME or NAME==VERSION.</source>
        <translation>Schreiben Sie NAME oder NAME==VERSION.</translation>
    </message>
    <message>
        <source>Write PUBLISHER/NAME.</source>
        <translation>Schreiben Sie HERAUSGEBER/NAME.</translation>
    </message>
    <message>
        <source>Write it as pip does: win_amd64.</source>
        <translation>Schreiben Sie es wie pip: win_amd64.</translation>
    </message>
    <message>
        <source>Write something.</source>
        <translation>Schreiben Sie etwas.</translation>
    </message>
    <message>
        <source>Write the names of your deployments into the field of the models.</source>
        <translation>Schreiben Sie die Namen Ihrer Bereitstellungen in das Feld der Modelle.</translation>
    </message>
    <message>
        <source>Writing {name} was cancelled.</source>
        <translation>Das Schreiben von {name} wurde abgebrochen.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>`after` names no item of the list.</source>
        <translation>`after` nennt keinen Eintrag der Liste.</translation>
    </message>
    <message>
        <source>`indoors.continue` is set, but the input does not end with an answer.</source>
        <translation>`indoors.continue` ist gesetzt, aber die Eingabe endet nicht mit einer Antwort.</translation>
    </message>
    <message>
        <source>`indoors.stop` must be text, or a list of texts.</source>
        <translation>`indoors.stop` muss ein Text oder eine Liste von Texten sein.</translation>
    </message>
    <message>
        <source>`limit` must be from 1 to {most}.</source>
        <translation>`limit` muss von 1 bis {most} sein.</translation>
    </message>
    <message>
        <source>`order` must be asc or desc.</source>
        <translation>`order` muss asc oder desc sein.</translation>
    </message>
    <message>
        <source>`{name}` has a schema that cannot be enforced.</source>
        <translation>`{name}` hat ein Schema, das sich nicht erzwingen lässt.</translation>
    </message>
    <message>
        <source>`{name}` must be a whole number.</source>
        <translation>`{name}` muss eine ganze Zahl sein.</translation>
    </message>
    <message>
        <source>`{name}` must be true or false.</source>
        <translation>`{name}` muss true oder false sein.</translation>
    </message>
    <message>
        <source>`{name}` names a function that cannot be called.</source>
        <translation>`{name}` nennt eine Funktion, die sich nicht aufrufen lässt.</translation>
    </message>
    <message>
        <source>`{name}` {problem}.</source>
        <translation>`{name}` {problem}.</translation>
    </message>
    <message>
        <source>a GGUF file, to be converted</source>
        <translation>eine GGUF-Datei, wird umgewandelt</translation>
    </message>
    <message>
        <source>a checkpoint, to be converted</source>
        <translation>ein Checkpoint, wird umgewandelt</translation>
    </message>
    <message>
        <source>all inside the model&apos;s folder</source>
        <translation>alle innerhalb des Modellordners</translation>
    </message>
    <message>
        <source>an ONNX model</source>
        <translation>ein ONNX-Modell</translation>
    </message>
    <message>
        <source>another file is called like its folder</source>
        <translation>eine andere Datei heißt wie ihr Ordner</translation>
    </message>
    <message>
        <source>bringing the history up to date</source>
        <translation>das Aktualisieren des Verlaufs</translation>
    </message>
    <message>
        <source>changing the branch</source>
        <translation>das Wechseln des Zweigs</translation>
    </message>
    <message>
        <source>could not start (exit code {code})</source>
        <translation>ließ sich nicht starten (Exit-Code {code})</translation>
    </message>
    <message>
        <source>crashed in native code ({crash})</source>
        <translation>ist in nativem Code abgestürzt ({crash})</translation>
    </message>
    <message>
        <source>creating the conversation</source>
        <translation>das Anlegen des Gesprächs</translation>
    </message>
    <message>
        <source>creating the folder</source>
        <translation>das Anlegen des Ordners</translation>
    </message>
    <message>
        <source>deleting the conversation</source>
        <translation>das Löschen des Gesprächs</translation>
    </message>
    <message>
        <source>deleting the folder</source>
        <translation>das Löschen des Ordners</translation>
    </message>
    <message>
        <source>deleting the preset</source>
        <translation>das Löschen der Vorlage</translation>
    </message>
    <message>
        <source>deleting the response</source>
        <translation>das Löschen der Antwort</translation>
    </message>
    <message>
        <source>did not react to a cancel and was ended</source>
        <translation>reagierte nicht auf einen Abbruch und wurde beendet</translation>
    </message>
    <message>
        <source>ended unexpectedly (exit code {code})</source>
        <translation>endete unerwartet (Exit-Code {code})</translation>
    </message>
    <message>
        <source>erasing conversations</source>
        <translation>das endgültige Löschen von Gesprächen</translation>
    </message>
    <message>
        <source>finishing the move of the models folder</source>
        <translation>das Abschließen des Umzugs des Modellordners</translation>
    </message>
    <message>
        <source>importing conversations</source>
        <translation>das Importieren von Gesprächen</translation>
    </message>
    <message>
        <source>installing the model</source>
        <translation>Installieren des Modells</translation>
    </message>
    <message>
        <source>installing the runtime</source>
        <translation>die Installation der Laufzeit</translation>
    </message>
    <message>
        <source>it differs from another one in case alone</source>
        <translation>sie unterscheidet sich von einer anderen nur in Groß- und Kleinschreibung</translation>
    </message>
    <message>
        <source>it is listed twice</source>
        <translation>sie ist zweimal aufgeführt</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>sie ist zu lang</translation>
    </message>
    <message>
        <source>it leads out of the model&apos;s folder</source>
        <translation>sie führt aus dem Ordner des Modells hinaus</translation>
    </message>
    <message>
        <source>keeping the download&apos;s state</source>
        <translation>Festhalten des Downloadstands</translation>
    </message>
    <message>
        <source>keeping the response</source>
        <translation>das Speichern der Antwort</translation>
    </message>
    <message>
        <source>locking the download</source>
        <translation>Sperren des Downloads</translation>
    </message>
    <message>
        <source>logit_bias has {id}: {bias}, but ids are below {vocabulary_size} and biases are numbers.</source>
        <translation>logit_bias enthält {id}: {bias}, aber Kennungen liegen unter {vocabulary_size}, und Werte sind Zahlen.</translation>
    </message>
    <message>
        <source>marking cut answers</source>
        <translation>das Kennzeichnen abgeschnittener Antworten</translation>
    </message>
    <message>
        <source>moving the model to the bin</source>
        <translation>das Verschieben des Modells in den Papierkorb</translation>
    </message>
    <message>
        <source>moving the models folder</source>
        <translation>das Verschieben des Modellordners</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nichts gefunden</translation>
    </message>
    <message>
        <source>none is named: ask the publisher before you pass it on</source>
        <translation>keine genannt: Fragen Sie den Herausgeber, bevor Sie es weitergeben</translation>
    </message>
    <message>
        <source>none; {left} would be left behind</source>
        <translation>nichts gefunden; {left} bliebe zurück</translation>
    </message>
    <message>
        <source>not every system can store that name</source>
        <translation>nicht jedes System kann diesen Namen speichern</translation>
    </message>
    <message>
        <source>not tried, the memory does not hold it now: {reason}</source>
        <translation>nicht ausprobiert, der Arbeitsspeicher fasst es jetzt nicht: {reason}</translation>
    </message>
    <message>
        <source>onnxruntime {version} rejects {model}: {reason}.</source>
        <translation>onnxruntime {version} weist {model} zurück: {reason}.</translation>
    </message>
    <message>
        <source>opening the history</source>
        <translation>das Öffnen des Verlaufs</translation>
    </message>
    <message>
        <source>opening the model</source>
        <translation>das Öffnen des Modells</translation>
    </message>
    <message>
        <source>pip could not get {name}: {reason}.</source>
        <translation>pip konnte {name} nicht laden: {reason}.</translation>
    </message>
    <message>
        <source>pip did not fetch {name}.</source>
        <translation>pip hat {name} nicht geladen.</translation>
    </message>
    <message>
        <source>pip is not installed beside this program.</source>
        <translation>pip ist neben diesem Programm nicht installiert.</translation>
    </message>
    <message>
        <source>possible</source>
        <translation>möglich</translation>
    </message>
    <message>
        <source>readable</source>
        <translation>lesbar</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>das Lesen</translation>
    </message>
    <message>
        <source>reading the GGUF file</source>
        <translation>beim Lesen der GGUF-Datei</translation>
    </message>
    <message>
        <source>reading the accepted licences</source>
        <translation>das Lesen der angenommenen Lizenzen</translation>
    </message>
    <message>
        <source>reading the attachment</source>
        <translation>das Lesen des Anhangs</translation>
    </message>
    <message>
        <source>reading the checkpoint</source>
        <translation>das Lesen des Checkpoints</translation>
    </message>
    <message>
        <source>reading the export</source>
        <translation>das Lesen des Exports</translation>
    </message>
    <message>
        <source>reading the folder</source>
        <translation>das Lesen des Ordners</translation>
    </message>
    <message>
        <source>reading the keys of the server</source>
        <translation>Lesen der Schlüssel des Servers</translation>
    </message>
    <message>
        <source>reading the list of endpoints</source>
        <translation>Lesen der Liste der Endpunkte</translation>
    </message>
    <message>
        <source>reading the manifest</source>
        <translation>das Lesen des Manifests</translation>
    </message>
    <message>
        <source>reading the model</source>
        <translation>das Lesen des Modells</translation>
    </message>
    <message>
        <source>reading the model&apos;s data</source>
        <translation>das Lesen der Modelldaten</translation>
    </message>
    <message>
        <source>reading the model&apos;s folder</source>
        <translation>das Lesen des Modellordners</translation>
    </message>
    <message>
        <source>reading the model&apos;s graph</source>
        <translation>das Lesen des Modellgraphen</translation>
    </message>
    <message>
        <source>reading the model&apos;s settings</source>
        <translation>das Lesen der Modelleinstellungen</translation>
    </message>
    <message>
        <source>reading the response</source>
        <translation>das Lesen der Antwort</translation>
    </message>
    <message>
        <source>reading the settings</source>
        <translation>das Lesen der Einstellungen</translation>
    </message>
    <message>
        <source>reading the tokenizer</source>
        <translation>das Lesen des Tokenizers</translation>
    </message>
    <message>
        <source>reading the version</source>
        <translation>das Lesen der Version</translation>
    </message>
    <message>
        <source>removing the model</source>
        <translation>das Entfernen des Modells</translation>
    </message>
    <message>
        <source>removing the runtime</source>
        <translation>das Entfernen der Laufzeit</translation>
    </message>
    <message>
        <source>renaming the conversation</source>
        <translation>das Umbenennen des Gesprächs</translation>
    </message>
    <message>
        <source>renaming the folder</source>
        <translation>das Umbenennen des Ordners</translation>
    </message>
    <message>
        <source>renaming the preset</source>
        <translation>das Umbenennen der Vorlage</translation>
    </message>
    <message>
        <source>renders: {first} tokens for a greeting, {second} for a conversation</source>
        <translation>funktioniert: {first} Tokens für einen Gruß, {second} für ein Gespräch</translation>
    </message>
    <message>
        <source>rescuing conversations</source>
        <translation>das Retten von Gesprächen</translation>
    </message>
    <message>
        <source>saving the answer</source>
        <translation>das Speichern der Antwort</translation>
    </message>
    <message>
        <source>saving the choice of a device</source>
        <translation>das Speichern der Gerätewahl</translation>
    </message>
    <message>
        <source>saving the code</source>
        <translation>das Speichern des Codes</translation>
    </message>
    <message>
        <source>saving the draft</source>
        <translation>das Speichern des Entwurfs</translation>
    </message>
    <message>
        <source>saving the message</source>
        <translation>das Speichern der Nachricht</translation>
    </message>
    <message>
        <source>saving the preset</source>
        <translation>das Speichern der Vorlage</translation>
    </message>
    <message>
        <source>saving what the hosts said of the models</source>
        <translation>das Speichern dessen, was über die Modelle gesagt wurde</translation>
    </message>
    <message>
        <source>steering the download</source>
        <translation>Steuern des Downloads</translation>
    </message>
    <message>
        <source>storing the download</source>
        <translation>Speichern des Downloads</translation>
    </message>
    <message>
        <source>the cosine at position 0 is {value}</source>
        <translation>der Kosinus an Position 0 ist {value}</translation>
    </message>
    <message>
        <source>the graph computes its angles</source>
        <translation>der Graph berechnet seine Winkel selbst</translation>
    </message>
    <message>
        <source>the request {method}</source>
        <translation>die Anfrage {method}</translation>
    </message>
    <message>
        <source>there is none: prompts are continued as they are</source>
        <translation>es gibt keine: Eingaben werden fortgesetzt, wie sie sind</translation>
    </message>
    <message>
        <source>was ended</source>
        <translation>wurde beendet</translation>
    </message>
    <message>
        <source>was ended by another program ({name})</source>
        <translation>wurde von einem anderen Programm beendet ({name})</translation>
    </message>
    <message>
        <source>was killed by the system, probably because memory ran out</source>
        <translation>wurde vom System beendet, wahrscheinlich weil der Arbeitsspeicher nicht reichte</translation>
    </message>
    <message>
        <source>writing the accepted licences</source>
        <translation>das Schreiben der angenommenen Lizenzen</translation>
    </message>
    <message>
        <source>writing the adapted graph</source>
        <translation>das Schreiben des angepassten Graphen</translation>
    </message>
    <message>
        <source>writing the backup</source>
        <translation>das Schreiben der Sicherung</translation>
    </message>
    <message>
        <source>writing the diagnostics</source>
        <translation>das Schreiben der Diagnose</translation>
    </message>
    <message>
        <source>writing the export</source>
        <translation>das Schreiben des Exports</translation>
    </message>
    <message>
        <source>writing the keys of the server</source>
        <translation>Schreiben der Schlüssel des Servers</translation>
    </message>
    <message>
        <source>writing the list of endpoints</source>
        <translation>Schreiben der Liste der Endpunkte</translation>
    </message>
    <message>
        <source>writing the manifest</source>
        <translation>das Schreiben des Manifests</translation>
    </message>
    <message>
        <source>writing the model</source>
        <translation>das Schreiben des Modells</translation>
    </message>
    <message>
        <source>writing the settings</source>
        <translation>das Schreiben der Einstellungen</translation>
    </message>
    <message>
        <source>{action} {off}</source>
        <translation>{action} {off}</translation>
    </message>
    <message>
        <source>{archive} cannot be unpacked: {reason}.</source>
        <translation>{archive} kann nicht entpackt werden: {reason}.</translation>
    </message>
    <message>
        <source>{archive} holds a link to another place.</source>
        <translation>{archive} enthält einen Verweis auf einen anderen Ort.</translation>
    </message>
    <message>
        <source>{archive} would grow from {packed} to {total} bytes or has too many files: it is a trap.</source>
        <translation>{archive} würde von {packed} auf {total} Bytes wachsen oder hat zu viele Dateien: Das ist eine Falle.</translation>
    </message>
    <message>
        <source>{cause}</source>
        <translation>{cause}</translation>
    </message>
    <message>
        <source>{count} files in the layout of {layout}, {size}</source>
        <translation>{count} Dateien in der Anordnung von {layout}, {size}</translation>
    </message>
    <message>
        <source>{count} tensors, exact but for {rounded}</source>
        <translation>{count} Tensoren, genau bis auf {rounded}</translation>
    </message>
    <message>
        <source>{count} tensors, mostly {kind}, all kept exactly</source>
        <translation>{count} Tensoren, meist {kind}, alle genau übernommen</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Tokens</translation>
    </message>
    <message>
        <source>{count} tokens: {text}</source>
        <translation>{count} Tokens: {text}</translation>
    </message>
    <message>
        <source>{destination} exists already.</source>
        <translation>{destination} gibt es schon.</translation>
    </message>
    <message>
        <source>{device} cannot compute {model}: {cause}</source>
        <translation>{device} kann {model} nicht berechnen: {cause}</translation>
    </message>
    <message>
        <source>{device} does not start: {reason}.</source>
        <translation>{device} startet nicht: {reason}.</translation>
    </message>
    <message>
        <source>{device} needs the runtime {name}, which is {condition}.</source>
        <translation>{device} braucht die Laufzeit {name}; Zustand: {condition}.</translation>
    </message>
    <message>
        <source>{device} was chosen, for {other} failed before: {why}</source>
        <translation>{device} wurde gewählt, denn {other} scheiterte zuvor: {why}</translation>
    </message>
    <message>
        <source>{device} was chosen: it has room for the model, and loading it measures its speed.</source>
        <translation>{device} wurde gewählt: Das Modell passt hinein, und beim Laden wird die Geschwindigkeit gemessen.</translation>
    </message>
    <message>
        <source>{device} was chosen: on no other does it run as well.</source>
        <translation>{device} wurde gewählt: Auf keinem anderen läuft es so gut.</translation>
    </message>
    <message>
        <source>{device} was chosen: {speed} tokens a second, against {rival} on {other}.</source>
        <translation>{device} wurde gewählt: {speed} Token pro Sekunde, gegenüber {rival} auf {other}.</translation>
    </message>
    <message>
        <source>{file} was not copied right: its checksum differs.</source>
        <translation>{file} wurde nicht richtig kopiert: Die Prüfsumme weicht ab.</translation>
    </message>
    <message>
        <source>{folder} changes all the time.</source>
        <translation>{folder} ändert sich ständig.</translation>
    </message>
    <message>
        <source>{folder} has no {file}.</source>
        <translation>{folder} hat kein {file}.</translation>
    </message>
    <message>
        <source>{folder} holds neither {single} nor {index}.</source>
        <translation>{folder} enthält weder {single} noch {index}.</translation>
    </message>
    <message>
        <source>{folder} holds several graphs: {listed}.</source>
        <translation>{folder} enthält mehrere Graphen: {listed}.</translation>
    </message>
    <message>
        <source>{folder} is not an empty folder.</source>
        <translation>{folder} ist kein leerer Ordner.</translation>
    </message>
    <message>
        <source>{found}</source>
        <translation>{found}</translation>
    </message>
    <message>
        <source>{graph_file} has an unreadable place for the weights {name}.</source>
        <translation>{graph_file} hat eine unlesbare Stelle für die Gewichte {name}.</translation>
    </message>
    <message>
        <source>{graph_file} looks for the weights {name} outside its own folder, in {location!r}.</source>
        <translation>{graph_file} sucht die Gewichte {name} außerhalb seines Ordners, in „{location}“.</translation>
    </message>
    <message>
        <source>{graph} is an ONNX model already; its weights stay as published.</source>
        <translation>{graph} ist schon ein ONNX-Modell; seine Gewichte bleiben wie veröffentlicht.</translation>
    </message>
    <message>
        <source>{graph} is missing; {file} names it.</source>
        <translation>{graph} fehlt; {file} nennt die Datei.</translation>
    </message>
    <message>
        <source>{host} does not list its deployments.</source>
        <translation>{host} nennt seine Bereitstellungen nicht.</translation>
    </message>
    <message>
        <source>{id} cannot be a model&apos;s id.</source>
        <translation>{id} kann keine Kennung eines Modells sein.</translation>
    </message>
    <message>
        <source>{id} is the name of another download, of {source}.</source>
        <translation>{id} ist der Name eines anderen Downloads, von {source}.</translation>
    </message>
    <message>
        <source>{kind} lacks {name}.</source>
        <translation>Bei {kind} fehlt {name}.</translation>
    </message>
    <message>
        <source>{layers} layers, {logits} logits</source>
        <translation>{layers} Schichten, {logits} Logits</translation>
    </message>
    <message>
        <source>{model} comes with the app.</source>
        <translation>{model} gehört zum Programm.</translation>
    </message>
    <message>
        <source>{model} failed while computing: {reason}.</source>
        <translation>{model} ist beim Rechnen gescheitert: {reason}.</translation>
    </message>
    <message>
        <source>{model} has no variant {variant}.</source>
        <translation>{model} hat keine Variante {variant}.</translation>
    </message>
    <message>
        <source>{model} in the form {variant} cannot run on this computer: {reason}.</source>
        <translation>{model} in der Form {variant} kann auf diesem Computer nicht laufen: {reason}.</translation>
    </message>
    <message>
        <source>{model} is under the licence {licence}, which has not been accepted yet.</source>
        <translation>{model} steht unter der Lizenz {licence}, die noch nicht angenommen wurde.</translation>
    </message>
    <message>
        <source>{model} needs {needed} GB of graphics memory; {adapter} has {size} GB.</source>
        <translation>{model} braucht {needed} GB Grafikspeicher; {adapter} hat {size} GB.</translation>
    </message>
    <message>
        <source>{model} needs {needed} of memory, and {free} are free.</source>
        <translation>{model} braucht {needed} Arbeitsspeicher, und {free} sind frei.</translation>
    </message>
    <message>
        <source>{model} needs {needed} of memory, and {free} are free: the rest would lie on the disk.</source>
        <translation>{model} braucht {needed} Arbeitsspeicher, {free} sind frei: Der Rest läge auf dem Datenträger.</translation>
    </message>
    <message>
        <source>{model} needs {needed} of memory; how much is free is not known.</source>
        <translation>{model} braucht {needed} Arbeitsspeicher; wie viel frei ist, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>{model} needs {needed} of the memory of {adapter}, and {free} are free.</source>
        <translation>{model} braucht {needed} vom Speicher von {adapter}, {free} sind frei.</translation>
    </message>
    <message>
        <source>{model} needs {needed} of the memory of {adapter}, which has {capacity}.</source>
        <translation>{model} braucht {needed} vom Speicher von {adapter}, und der hat {capacity}.</translation>
    </message>
    <message>
        <source>{model} or its data cannot be read: {reason}.</source>
        <translation>{model} oder seine Daten lassen sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{model} uses an operator that onnxruntime {version} cannot run: {reason}.</source>
        <translation>{model} verwendet einen Operator, den onnxruntime {version} nicht ausführen kann: {reason}.</translation>
    </message>
    <message>
        <source>{name} changes all the time on its host.</source>
        <translation>{name} ändert sich auf dem Server andauernd.</translation>
    </message>
    <message>
        <source>{name} could not be read: its reader ended.</source>
        <translation>{name} ließ sich nicht lesen: Der Leseprozess endete.</translation>
    </message>
    <message>
        <source>{name} could not be read: {error}.</source>
        <translation>{name} ließ sich nicht lesen: {error}.</translation>
    </message>
    <message>
        <source>{name} has rows of {inputs} weights, which MXFP4 blocks of {block} do not fill.</source>
        <translation>{name} hat Zeilen von {inputs} Gewichten, die MXFP4-Blöcke von {block} nicht füllen.</translation>
    </message>
    <message>
        <source>{name} has the type {type}, which a decoder&apos;s does not have.</source>
        <translation>{name} hat den Typ {type}, den ein Decoder nicht hat.</translation>
    </message>
    <message>
        <source>{name} has weights too large for fp16.</source>
        <translation>{name} hat Gewichte, die für fp16 zu groß sind.</translation>
    </message>
    <message>
        <source>{name} holds more than 8 million characters.</source>
        <translation>{name} enthält mehr als 8 Millionen Zeichen.</translation>
    </message>
    <message>
        <source>{name} holds no text; it may be a scan.</source>
        <translation>{name} enthält keinen Text; vielleicht ist es ein Scan.</translation>
    </message>
    <message>
        <source>{name} is a damaged PDF: {reason}.</source>
        <translation>{name} ist ein beschädigtes PDF: {reason}.</translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation>{name} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{name} is larger than 32 MiB.</source>
        <translation>{name} ist größer als 32 MiB.</translation>
    </message>
    <message>
        <source>{name} is no model on the hub.</source>
        <translation>{name} ist kein Modell auf dem Hub.</translation>
    </message>
    <message>
        <source>{name} is no package.</source>
        <translation>{name} ist kein Paket.</translation>
    </message>
    <message>
        <source>{name} is not a text file.</source>
        <translation>{name} ist keine Textdatei.</translation>
    </message>
    <message>
        <source>{name} is protected by a password.</source>
        <translation>{name} ist durch ein Passwort geschützt.</translation>
    </message>
    <message>
        <source>{name} is {value}; it must be {wanted}.</source>
        <translation>{name} ist {value}; es muss {wanted} sein.</translation>
    </message>
    <message>
        <source>{name} took longer than {seconds} s to read.</source>
        <translation>Das Lesen von {name} dauerte länger als {seconds} s.</translation>
    </message>
    <message>
        <source>{name}, {layers} layers</source>
        <translation>{name}, {layers} Schichten</translation>
    </message>
    <message>
        <source>{new} and {old} lie in one another.</source>
        <translation>{new} und {old} liegen ineinander.</translation>
    </message>
    <message>
        <source>{node} cannot be computed on DirectML: {problem}.</source>
        <translation>{node} kann mit DirectML nicht berechnet werden: {problem}.</translation>
    </message>
    <message>
        <source>{node} rotates what is neither queries nor keys: that cannot be computed on DirectML.</source>
        <translation>{node} rotiert weder Queries noch Keys: Das kann mit DirectML nicht berechnet werden.</translation>
    </message>
    <message>
        <source>{node} uses an option of attention that cannot be computed on DirectML.</source>
        <translation>{node} nutzt eine Option der Attention, die mit DirectML nicht berechnet werden kann.</translation>
    </message>
    <message>
        <source>{path} asks for rotary embeddings of the kind {kind!r} that are not known here.</source>
        <translation>{path} verlangt Rotary Embeddings der Art „{kind}“, die hier nicht bekannt sind.</translation>
    </message>
    <message>
        <source>{path} cannot be made ready for DirectML: {why}.</source>
        <translation>{path} kann nicht für DirectML vorbereitet werden: {why}.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation>{path} lässt sich nicht lesen: {error}.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{path} describes a pipeline of several graphs.</source>
        <translation>{path} beschreibt eine Kette aus mehreren Graphen.</translation>
    </message>
    <message>
        <source>{path} describes the architecture {kind!r}.</source>
        <translation>{path} beschreibt die Architektur „{kind}“.</translation>
    </message>
    <message>
        <source>{path} does not hold a list of endpoints.</source>
        <translation>{path} enthält keine Liste von Endpunkten.</translation>
    </message>
    <message>
        <source>{path} does not hold a list.</source>
        <translation>{path} enthält keine Liste.</translation>
    </message>
    <message>
        <source>{path} does not hold settings.</source>
        <translation>{path} enthält keine Einstellungen.</translation>
    </message>
    <message>
        <source>{path} does not hold the keys of the server.</source>
        <translation>{path} enthält nicht die Schlüssel des Servers.</translation>
    </message>
    <message>
        <source>{path} does not stay as it was written; the disk may be failing.</source>
        <translation>{path} bleibt nicht, wie es geschrieben wurde; der Datenträger ist vielleicht defekt.</translation>
    </message>
    <message>
        <source>{path} has a merge that is no pair: {merge!r}.</source>
        <translation>{path} hat eine Verschmelzung, die kein Paar ist: {merge!r}.</translation>
    </message>
    <message>
        <source>{path} has a tokenizer of the kind {kind!r}.</source>
        <translation>{path} hat einen Tokenizer der Art {kind!r}.</translation>
    </message>
    <message>
        <source>{path} has a wrong sha256.</source>
        <translation>{path} hat eine falsche SHA-256-Prüfsumme.</translation>
    </message>
    <message>
        <source>{path} has an unreadable header: {error}.</source>
        <translation>{path} hat einen unlesbaren Kopf: {error}.</translation>
    </message>
    <message>
        <source>{path} has no tokenizer, so no text can be read or written.</source>
        <translation>{path} hat keinen Tokenizer; so kann kein Text gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>{path} has no weight_map.</source>
        <translation>{path} hat keine weight_map.</translation>
    </message>
    <message>
        <source>{path} has the tensor {name}, which its architecture does not have here.</source>
        <translation>{path} hat den Tensor {name}, den seine Architektur hier nicht kennt.</translation>
    </message>
    <message>
        <source>{path} has {problem}, which no graph can be made for.</source>
        <translation>{path} hat {problem}; dafür lässt sich kein Graph erstellen.</translation>
    </message>
    <message>
        <source>{path} has {tokens} tokens but {kinds} token types.</source>
        <translation>{path} hat {tokens} Token, aber {kinds} Tokenarten.</translation>
    </message>
    <message>
        <source>{path} has {tokens} tokens but {scores} scores.</source>
        <translation>{path} hat {tokens} Token, aber {scores} Bewertungen.</translation>
    </message>
    <message>
        <source>{path} holds a model of the architecture {architecture!r}.</source>
        <translation>{path} enthält ein Modell der Architektur {architecture!r}.</translation>
    </message>
    <message>
        <source>{path} holds a program, a script or a pickle; loading it could run code.</source>
        <translation>{path} enthält ein Programm, ein Skript oder ein Pickle; beim Laden könnte Code ausgeführt werden.</translation>
    </message>
    <message>
        <source>{path} holds no .onnx file.</source>
        <translation>{path} enthält keine .onnx-Datei.</translation>
    </message>
    <message>
        <source>{path} holds no certificates that can be read.</source>
        <translation>{path} enthält keine lesbaren Zertifikate.</translation>
    </message>
    <message>
        <source>{path} holds no conversations.json.</source>
        <translation>{path} enthält keine conversations.json.</translation>
    </message>
    <message>
        <source>{path} holds several models: {listed}.</source>
        <translation>{path} enthält mehrere Modelle: {listed}.</translation>
    </message>
    <message>
        <source>{path} holds {size} MiB of JSON; the limit is 1024.</source>
        <translation>{path} enthält {size} MiB JSON; die Grenze ist 1024.</translation>
    </message>
    <message>
        <source>{path} is a damaged ZIP file: {error}.</source>
        <translation>{path} ist eine beschädigte ZIP-Datei: {error}.</translation>
    </message>
    <message>
        <source>{path} is a folder, not an ONNX file.</source>
        <translation>{path} ist ein Ordner, keine ONNX-Datei.</translation>
    </message>
    <message>
        <source>{path} is a link that leads out of the model&apos;s folder.</source>
        <translation>{path} ist ein Verweis, der aus dem Ordner des Modells hinausführt.</translation>
    </message>
    <message>
        <source>{path} is an archive.</source>
        <translation>{path} ist ein Archiv.</translation>
    </message>
    <message>
        <source>{path} is cut short inside {name}.</source>
        <translation>{path} ist mitten in {name} abgeschnitten.</translation>
    </message>
    <message>
        <source>{path} is cut short, or not a safetensors file.</source>
        <translation>{path} ist abgeschnitten oder keine safetensors-Datei.</translation>
    </message>
    <message>
        <source>{path} is cut short: it names no operator set.</source>
        <translation>{path} ist abgeschnitten: Die Datei nennt keinen Operatorsatz.</translation>
    </message>
    <message>
        <source>{path} is cut short: {name} ends at byte {end} of {size}.</source>
        <translation>{path} ist abgeschnitten: {name} endet bei Byte {end} von {size}.</translation>
    </message>
    <message>
        <source>{path} is cut short: {tensor} ends at byte {end} of {size}.</source>
        <translation>{path} ist abgeschnitten: {tensor} endet bei Byte {end} von {size}.</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <translation>{path} fehlt.</translation>
    </message>
    <message>
        <source>{path} is missing: the model is split into {count} files.</source>
        <translation>{path} fehlt: Das Modell ist auf {count} Dateien verteilt.</translation>
    </message>
    <message>
        <source>{path} is neither an export of Indoors nor one of ChatGPT.</source>
        <translation>{path} ist weder ein Export von Indoors noch einer von ChatGPT.</translation>
    </message>
    <message>
        <source>{path} is no JSON: {error}.</source>
        <translation>{path} ist kein JSON: {error}.</translation>
    </message>
    <message>
        <source>{path} is not UTF-8 text.</source>
        <translation>{path} ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>{path} is not a GGUF file: it begins with {begin!r}.</source>
        <translation>{path} ist keine GGUF-Datei: Sie beginnt mit {begin!r}.</translation>
    </message>
    <message>
        <source>{path} is not a JSON object.</source>
        <translation>{path} ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>{path} is not a safetensors file: {error}.</source>
        <translation>{path} ist keine safetensors-Datei: {error}.</translation>
    </message>
    <message>
        <source>{path} is not a sound GGUF file: {reason}.</source>
        <translation>{path} ist keine unversehrte GGUF-Datei: {reason}.</translation>
    </message>
    <message>
        <source>{path} is not a tokenizer: {error}.</source>
        <translation>{path} ist kein Tokenizer: {error}.</translation>
    </message>
    <message>
        <source>{path} is not an ONNX model, or it is cut short.</source>
        <translation>{path} ist kein ONNX-Modell, oder die Datei ist abgeschnitten.</translation>
    </message>
    <message>
        <source>{path} is not an ONNX model: it holds no graph.</source>
        <translation>{path} ist kein ONNX-Modell: Die Datei enthält keinen Graphen.</translation>
    </message>
    <message>
        <source>{path} is not as the package lists it.</source>
        <translation>{path} ist nicht so, wie das Paket es angibt.</translation>
    </message>
    <message>
        <source>{path} is not readable JSON: {error}.</source>
        <translation>{path} ist kein lesbares JSON: {error}.</translation>
    </message>
    <message>
        <source>{path} is not valid JSON: {error}.</source>
        <translation>{path} ist kein gültiges JSON: {error}.</translation>
    </message>
    <message>
        <source>{path} is not valid JSON: {reason}.</source>
        <translation>{path} ist kein gültiges JSON: {reason}.</translation>
    </message>
    <message>
        <source>{path} is written in GGUF version {version}; versions 2 and 3, little-endian, can be read.</source>
        <translation>{path} ist in GGUF-Version {version} geschrieben; gelesen werden die Versionen 2 und 3, little-endian.</translation>
    </message>
    <message>
        <source>{path} lacks the tensor {name}.</source>
        <translation>{path} fehlt der Tensor {name}.</translation>
    </message>
    <message>
        <source>{path} on the host is not the file that this program knows.</source>
        <translation>{path} auf dem Server ist nicht die Datei, die dieses Programm kennt.</translation>
    </message>
    <message>
        <source>{path} splits text in the way {name!r}, which is not known.</source>
        <translation>{path} teilt Text auf die Art {name!r}, die nicht bekannt ist.</translation>
    </message>
    <message>
        <source>{path} stores {tensor} in the block type {kind}, which cannot be converted.</source>
        <translation>{path} speichert {tensor} im Blocktyp {kind}, der nicht umgewandelt werden kann.</translation>
    </message>
    <message>
        <source>{path} uses operators of the year it was made in, which cannot be made ready for DirectML.</source>
        <translation>{path} nutzt Operatoren aus dem Jahr seiner Entstehung; sie können nicht für DirectML vorbereitet werden.</translation>
    </message>
    <message>
        <source>{path} {problem}, which no graph can be made for.</source>
        <translation>{path} {problem}; dafür kann kein Graph gebaut werden.</translation>
    </message>
    <message>
        <source>{path}: {key} must be {wanted}, found {found}.</source>
        <translation>{path}: {key} muss {wanted} sein, gefunden wurde {found}.</translation>
    </message>
    <message>
        <source>{place} answers with an error (HTTP status {status}){reason}.</source>
        <translation>{place} antwortet mit einem Fehler (HTTP-Status {status}){reason}.</translation>
    </message>
    <message>
        <source>{place} answers with something that is not the Responses API.</source>
        <translation>{place} antwortet mit etwas, das nicht die Responses-API ist.</translation>
    </message>
    <message>
        <source>{place} cannot be reached, or broke off: {reason}.</source>
        <translation>{place} ist nicht erreichbar oder hat abgebrochen: {reason}.</translation>
    </message>
    <message>
        <source>{place} could not finish the answer{reason}.</source>
        <translation>{place} konnte die Antwort nicht beenden{reason}.</translation>
    </message>
    <message>
        <source>{place} does not accept the key{reason}.</source>
        <translation>{place} nimmt den Schlüssel nicht an{reason}.</translation>
    </message>
    <message>
        <source>{place} knows no such model or address{reason}.</source>
        <translation>{place} kennt kein solches Modell oder keine solche Adresse{reason}.</translation>
    </message>
    <message>
        <source>{place} refused the request (HTTP status {status}){reason}.</source>
        <translation>{place} hat die Anfrage abgelehnt (HTTP-Status {status}){reason}.</translation>
    </message>
    <message>
        <source>{place} takes no more requests just now{reason}.</source>
        <translation>{place} nimmt gerade keine weiteren Anfragen an{reason}.</translation>
    </message>
    <message>
        <source>{place} was silent for too long.</source>
        <translation>{place} hat zu lange geschwiegen.</translation>
    </message>
    <message>
        <source>{platform} is no platform.</source>
        <translation>{platform} ist keine Plattform.</translation>
    </message>
    <message>
        <source>{provider} cannot compute {path}: {operator} ({node}): {why}.</source>
        <translation>{provider} kann {path} nicht berechnen: {operator} ({node}): {why}.</translation>
    </message>
    <message>
        <source>{provider} leaves {count} of the {total} products of {model} to the processor ({operators}): that would be slower than the processor alone.</source>
        <translation>{provider} überlässt {count} von {total} Produkten von {model} dem Prozessor ({operators}): Das wäre langsamer als der Prozessor allein.</translation>
    </message>
    <message>
        <source>{proxy} is no HTTP proxy.</source>
        <translation>{proxy} ist kein HTTP-Proxy.</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>{tensors} tensors, {parameters} parameters</source>
        <translation>{tensors} Tensoren, {parameters} Parameter</translation>
    </message>
    <message>
        <source>{tensors} tensors, {size}</source>
        <translation>{tensors} Tensoren, {size}</translation>
    </message>
    <message>
        <source>{url} broke off.</source>
        <translation>{url} brach ab.</translation>
    </message>
    <message>
        <source>{url} cannot be reached: {reason}.</source>
        <translation>{url} ist nicht erreichbar: {reason}.</translation>
    </message>
    <message>
        <source>{url} does not exist there, or no longer, or is private.</source>
        <translation>{url} gibt es dort nicht oder nicht mehr, oder es ist privat.</translation>
    </message>
    <message>
        <source>{url} has {found} bytes instead of the announced {size}.</source>
        <translation>{url} hat {found} Bytes statt der angekündigten {size}.</translation>
    </message>
    <message>
        <source>{url} is no address that can be asked.</source>
        <translation>{url} ist keine Adresse, die gefragt werden kann.</translation>
    </message>
    <message>
        <source>{url} is no address.</source>
        <translation>{url} ist keine Adresse.</translation>
    </message>
    <message>
        <source>{url} is no https address.</source>
        <translation>{url} ist keine https-Adresse.</translation>
    </message>
    <message>
        <source>{url} is not the published file: its sha256 is {found} instead of {expected}.</source>
        <translation>{url} ist nicht die veröffentlichte Datei: Ihr sha256 ist {found} statt {expected}.</translation>
    </message>
    <message>
        <source>{url} is only given to people who accepted the publisher&apos;s terms.</source>
        <translation>{url} bekommen nur Personen, die die Bedingungen des Herausgebers angenommen haben.</translation>
    </message>
    <message>
        <source>{url} is shorter than was announced.</source>
        <translation>{url} ist kürzer als angekündigt.</translation>
    </message>
    <message>
        <source>{url} leads in circles.</source>
        <translation>{url} führt im Kreis.</translation>
    </message>
    <message>
        <source>{url} leads to an address that is not secure.</source>
        <translation>{url} führt zu einer Adresse, die nicht sicher ist.</translation>
    </message>
    <message>
        <source>{url} may not be read without a sign-in, or not by your account.</source>
        <translation>{url} darf nicht ohne Anmeldung gelesen werden, oder nicht von Ihrem Konto.</translation>
    </message>
    <message>
        <source>{url} was blocked by its host.</source>
        <translation>{url} wurde vom Anbieter gesperrt.</translation>
    </message>
    <message>
        <source>{url} was refused with HTTP status {status}.</source>
        <translation>{url} wurde mit dem HTTP-Status {status} abgelehnt.</translation>
    </message>
    <message>
        <source>{wheel} holds no {module}.</source>
        <translation>{wheel} enthält kein {module}.</translation>
    </message>
    <message>
        <source>{wheel} is no wheel: {reason}.</source>
        <translation>{wheel} ist kein Wheel: {reason}.</translation>
    </message>
    <message>
        <source>{where} cannot be {value!r}.</source>
        <translation>{where} kann nicht „{value}“ sein.</translation>
    </message>
    <message>
        <source>{where} has no files that fit.</source>
        <translation>{where} hat keine passenden Dateien.</translation>
    </message>
    <message>
        <source>{where} holds only files that could run code.</source>
        <translation>{where} enthält nur Dateien, die Code ausführen könnten.</translation>
    </message>
    <message>
        <source>{path} names a file outside its folder: {name!r}.</source>
        <translation>{path} nennt eine Datei außerhalb ihres Ordners: „{name}“.</translation>
    </message>
    <message>
        <source>An unexpected fault while doing {doing}: {kind}: {reason}.</source>
        <translation>Unerwarteter Fehler bei {doing}: {kind}: {reason}.</translation>
    </message>
    <message>
        <source>The limit is out of range.</source>
        <translation>Die Grenze liegt außerhalb des Bereichs.</translation>
    </message>
    <message>
        <source>There is no device {device}.</source>
        <translation>Es gibt kein Gerät {device}.</translation>
    </message>
    <message>
        <source>{path} names no decoder.</source>
        <translation>{path} nennt keinen Decoder.</translation>
    </message>
    <message>
        <source>{path} stores {name} in a data type that cannot be converted.</source>
        <translation>{path} speichert {name} in einem Datentyp, der sich nicht umwandeln lässt.</translation>
    </message>
    <message>
        <source>{path} was changed: its sha256 is not the one the app knows.</source>
        <translation>{path} wurde geändert: Die SHA-256-Prüfsumme ist nicht die, die das Programm kennt.</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of Indoors.</source>
        <translation>{path} wurde von einer neueren Version von Indoors geschrieben.</translation>
    </message>
    <message>
        <source>{path}: a rope parameter has an impossible value ({error}).</source>
        <translation>{path}: Ein rope-Parameter hat einen unmöglichen Wert ({error}).</translation>
    </message>
    <message>
        <source>{path}: the rope parameters are not an object.</source>
        <translation>{path}: Die rope-Parameter sind kein Objekt.</translation>
    </message>
    <message>
        <source>{path}: {name} holds NaN or infinite weights.</source>
        <translation>{path}: {name} enthält NaN oder unendliche Gewichte.</translation>
    </message>
    <message>
        <source>{path}: {name} must be {wanted}, found {found}.</source>
        <translation>{path}: {name} muss {wanted} sein, ist aber {found}.</translation>
    </message>
    <message>
        <source>{root} has no tokenizer.json.</source>
        <translation>{root} hat keine tokenizer.json.</translation>
    </message>
    <message>
        <source>{root} holds an encoder-decoder model ({kind}).</source>
        <translation>{root} enthält ein Encoder-Decoder-Modell ({kind}).</translation>
    </message>
    <message>
        <source>{root} holds no .onnx file.</source>
        <translation>{root} enthält keine .onnx-Datei.</translation>
    </message>
    <message>
        <source>{source} holds no model that can be read: no .onnx, .gguf or .safetensors file.</source>
        <translation>{source} enthält kein lesbares Modell: keine Datei .onnx, .gguf oder .safetensors.</translation>
    </message>
    <message>
        <source>{text} names no model.</source>
        <translation>{text} nennt kein Modell.</translation>
    </message>
    <message>
        <source>{url} shows a certificate that is not trusted: {reason}.</source>
        <translation>{url} zeigt ein Zertifikat, dem nicht vertraut wird: {reason}.</translation>
    </message>
    <message>
        <source>{value} is no value for the setting {name}.</source>
        <translation>{value} ist kein Wert für die Einstellung {name}.</translation>
    </message>
    <message>
        <source>{waiting} requests wait already.</source>
        <translation>{waiting} Anfragen warten schon.</translation>
    </message>
    <message>
        <source>{wanted} threads cannot compute.</source>
        <translation>{wanted} Threads können nicht rechnen.</translation>
    </message>
    <message>
        <source>A settings file in {path} is not readable JSON: {error}.</source>
        <translation>Eine Einstellungsdatei in {path} ist kein lesbares JSON: {error}.</translation>
    </message>
    <message>
        <source>Ask again; if it crashes again, choose the processor (CPU) as device in the settings, or another model.</source>
        <translation>Fragen Sie noch einmal; stürzt es wieder ab, wählen Sie in den Einstellungen den Prozessor (CPU) als Gerät oder ein anderes Modell.</translation>
    </message>
    <message>
        <source>Change the permissions of that folder and try again.</source>
        <translation>Ändern Sie die Rechte dieses Ordners und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Check the model&apos;s files in the pane Models, or choose another device in the settings.</source>
        <translation>Prüfen Sie die Dateien des Modells im Bereich „Modelle“ oder wählen Sie in den Einstellungen ein anderes Gerät.</translation>
    </message>
    <message>
        <source>Choose a folder with an ONNX model or a checkpoint, or a GGUF file.</source>
        <translation>Wählen Sie einen Ordner mit einem ONNX-Modell oder Checkpoint oder eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>Choose a form without custom operators, or remove the file if nothing needs it.</source>
        <translation>Wählen Sie eine Form ohne eigene Operatoren, oder entfernen Sie die Datei, wenn nichts sie braucht.</translation>
    </message>
    <message>
        <source>Choose a newer export of the model.</source>
        <translation>Wählen Sie einen neueren Export des Modells.</translation>
    </message>
    <message>
        <source>Choose another device in the settings.</source>
        <translation>Wählen Sie in den Einstellungen ein anderes Gerät.</translation>
    </message>
    <message>
        <source>Choose another device in the settings: WebGPU 0 is the adapter for speed, 1 the one that saves power.</source>
        <translation>Wählen Sie in den Einstellungen ein anderes Gerät: WebGPU 0 ist der schnelle Adapter, 1 der sparsame.</translation>
    </message>
    <message>
        <source>Choose another device in the settings: {devices}.</source>
        <translation>Wählen Sie in den Einstellungen ein anderes Gerät: {devices}.</translation>
    </message>
    <message>
        <source>Choose another form of the model.</source>
        <translation>Wählen Sie eine andere Form des Modells.</translation>
    </message>
    <message>
        <source>Choose another name for this one, or cancel that one.</source>
        <translation>Wählen Sie für dieses einen anderen Namen oder brechen Sie jenes ab.</translation>
    </message>
    <message>
        <source>Choose another variant, or get it anyway.</source>
        <translation>Wählen Sie eine andere Variante oder holen Sie sie trotzdem.</translation>
    </message>
    <message>
        <source>Choose int8, int4 or fp32.</source>
        <translation>Wählen Sie int8, int4 oder fp32.</translation>
    </message>
    <message>
        <source>Choose one: {known}.</source>
        <translation>Wählen Sie eine: {known}.</translation>
    </message>
    <message>
        <source>Choose the model in ONNX, safetensors or GGUF.</source>
        <translation>Wählen Sie das Modell in ONNX, safetensors oder GGUF.</translation>
    </message>
    <message>
        <source>Choose the processor (CPU) as device in the settings, or a variant of the model with other number types.</source>
        <translation>Wählen Sie in den Einstellungen den Prozessor (CPU) als Gerät oder eine Variante des Modells mit anderen Zahlentypen.</translation>
    </message>
    <message>
        <source>Choose the processor (CPU) as device in the settings, or another export of this model.</source>
        <translation>Wählen Sie in den Einstellungen den Prozessor (CPU) als Gerät oder einen anderen Export dieses Modells.</translation>
    </message>
    <message>
        <source>Choose the processor (CPU) as device in the settings.</source>
        <translation>Wählen Sie in den Einstellungen den Prozessor (CPU) als Gerät.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller context in the settings, or a smaller model.</source>
        <translation>Schließen Sie andere Programme, wählen Sie in den Einstellungen einen kleineren Kontext oder ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Connect its disk, or choose another folder in the pane Models.</source>
        <translation>Schließen Sie das Laufwerk an oder wählen Sie im Bereich „Modelle“ einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Delete it for good in the pane Models.</source>
        <translation>Löschen Sie es im Bereich „Modelle“ endgültig.</translation>
    </message>
    <message>
        <source>Fetch the model again, with the files that belong to it.</source>
        <translation>Holen Sie das Modell neu, mit allen Dateien, die dazugehören.</translation>
    </message>
    <message>
        <source>Give an id of the catalogue, PUBLISHER/NAME of a repository, an https address, pip:PACKAGE or a folder.</source>
        <translation>Geben Sie eine Kennung aus dem Katalog an, HERAUSGEBER/NAME eines Repositorys, eine https-Adresse, pip:PAKET oder einen Ordner.</translation>
    </message>
    <message>
        <source>Give the file of one of them.</source>
        <translation>Geben Sie die Datei eines davon an.</translation>
    </message>
    <message>
        <source>Give the folder or the file that holds the model.</source>
        <translation>Geben Sie den Ordner oder die Datei mit dem Modell an.</translation>
    </message>
    <message>
        <source>Import it as it is, or import the checkpoint it was made from.</source>
        <translation>Importieren Sie es, wie es ist, oder importieren Sie den Checkpoint, aus dem es entstand.</translation>
    </message>
    <message>
        <source>Import it in the pane Models.</source>
        <translation>Importieren Sie es im Bereich „Modelle“.</translation>
    </message>
    <message>
        <source>Import the folder that it leads to, if you trust it.</source>
        <translation>Importieren Sie den Ordner, zu dem sie führt, wenn Sie ihm vertrauen.</translation>
    </message>
    <message>
        <source>The model writes nothing.</source>
        <translation>Das Modell schreibt nichts.</translation>
    </message>
    <message>
        <source>The tokenizer of {origin} belongs to another model: it has a token {token}, the graph has {vocabulary} logits.</source>
        <translation>Der Tokenizer von {origin} gehört zu einem anderen Modell: Er hat ein Token {token}, der Graph hat {vocabulary} Logits.</translation>
    </message>
    <message>
        <source>The tokenizer of {origin} finds no tokens in text.</source>
        <translation>Der Tokenizer von {origin} findet in Text keine Token.</translation>
    </message>
    <message>
        <source>There is no {path}.</source>
        <translation>{path} gibt es nicht.</translation>
    </message>
    <message>
        <source>`model` is missing.</source>
        <translation>`model` fehlt.</translation>
    </message>
    <message>
        <source>removing what was moved</source>
        <translation>beim Entfernen des Verschobenen</translation>
    </message>
    <message>
        <source>{folder} holds several models: {listed}.</source>
        <translation>{folder} enthält mehrere Modelle: {listed}.</translation>
    </message>
    <message>
        <source>{origin} has no tokenizer.</source>
        <translation>{origin} hat keinen Tokenizer.</translation>
    </message>
    <message>
        <source>{path} could run code when it is loaded, so it is not.</source>
        <translation>{path} könnte beim Laden Code ausführen und wird deshalb nicht geladen.</translation>
    </message>
    <message>
        <source>{path} is a broken export: its rotary table begins with {found} in place of {wanted}.</source>
        <translation>{path} ist ein fehlerhafter Export: Seine Rotationstabelle beginnt mit {found} statt {wanted}.</translation>
    </message>
    <message>
        <source>{path} is a library; a model that needs one would run code of its own.</source>
        <translation>{path} ist eine Programmbibliothek; ein Modell, das sie braucht, würde eigenen Code ausführen.</translation>
    </message>
    <message>
        <source>{path} is a link that leads out of the model&apos;s folder, to {target}.</source>
        <translation>{path} ist eine Verknüpfung, die aus dem Ordner des Modells hinausführt, zu {target}.</translation>
    </message>
    <message>
        <source>{path} is cut short.</source>
        <translation>{path} ist abgeschnitten.</translation>
    </message>
    <message>
        <source>{path} is no model.</source>
        <translation>{path} ist kein Modell.</translation>
    </message>
    <message>
        <source>{path}: {name} has the shape {found}, the model&apos;s settings ask for {wanted}.</source>
        <translation>{path}: {name} hat die Form {found}, die Einstellungen des Modells verlangen {wanted}.</translation>
    </message>
    <message>
        <source>{source} is converted into another format, so it can neither be moved nor linked.</source>
        <translation>{source} wird in ein anderes Format umgewandelt und kann deshalb weder verschoben noch verknüpft werden.</translation>
    </message>
</context>
<context>
    <name>PlaceBar</name>
    <message>
        <source>Move the models…</source>
        <translation>Modelle verschieben …</translation>
    </message>
    <message>
        <source>{folder} · {size} used by models</source>
        <translation>{folder} · {size} von Modellen belegt</translation>
    </message>
</context>
<context>
    <name>PresetBox</name>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Keep these settings as a preset…</source>
        <translation>Diese Einstellungen als Vorlage behalten…</translation>
    </message>
    <message>
        <source>Rename this preset…</source>
        <translation>Diese Vorlage umbenennen…</translation>
    </message>
    <message>
        <source>Delete this preset</source>
        <translation>Diese Vorlage löschen</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>Eigene Einstellungen</translation>
    </message>
    <message>
        <source>Only presets of your own can be renamed.</source>
        <translation>Nur eigene Vorlagen lassen sich umbenennen.</translation>
    </message>
    <message>
        <source>Only presets of your own can be deleted.</source>
        <translation>Nur eigene Vorlagen können gelöscht werden.</translation>
    </message>
    <message>
        <source>Keep as a preset</source>
        <translation>Als Vorlage behalten</translation>
    </message>
    <message>
        <source>Another name for the preset</source>
        <translation>Neuer Name der Vorlage</translation>
    </message>
    <message>
        <source>Rename the preset</source>
        <translation>Vorlage umbenennen</translation>
    </message>
    <message>
        <source>Name of the preset; one of the same name is replaced.</source>
        <translation>Name der Vorlage; eine gleichnamige wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Model&apos;s defaults</source>
        <translation>Vorgaben des Modells</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Varied</source>
        <translation>Abwechslungsreich</translation>
    </message>
    <message>
        <source>Short answers</source>
        <translation>Kurze Antworten</translation>
    </message>
    <message>
        <source>Answer in at most three sentences, without a preamble.</source>
        <translation>Antworte in höchstens drei Sätzen, ohne Vorrede.</translation>
    </message>
    <message>
        <source>Code reviewer</source>
        <translation>Code-Prüfung</translation>
    </message>
    <message>
        <source>You review code. Name each fault with its line, why it is one, and the smallest mend. Say so when there is none.</source>
        <translation>Du prüfst Code. Nenne jeden Fehler mit seiner Zeile, warum es einer ist und die kleinste Abhilfe. Sag es, wenn es keinen gibt.</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Looking at the graphics adapters…</source>
        <translation>Die Grafikadapter werden angesehen…</translation>
    </message>
    <message>
        <source>Reading the prompt…</source>
        <translation>Die Eingabe wird gelesen…</translation>
    </message>
    <message>
        <source>Measuring {device}…</source>
        <translation>{device} wird gemessen…</translation>
    </message>
    <message>
        <source>Trying {device}…</source>
        <translation>{device} wird versucht…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Das Modell wird geladen…</translation>
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
        <source>Prompt, token by token</source>
        <translation>Prompt, Token für Token</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answer, token by token</source>
        <translation>Antwort, Token für Token</translation>
    </message>
    <message>
        <source>The tokens are not known: the program ended before the answer did, or it comes from elsewhere.</source>
        <translation>Die Token sind nicht bekannt: Das Programm endete vor der Antwort, oder sie stammt von anderswo.</translation>
    </message>
    <message>
        <source>The prompt has {0} tokens, the answer {1}.</source>
        <translation>Der Prompt hat {0} Token, die Antwort {1}.</translation>
    </message>
    <message>
        <source>The model read {0} back then: date, settings or model are others now.</source>
        <translation>Damals las das Modell {0}: Datum, Einstellungen oder Modell sind jetzt andere.</translation>
    </message>
    <message>
        <source>Answer by channel</source>
        <translation>Antwort nach Kanälen</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>{model} – not local: {host}</source>
        <translation>{model} – nicht lokal: {host}</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Use the processor</source>
        <translation>Den Prozessor nehmen</translation>
    </message>
    <message>
        <source>Use a context of {tokens}</source>
        <translation>Einen Kontext von {tokens} nehmen</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>{model} nehmen</translation>
    </message>
    <message>
        <source>Try anyway</source>
        <translation>Trotzdem versuchen</translation>
    </message>
</context>
<context>
    <name>RemovalBox</name>
    <message>
        <source>Remove a model</source>
        <translation>Ein Modell entfernen</translation>
    </message>
    <message>
        <source>Remove {model}?</source>
        <translation>{model} entfernen?</translation>
    </message>
    <message>
        <source>Only the link is removed; the files in {folder} stay as they are.</source>
        <translation>Nur die Verknüpfung wird entfernt; die Dateien in {folder} bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>It takes {size}. What lies in the bin still takes room until the bin is emptied.</source>
        <translation>Es belegt {size}. Was im Papierkorb liegt, belegt Platz, bis er geleert wird.</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
</context>
<context>
    <name>ReportBar</name>
    <message>
        <source>Show the checks</source>
        <translation>Prüfungen anzeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{model} is imported and passed {count} checks. Trying it out: {outcome}</source>
        <translation>{model} ist importiert und hat {count} Prüfungen bestanden. Beim Ausprobieren: {outcome}</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
</context>
<context>
    <name>RequestsCard</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Being answered or waiting: {number}</source>
        <translation>In Arbeit oder wartend: {number}</translation>
    </message>
    <message>
        <source>Nothing is being answered.</source>
        <translation>Es wird nichts beantwortet.</translation>
    </message>
    <message>
        <source>Nothing was kept.</source>
        <translation>Es wurde nichts aufgehoben.</translation>
    </message>
    <message>
        <source>{0} in, {1} out</source>
        <translation>{0} ein, {1} aus</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cut at its limit</source>
        <translation>An der Grenze beendet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Refused ({status})</source>
        <translation>Abgelehnt ({status})</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
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
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Name of the folder:</source>
        <translation>Name des Ordners:</translation>
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
    <name>SearchBar</name>
    <message>
        <source>Search models, or name an address or pip:PACKAGE</source>
        <translation>Modelle suchen, oder eine Adresse oder pip:PAKET nennen</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Modelle suchen</translation>
    </message>
    <message>
        <source>Search the hub</source>
        <translation>Im Hub suchen</translation>
    </message>
    <message>
        <source>Runs on this computer</source>
        <translation>Läuft auf diesem Computer</translation>
    </message>
    <message>
        <source>The offline switch is on.</source>
        <translation>Der Offline-Schalter ist an.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Gespräche durchsuchen</translation>
    </message>
</context>
<context>
    <name>ServerPane</name>
    <message>
        <source>Programs that speak the Responses API can ask the models of this computer.</source>
        <translation>Programme, die die Responses-API sprechen, können die Modelle dieses Computers fragen.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Connect a program</source>
        <translation>Ein Programm verbinden</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
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
        <source>How many requests a minute each key may make, or each address where there is no key; 0: no limit.</source>
        <translation>Wie viele Anfragen pro Minute jeder Schlüssel stellen darf, oder ohne Schlüssel jede Adresse; 0: ohne Grenze.</translation>
    </message>
    <message>
        <source>Hub or mirror</source>
        <translation>Hub oder Spiegel</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Schnittstelle</translation>
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
        <source>Memory guard</source>
        <translation>Speicherwache</translation>
    </message>
    <message>
        <source>Minutes until a model that only other programs used is let go; 0 keeps it.</source>
        <translation>Minuten, bis ein Modell entladen wird, das nur andere Programme benutzt haben; 0 behält es.</translation>
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
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Pages whose scripts may use the server, as https://name, parted by spaces; empty for none.</source>
        <translation>Seiten, deren Skripte den Server benutzen dürfen, als https://name, durch Leerzeichen getrennt; leer: keine.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
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
        <source>Refuses to load what does not fit: normal; also what would lie on the disk in part: strict. Off refuses nothing: the computer may stall, and other programs may be ended.</source>
        <translation>Lehnt ab, was nicht passt: normal; auch, was zum Teil auf dem Datenträger läge: streng. Aus lehnt nichts ab: Der Rechner kann stocken, und andere Programme können beendet werden.</translation>
    </message>
    <message>
        <source>Request log</source>
        <translation>Anfragen auflisten</translation>
    </message>
    <message>
        <source>Requests a minute</source>
        <translation>Anfragen pro Minute</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Size of the window&apos;s text in percent.</source>
        <translation>Größe der Schrift im Fenster in Prozent.</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>Streng</translation>
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
        <source>The address the server listens at. At any but 127.0.0.1 other computers reach it, and need a key.</source>
        <translation>Die Adresse, an der der Server lauscht. An jeder außer 127.0.0.1 erreichen ihn andere Computer und brauchen einen Schlüssel.</translation>
    </message>
    <message>
        <source>The model that answers when none is named.</source>
        <translation>Das Modell, das antwortet, wenn keines genannt ist.</translation>
    </message>
    <message>
        <source>The port the server listens at.</source>
        <translation>Der Port, an dem der Server lauscht.</translation>
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
        <source>Unload after</source>
        <translation>Entladen nach</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>Webseiten</translation>
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
        <source>Whether other programs may ask the models of this computer, through the Responses API.</source>
        <translation>Ob andere Programme die Modelle dieses Computers über die Responses-API fragen dürfen.</translation>
    </message>
    <message>
        <source>Whether the window lists the server&apos;s past requests until it is closed; off keeps nothing.</source>
        <translation>Ob das Fenster vergangene Anfragen an den Server auflistet, bis es geschlossen wird; aus hebt nichts auf.</translation>
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
    <message>
        <source>Models elsewhere</source>
        <translation>Modelle anderswo</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Higher is more varied; 0 always takes the most probable token.</source>
        <translation>Höher ist abwechslungsreicher; 0 nimmt immer das wahrscheinlichste Token.</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the most probable tokens that reach this probability together.</source>
        <translation>Nur die wahrscheinlichsten Token, die zusammen diese Wahrscheinlichkeit erreichen.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only so many of the most probable tokens; 0 for all.</source>
        <translation>Nur so viele der wahrscheinlichsten Token; 0 für alle.</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Only tokens at least this probable, relative to the most probable one.</source>
        <translation>Nur Token, die mindestens so wahrscheinlich sind, gemessen am wahrscheinlichsten.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Strafe für Wiederholungen</translation>
    </message>
    <message>
        <source>Above 1 makes tokens that occurred already less probable.</source>
        <translation>Über 1 werden Token, die schon vorkamen, unwahrscheinlicher.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed and request give the same answer again on this computer.</source>
        <translation>Gleicher Startwert und gleiche Anfrage ergeben auf diesem Computer wieder dieselbe Antwort.</translation>
    </message>
    <message>
        <source>Another each time</source>
        <translation>Jedes Mal ein anderer</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>In tokens, thinking included; a cut answer can be continued.</source>
        <translation>In Token, das Denken eingeschlossen; eine abgebrochene Antwort kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>As long as it fits</source>
        <translation>So lang wie Platz ist</translation>
    </message>
    <message>
        <source>Undo: settings as before the preset</source>
        <translation>Rückgängig: wie vor der Vorlage</translation>
    </message>
    <message>
        <source>Leave out the oldest messages</source>
        <translation>Die ältesten Nachrichten weglassen</translation>
    </message>
    <message>
        <source>When all do not fit into the context.</source>
        <translation>Wenn nicht alle in den Kontext passen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>What the model is to know or to do in all of this conversation</source>
        <translation>Was das Modell in diesem ganzen Gespräch wissen oder tun soll</translation>
    </message>
    <message>
        <source>This conversation</source>
        <translation>Dieses Gespräch</translation>
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
    <name>SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugangsschlüssel</translation>
    </message>
    <message>
        <source>The publisher gives this model only to people who are signed in and agreed to its terms. Agree on the model&apos;s page, make an access token in your account there, and paste it here. It is kept in this computer&apos;s keyring.</source>
        <translation>Der Herausgeber gibt dieses Modell nur Personen, die angemeldet sind und seinen Bedingungen zugestimmt haben. Stimmen Sie auf der Seite des Modells zu, legen Sie dort in Ihrem Konto einen Zugangsschlüssel an und fügen Sie ihn hier ein. Er wird im Schlüsselbund dieses Computers aufbewahrt.</translation>
    </message>
    <message>
        <source>Paste an access token first.</source>
        <translation>Fügen Sie zuerst einen Zugangsschlüssel ein.</translation>
    </message>
    <message>
        <source>The token is being checked.</source>
        <translation>Der Zugangsschlüssel wird geprüft.</translation>
    </message>
</context>
<context>
    <name>SnippetsCard</name>
    <message>
        <source>Program to connect</source>
        <translation>Zu verbindendes Programm</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Text to copy</source>
        <translation>Text zum Kopieren</translation>
    </message>
</context>
<context>
    <name>StateCard</name>
    <message>
        <source>Let other programs ask the models</source>
        <translation>Andere Programme dürfen die Modelle fragen</translation>
    </message>
    <message>
        <source>State of the server</source>
        <translation>Zustand des Servers</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>It is off: nothing listens.</source>
        <translation>Er ist aus: Nichts lauscht.</translation>
    </message>
    <message>
        <source>It is being started.</source>
        <translation>Er wird gestartet.</translation>
    </message>
    <message>
        <source>It is being started again.</source>
        <translation>Er wird neu gestartet.</translation>
    </message>
    <message>
        <source>It could not be started: nothing listens.</source>
        <translation>Er konnte nicht gestartet werden: Nichts lauscht.</translation>
    </message>
    <message>
        <source>It is on. Other computers reach it with a key. What you ask goes first.</source>
        <translation>Er ist an. Andere Computer erreichen ihn mit einem Schlüssel. Was Sie fragen, geht vor.</translation>
    </message>
    <message>
        <source>It is on, for programs of this computer that have a key. What you ask goes first.</source>
        <translation>Er ist an, für Programme dieses Computers, die einen Schlüssel haben. Was Sie fragen, geht vor.</translation>
    </message>
    <message>
        <source>It is on, for every program of this computer. What you ask goes first.</source>
        <translation>Er ist an, für jedes Programm dieses Computers. Was Sie fragen, geht vor.</translation>
    </message>
    <message>
        <source>It was started again: {problem}</source>
        <translation>Er wurde neu gestartet: {problem}</translation>
    </message>
</context>
<context>
    <name>StopEditor</name>
    <message>
        <source>Stop at</source>
        <translation>Anhalten bei</translation>
    </message>
    <message>
        <source>Texts that end the answer where they would appear, one on each line.</source>
        <translation>Texte, vor denen die Antwort endet, einer in jeder Zeile.</translation>
    </message>
</context>
<context>
    <name>Switching</name>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
</context>
<context>
    <name>Taskbar</name>
    <message>
        <source>{percent} % – {title}</source>
        <translation>{percent} % – {title}</translation>
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
    <name>TokenModel</name>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>Transferring</name>
    <message>
        <source>Export the conversation</source>
        <translation>Gespräch exportieren</translation>
    </message>
    <message>
        <source>Export all conversations</source>
        <translation>Alle Gespräche exportieren</translation>
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
    <name>VerdictCard</name>
    <message>
        <source>Loaded last: {placement}</source>
        <translation>Zuletzt geladen: {placement}</translation>
    </message>
    <message>
        <source>Device for {model}</source>
        <translation>Gerät für {model}</translation>
    </message>
    <message>
        <source>context of {tokens} tokens</source>
        <translation>Kontext von {tokens} Tokens</translation>
    </message>
    <message>
        <source>weights {size}</source>
        <translation>Gewichte {size}</translation>
    </message>
    <message>
        <source>KV cache {size}</source>
        <translation>KV-Cache {size}</translation>
    </message>
    <message>
        <source>{speed}, measured</source>
        <translation>{speed}, gemessen</translation>
    </message>
    <message>
        <source>{speed}, expected</source>
        <translation>{speed}, erwartet</translation>
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
        <source>The model is not local: what you write goes to {host}.</source>
        <translation>Das Modell ist nicht lokal: Was Sie schreiben, geht an {host}.</translation>
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
<context>
    <name>WorkBar</name>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>It is being stopped.</source>
        <translation>Es wird angehalten.</translation>
    </message>
</context>
<context>
    <name>_Spin</name>
    <message>
        <source>Model&apos;s default</source>
        <translation>Vorgabe des Modells</translation>
    </message>
</context>
</TS>
