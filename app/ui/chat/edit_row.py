"""The row in which a user changes what was said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import Row, RowWidget
from app.ui.controls import allow, button, label

_MOST_LINES = 14


class EditRow(Row):
    """A turn of the user while it is changed.

    Args:
        text: what was said.
        drawing: the means.
        done: called with the new text, or with None when it stays as it was.
    """

    trailing = True

    def __init__(self, text: str, drawing: Drawing, done: Callable[[str | None], None]) -> None:
        super().__init__(120.0)
        self.text = text
        self.drawing = drawing
        self.done = done
        self.gap = drawing.theme.tokens.space.xl

    def make(self) -> EditWidget:
        """A widget that shows it."""
        return EditWidget(self)

    def refresh(self, widget: RowWidget) -> None:
        """What the user types stays."""
        self.stale = False


class EditWidget(RowWidget):
    """A turn being changed, on the screen."""

    def __init__(self, row: EditRow) -> None:
        super().__init__()
        self._row = row
        self._frame = QFrame(self)
        self._frame.setProperty("kind", "card")
        self.field = _Field()
        self.field.setPlainText(row.text)
        self.field.setAccessibleName(self.tr("Your message"))
        self.field.textChanged.connect(self._remember)
        self.field.entered.connect(self._send)
        self.field.left.connect(lambda: row.done(None))
        hint = label(self.tr("What was said before stays as another version."), "caption", wrap=True)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(lambda: row.done(None))
        self._send_button = button(self.tr("Send"), "primary")
        self._send_button.clicked.connect(self._send)
        buttons = QHBoxLayout()
        buttons.addWidget(hint, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._send_button)
        layout = QVBoxLayout(self._frame)
        layout.addWidget(self.field, 1)
        layout.addLayout(buttons)
        self.setFocusProxy(self.field)

    def fit(self, width: int) -> QSize:
        """The whole width; as high as the text, up to a limit."""
        line = QFontMetrics(self.field.font()).lineSpacing()
        lines = min(max(self.field.blockCount() + len(self._row.text) * 9 // width, 2), _MOST_LINES)
        self.field.setFixedHeight(lines * line + 22)
        height = self._frame.sizeHint().height()
        self._frame.setGeometry(0, 0, width, height)
        return QSize(width, height)

    def _remember(self) -> None:
        self._row.text = self.field.toPlainText()
        allow(self._send_button, "" if self._row.text.strip() else self.tr("The message is empty."))

    def _send(self) -> None:
        if self._row.text.strip():
            self._row.done(self._row.text)


class _Field(QPlainTextEdit):
    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        breaks = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not breaks:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
