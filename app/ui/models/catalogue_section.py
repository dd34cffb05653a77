"""What can be got from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.library.store import InstalledModel
from app.ui.models.actions import Actions
from app.ui.models.judging import JudgedEntry
from app.ui.models.offer_card import EntryCard
from app.ui.models.section import Section
from app.ui.row_list import RowList, in_turns
from app.ui.theme import Theme


class CatalogueSection(Section[JudgedEntry, EntryCard]):
    """A card for each entry that does not come with the app.

    Args:
        actions: what the buttons do.
        theme: look.
        parent: the pane.
    """

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        translate = QCoreApplication.translate
        nothing = translate("ModelsPane", "Nothing in the catalogue fits.")
        rows = RowList[JudgedEntry, EntryCard](self._make, theme.tokens.space.m, key=lambda one: one.entry.id)
        super().__init__(translate("ModelsPane", "Catalogue"), nothing, rows, theme, parent)
        self._actions, self._theme = actions, theme
        self._models: Sequence[InstalledModel] = ()

    async def show_entries(self, entries: Sequence[JudgedEntry], models: Sequence[InstalledModel]) -> None:
        """Say of every entry whether it runs now, and whether it is one of the models that are installed.

        What was unfolded stays so.
        """
        self._models = models
        await self.show_cards(entries)
        async for one in in_turns(entries):
            card = self._rows.get(one.entry.id)
            if card is not None:
                card.show_entry(one)
                card.show_models(models)

    def _make(self, one: JudgedEntry) -> EntryCard:
        card = EntryCard(one, self._actions, self._theme)
        card.show_models(self._models)
        return card
