"""The text of a document as a reader would write it down: formulas by their source."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextList, QTextListFormat

from app.ui.markdown.look import DONE, LATEX, TASK

_OBJECT = "\ufffc"
_INDENT = "   "  # of a nested list: under the text of "1. " and within what "- " allows
_LINE_ENDS = str.maketrans({"\u2029": "\n", "\u2028": "\n", "\ufdd0": "\n", "\ufdd1": "\n", "\xa0": " "})


def document_text(document: QTextDocument, start: int = 0, end: int | None = None) -> str:
    """Text between two places, which count UTF-16 units; to the end when none is given."""
    cursor = QTextCursor(document)
    last = document.characterCount() - 1
    cursor.setPosition(min(start, last))
    cursor.setPosition(last if end is None else min(end, last), QTextCursor.MoveMode.KeepAnchor)
    text = cursor.selectedText().translate(_LINE_ENDS)
    return _with_formulas(document, text, min(start, last)) if _OBJECT in text else text


def copied_text(document: QTextDocument, start: int = 0, end: int | None = None) -> str:
    """The same with the markers of list items, which are no part of the document's own text."""
    last = document.characterCount() - 1
    stop = last if end is None else min(end, last)
    lines, block = [], document.findBlock(min(start, last))
    while block.isValid() and block.position() <= stop:
        begin = block.position()
        marker = _marker(block) if start <= begin < stop else ""
        text = document_text(document, max(start, begin), min(stop, begin + block.length() - 1))
        lines.append(f"{marker}{text}")
        block = block.next()
    return "\n".join(lines)


def _marker(block: QTextBlock) -> str:
    items = _list_of(block)
    if items is None:
        return ""
    made, task = items.format(), block.blockFormat().intProperty(TASK)
    mark = items.itemText(block) if made.style() == QTextListFormat.Style.ListDecimal else "-"
    if task:
        mark += " [x]" if task == DONE else " [ ]"
    return f"{_INDENT * (made.indent() - 1)}{mark} "


def _list_of(block: QTextBlock) -> QTextList | None:
    return block.textList()


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
