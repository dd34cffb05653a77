"""Code in the conversation: selectable, scrolled sideways where it is too wide."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFontMetrics, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

_PORTION = 8_192
_SLICE_SECONDS = 0.004


class CodeView(QPlainTextEdit):
    """Shows code in one fixed-pitch line for each of its own.

    Long code is put in portion by portion, so that none of them is noticed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setUndoRedoEnabled(False)
        self.spanning_text: Callable[[], str] = _nothing
        self._text = ""
        self._there = 0
        self._longest = ""

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied; of several rows, what is selected in all of them."""
        spanning = self.spanning_text()
        if not spanning:
            return super().createMimeDataFromSelection()
        made = QMimeData()
        made.setText(spanning)
        return made

    def show_text(self, text: str) -> None:
        """Show text, its beginning at once; when it only grew, what is there stays."""
        if not text.startswith(self._text):
            self._there, self._text, self._longest = 0, "", ""
        line = self._text.rfind("\n") + 1
        self._text = text
        self._longest = max(self._longest, max(text[line:].split("\n"), key=len), key=len)
        self._put_next()

    @property
    def whole(self) -> bool:
        """All of the text is there."""
        return self._there == len(self._text)

    def advance(self) -> None:
        """Put in more of the text, for a few milliseconds."""
        deadline = time.perf_counter() + _SLICE_SECONDS
        while not self.whole and time.perf_counter() < deadline:
            self._put_next()

    def complete(self) -> None:
        """Put in all of the text, however long it takes."""
        while not self.whole:
            self._put_next()

    def _put_next(self) -> None:
        portion = self._text[self._there : self._there + _PORTION]
        if self._there == 0:
            self.setPlainText(portion)  # the reader's cursor stays at the beginning
        else:
            cursor = QTextCursor(self.document())
            cursor.movePosition(cursor.MoveOperation.End)
            cursor.insertText(portion)
        self._there += len(portion)

    def line_count(self) -> int:
        """How many lines the text has."""
        return self._text.count("\n") + 1

    def widest(self) -> int:
        """Width of the longest line, in pixels."""
        return QFontMetrics(self.font()).horizontalAdvance(self._longest)

    def line_height(self) -> float:
        """As the layout has it: the font's own figure is rounded, and short of it."""
        return self.blockBoundingRect(self.document().firstBlock()).height()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways it scrolls itself; up and down only when it shows a part."""
        bar = self.verticalScrollBar()
        sideways = abs(event.angleDelta().x()) > abs(event.angleDelta().y())
        if sideways or bar.maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()


def _nothing() -> str:
    return ""
