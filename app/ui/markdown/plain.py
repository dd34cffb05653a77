"""The text of a document as a reader would write it down: formulas by their source."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from app.ui.markdown.look import LATEX

_OBJECT = "\ufffc"
_LINE_ENDS = str.maketrans({"\u2029": "\n", "\u2028": "\n", "\ufdd0": "\n", "\ufdd1": "\n", "\xa0": " "})


def document_text(document: QTextDocument, start: int = 0, end: int | None = None) -> str:
    """Text between two places, which count UTF-16 units; to the end when none is given."""
    cursor = QTextCursor(document)
    last = document.characterCount() - 1
    cursor.setPosition(min(start, last))
    cursor.setPosition(last if end is None else min(end, last), QTextCursor.MoveMode.KeepAnchor)
    text = cursor.selectedText().translate(_LINE_ENDS)
    return _with_formulas(document, text, min(start, last)) if _OBJECT in text else text


def _with_formulas(document: QTextDocument, text: str, start: int) -> str:
    parts, place = [], start
    cursor = QTextCursor(document)
    for character in text:
        place += 2 if ord(character) > 0xFFFF else 1
        if character == _OBJECT:
            cursor.setPosition(place)
            parts.append(str(cursor.charFormat().property(LATEX) or ""))
        else:
            parts.append(character)
    return "".join(parts)
