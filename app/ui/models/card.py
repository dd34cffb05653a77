"""What every card of the models pane has: a name, facts, a badge, a place for buttons, and more below."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.controls import label
from app.ui.models.badge import Badge
from app.ui.theme import Theme


class Card(QFrame):
    """A framed area about one model.

    Args:
        name: of the model.
        theme: distances.

    Attributes:
        facts: a line under the name.
    """

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.name = name
        self._badge: QLabel | None = None
        self.setProperty("kind", "card")
        self.setAccessibleName(name)
        space = theme.tokens.space
        self.texts = QVBoxLayout()
        self.texts.setSpacing(space.xs)
        self.texts.addWidget(label(name, "subtitle", wrap=True))
        self.facts = label("", "muted", wrap=True)
        self.texts.addWidget(self.facts)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(space.s)
        head = QHBoxLayout()
        head.setSpacing(space.l)
        head.addLayout(self.texts, 1)
        head.addLayout(self.buttons)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(space.l, space.l, space.l, space.l)
        self.body.setSpacing(space.s)
        self.body.addLayout(head)

    def add_text(self, text: str, kind: str) -> None:
        """Say more under the facts."""
        self.texts.addWidget(label(text, kind, wrap=True, selectable=kind == "danger"))

    def show_badge(self, badge: Badge) -> None:
        """Say whether it runs here, under what was said so far or where it was said before."""
        if self._badge is None:
            self._badge = label("", wrap=True)
            self.texts.addWidget(self._badge)
        badge.put_on(self._badge)

    def add_button(self, shown: QWidget) -> None:
        """Put a button, or what stands in its place, at the end of the first line."""
        self.buttons.addWidget(shown)
