"""A heading with cards under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.controls import label
from app.ui.models.card import Card
from app.ui.theme import Theme


class Section(QWidget):
    """Cards under a heading.

    Args:
        title: the heading.
        nothing: what is said when no card is shown; empty: the section is hidden then.
        theme: distances.
        parent: without one it would be a window of its own for a moment.
    """

    def __init__(self, title: str, nothing: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []
        self._shown: Callable[[Card], bool] = lambda _: True
        self._says = bool(nothing)
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.tokens.space.m)
        self._list.addWidget(label(title, "subtitle"))
        self.nothing = label(nothing, "muted", wrap=True)
        self._list.addWidget(self.nothing)
        self._judge()

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards; those that are shown already stay as they are."""
        for card in self.cards:
            if card not in cards:
                self._list.removeWidget(card)
                card.deleteLater()
        self.cards = list(cards)
        for number, card in enumerate(self.cards):
            self._list.insertWidget(1 + number, card)
        self._judge()

    def add_below(self, shown: QWidget) -> None:
        """Put something under the cards."""
        self._list.addWidget(shown)

    def filter(self, shown: Callable[[Card], bool]) -> None:
        """Show only some of the cards from now on."""
        self._shown = shown
        self._judge()

    def _judge(self) -> None:
        shown = [self._shown(card) for card in self.cards]
        for card, is_shown in zip(self.cards, shown, strict=True):
            card.setVisible(is_shown)
        self.nothing.setVisible(self._says and not any(shown))
        self.setVisible(self._says or any(shown))
