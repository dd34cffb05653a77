"""A sentence above the composer: what was asked for could not be done."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.controls import button, label
from app.ui.theme import Theme


class Notice(QFrame):
    """Hidden until there is something to tell, and when the user has read it.

    Args:
        theme: distances.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        space = theme.tokens.space
        self.setProperty("kind", "notice-danger")
        self.text = label("", wrap=True, selectable=True)
        close = button(self.tr("Close"), "quiet")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.m, space.xs, space.xs, space.xs)
        layout.addWidget(self.text, 1)
        layout.addWidget(close)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence."""
        self.text.setText(sentence)
        self.show()
