"""How far a long piece of work is, and a button to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.ui.controls import PARTS, allow, button, label, progress_bar, show_part
from app.ui.theme import Theme


class WorkBar(QFrame):
    """A line of text, a bar and a button; hidden while nothing goes on.

    Args:
        name: of the bar, for a screen reader.
        theme: distances.

    Signals:
        stopped: the button was clicked.
    """

    stopped = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.said = label("", wrap=True)
        self.bar = progress_bar(name)
        self.stop = button(self.tr("Stop"))
        self.stop.clicked.connect(self._stop)
        space = theme.tokens.space
        texts = QVBoxLayout()
        texts.setSpacing(space.s)
        texts.addWidget(self.said)
        texts.addWidget(self.bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.l)
        layout.addLayout(texts, 1)
        layout.addWidget(self.stop)
        self.hide()

    def begin(self, said: str) -> None:
        """Something begins."""
        allow(self.stop)
        self.show_progress(said, 0, 0)
        self.show()

    def show_progress(self, said: str, done: int, total: int) -> None:
        """Say how far it is; a total of 0 means that nobody knows."""
        if self.said.text() != said:
            self.said.setText(said)
        show_part(self.bar, PARTS * done // total if total else None)

    def _stop(self) -> None:
        allow(self.stop, self.tr("It is being stopped."))
        self.stopped.emit()
