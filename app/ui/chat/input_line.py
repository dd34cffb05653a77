"""A field to type into and a button that sends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.ui.controls import icon_button
from app.ui.theme import Theme


class InputLine(QWidget):
    """Typed text; Enter sends, Shift+Enter breaks the line.

    Args:
        theme: icons and distances.
    """

    submitted = Signal(str)
    stop_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._busy = False
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("Ask something"))
        self.field.setAccessibleName(self.tr("Your message"))
        self.field.entered.connect(self._submit)
        self.field.setFixedHeight(76)
        self._button = icon_button(self.tr("Send"), theme.icon("send", "on_accent"), "primary")
        self._button.clicked.connect(self._press)
        layout = QHBoxLayout(self)
        space = theme.tokens.space
        layout.setContentsMargins(space.l, 0, space.l, space.l)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignBottom)
        self.setFocusProxy(self.field)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001
        """Let the button stop instead of send."""
        self._busy = busy
        name = self.tr("Stop") if busy else self.tr("Send")
        self._button.setIcon(self._theme.icon("stop" if busy else "send", "on_accent"))
        self._button.setAccessibleName(name)
        self._button.setToolTip(name)

    def _press(self) -> None:
        if self._busy:
            self.stop_asked.emit()
        else:
            self._submit()

    def _submit(self) -> None:
        text = self.field.toPlainText()
        if text.strip() and not self._busy:
            self.field.clear()
            self.submitted.emit(text)


class _Field(QPlainTextEdit):
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        breaks = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not breaks:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
