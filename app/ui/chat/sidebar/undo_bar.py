"""A line that says what was deleted and takes it back."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.controls import button, icon_button, label
from app.ui.theme import Theme

SHOWN_MS = 15_000


class UndoBar(QFrame):
    """Shown after a deletion; goes by itself unless the keyboard or the pointer is on it.

    Signals:
        undone: the id of what is to come back.
    """

    undone = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "notice-info")
        self._conversation_id = 0
        self._text = label("", wrap=True)
        self.undo = button(self.tr("Undo"), "quiet", theme.icon("undo", "accent"))
        self.dismiss = icon_button(self.tr("Dismiss"), theme.icon("close", "text"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._go)
        self.undo.clicked.connect(self._undo)
        self.dismiss.clicked.connect(self.close_bar)
        layout = QHBoxLayout(self)
        space = theme.tokens.space
        layout.setContentsMargins(space.s, space.xs, space.xs, space.xs)
        layout.setSpacing(space.xs)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.undo)
        layout.addWidget(self.dismiss)
        self.hide()

    def offer(self, conversation_id: int, title: str) -> None:
        """Say that a conversation was deleted."""
        self._conversation_id = conversation_id
        self._text.setText(self.tr("“{title}” was deleted.").format(title=_shortened(title)))
        self.setAccessibleName(self._text.text())
        self.show()
        self._timer.start()

    def close_bar(self) -> None:
        """Hide it; the deletion stays."""
        self._timer.stop()
        self.hide()

    def _undo(self) -> None:
        self.close_bar()
        self.undone.emit(self._conversation_id)

    def _go(self) -> None:
        focused = self.undo.hasFocus() or self.dismiss.hasFocus()
        if focused or self.underMouse():
            self._timer.start()
        else:
            self.hide()


def _shortened(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"
