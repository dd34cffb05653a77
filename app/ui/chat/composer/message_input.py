"""The text field: grows with its text, Enter sends, files and long pastes become attachments."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

LONG_PASTE = 10_000  # characters; a longer one would make every key press lay out all of it again
_MOST_LINES = 12
_SLACK = 4  # pixels that frame and rounding take


class MessageInput(QPlainTextEdit):
    """Plain text.

    Signals:
        entered: Enter was pressed.
        files_given: paths that were pasted or dropped.
        long_text_given: text that is too long to be edited here.
        picture_given: a picture was pasted; there is no use for it.
    """

    entered = Signal()
    files_given = Signal(list)
    long_text_given = Signal(str)
    picture_given = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setProperty("kind", "bare")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text, between one line and the most that is allowed."""
        written = max(1, round(self.document().size().height()))
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if written > _MOST_LINES else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        lines = min(written, _MOST_LINES)
        edges = self.contentsMargins()
        margin = 2 * round(self.document().documentMargin()) + edges.top() + edges.bottom()
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margin + _SLACK)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter sends; Shift+Enter breaks the line."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt: text and files are welcome; a picture is answered with words."""
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: something was pasted or dropped."""
        if files := local_files(source):
            self.files_given.emit(files)
        elif source.hasText():
            self._insert(source.text())
        elif source.hasImage():
            self.picture_given.emit()

    def _insert(self, text: str) -> None:
        if len(text) > LONG_PASTE:
            self.long_text_given.emit(text)
        else:
            self.insertPlainText(text)


def local_files(source: QMimeData) -> list[Path]:
    """The files on this computer that a paste or a drop names."""
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
