"""The field to find words in the open conversation."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from app.ui.controls import icon_button, label
from app.ui.theme import Theme

_PAUSE_MS = 150


class FindBar(QFrame):
    """Words to find, how many there are, and steps from one to the next.

    Args:
        theme: icons and distances.
    """

    searched = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this conversation"))
        self.field.setAccessibleName(self.tr("Find in this conversation"))
        self.field.setClearButtonEnabled(True)
        self.count = label("", "caption")
        previous = icon_button(self.tr("Previous hit"), theme.icon("up"))
        following = icon_button(self.tr("Next hit"), theme.icon("down"))
        close = icon_button(self.tr("Close"), theme.icon("close"))
        previous.clicked.connect(lambda: self.stepped.emit(-1))
        following.clicked.connect(lambda: self.stepped.emit(1))
        close.clicked.connect(self.closed)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.field.text()))
        self.field.textEdited.connect(lambda _: self._pause.start())
        layout = QHBoxLayout(self)
        space = theme.tokens.space
        layout.setContentsMargins(space.s, space.xs, space.xs, space.xs)
        layout.setSpacing(space.xs)
        layout.addWidget(self.field, 1)
        for widget in (self.count, previous, following, close):
            layout.addWidget(widget)
        self.setFocusProxy(self.field)
        self.hide()

    def open(self) -> None:
        """Show it, ready to type."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text():
            self.searched.emit(self.field.text())

    def show_count(self, current: int, count: int) -> None:
        """Say which hit is shown, of how many."""
        none = self.tr("Not found") if self.field.text() else ""
        self.count.setText(self.tr("{0} of {1}").format(current, count) if count else none)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Escape closes."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if self._pause.isActive():
                self._pause.stop()
                self.searched.emit(self.field.text())
            else:
                self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
