"""Where the models lie, and how much room they take there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.controls import button, label
from app.ui.frame.words import size
from app.ui.models import words
from app.ui.theme import Theme


class PlaceBar(QWidget):
    """A line with the models folder, and a button to move it.

    Args:
        theme: distances.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.said = label("", "caption", wrap=True, selectable=True)
        self.move_button = button(self.tr("Move the models…"), "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.tokens.space.m)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.move_button)

    def show_place(self, folder: Path, taken: int) -> None:
        """Say where the models lie and what they take, in bytes."""
        said = self.tr("{folder} · {size} used by models")
        self.said.setText(said.format(folder=words.breakable(str(folder)), size=size(taken)))
