"""What an empty conversation shows: what this is, and three things to ask."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.controls import button, centred, label
from app.ui.theme import Theme


class Welcome(QWidget):
    """Suggestions to click.

    Args:
        theme: distances.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.xl, space.xl, space.xl, space.xl)
        layout.setSpacing(space.s)
        layout.addStretch(2)
        self.place = label("", "muted", wrap=True)
        for line in (label(self.tr("What would you like to know?"), "display", wrap=True), self.place):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(line)
        layout.addSpacing(space.l)
        self.buttons = [button(text) for text in self._suggestions()]
        for made in self.buttons:
            made.setMaximumWidth(theme.tokens.column // 2)
            made.clicked.connect(lambda _=False, made=made: self.chosen.emit(made.text()))
            layout.addLayout(centred(made))
        layout.addStretch(3)
        self.show_place("")

    def show_place(self, host: str) -> None:
        """Say where the model runs.

        Args:
            host: who is asked; empty for this computer.
        """
        here = self.tr("The model runs on this computer.")
        away = self.tr("The model is not local: what you write goes to {host}.")
        self.place.setText(away.format(host=host) if host else here)

    def _suggestions(self) -> list[str]:
        return [
            self.tr("What can you do?"),
            self.tr("Which model fits my computer?"),
            self.tr("Is anything sent over the network?"),
        ]
