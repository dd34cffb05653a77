"""A heading with cards under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.controls import label
from app.ui.models.card import Card
from app.ui.row_list import RowList, in_turns
from app.ui.theme import Theme

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=Card)


class Section(QWidget, Generic[Item, Shown]):
    """Cards under a heading.

    Args:
        title: the heading.
        nothing: what is said when no card is shown; empty: the section is hidden then.
        rows: makes and keeps the cards.
        theme: distances.
        parent: without one it would be a window of its own for a moment.
    """

    def __init__(
        self, title: str, nothing: str, rows: RowList[Item, Shown], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._filter: Callable[[Card], bool] = lambda _: True
        self._says = bool(nothing)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens.space.m)
        self._column.addWidget(label(title, "subtitle"))
        self._column.addLayout(rows.layout)
        self.nothing = label(nothing, "muted", wrap=True)
        self._column.addWidget(self.nothing)
        self._judge()

    @property
    def cards(self) -> list[Shown]:
        """From top to bottom."""
        return self._rows.rows

    async def show_cards(self, items: Iterable[Item]) -> None:
        """Show a card for each; those that are there stay, others are made a few at a time."""
        async for card in in_turns(self._rows.steps(items)):
            card.setVisible(self._filter(card))
        self._judge()

    def add_below(self, shown: QWidget) -> None:
        """Put something under the cards."""
        self._column.addWidget(shown)

    def filter(self, shown: Callable[[Card], bool]) -> None:
        """Show only some of the cards from now on."""
        self._filter = shown
        self._judge()

    def _judge(self) -> None:
        shown = [self._filter(card) for card in self.cards]
        for card, is_shown in zip(self.cards, shown, strict=True):
            card.setVisible(is_shown)
        self.nothing.setVisible(self._says and not any(shown))
        self.setVisible(self._says or any(shown))
