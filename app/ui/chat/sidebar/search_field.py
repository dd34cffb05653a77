"""The sidebar's search field: it waits for a pause in the typing before it asks."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.theme import Theme

PAUSE_MS = 150


class SearchField(QLineEdit):
    """Words to look for.

    Signals:
        searched: the words, a moment after the last key; empty as soon as there are none.
        left_downwards: the Down key was pressed.
    """

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._asked = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search conversations"))
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._on_typed)
        self.returnPressed.connect(self._search)
        self._pause.timeout.connect(self._search)

    def query(self) -> str:
        """The words looked for."""
        return self.text().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape ends the search; Down leaves for what was found."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _on_typed(self) -> None:
        if self.query():
            self._pause.start()
        else:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        if self.query() != self._asked:
            self._asked = self.query()
            self.searched.emit(self._asked)
