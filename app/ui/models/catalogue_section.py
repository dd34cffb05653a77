"""What can be got from the catalogue."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.library.catalog import Catalog
from app.library.fitting import Fitting
from app.ui.models.actions import Actions
from app.ui.models.offer_card import EntryCard
from app.ui.models.section import Section
from app.ui.theme import Theme


class CatalogueSection(Section):
    """A card for each entry that does not come with the app.

    Args:
        catalog: the entries.
        actions: what the buttons do.
        theme: look.
        parent: the pane.
    """

    def __init__(self, catalog: Catalog, actions: Actions, theme: Theme, parent: QWidget) -> None:
        translate = QCoreApplication.translate
        nothing = translate("ModelsPane", "Nothing in the catalogue fits.")
        super().__init__(translate("ModelsPane", "Catalogue"), nothing, theme, parent)
        entries = catalog.entries
        self._entries = [entry for entry in entries if not all(one.built_in for one in entry.variants)]
        self._actions = actions
        self._theme = theme

    def judge(self, fitting: Fitting) -> None:
        """Say of every entry whether it runs now; what was unfolded stays so."""
        cards = [card for card in self.cards if isinstance(card, EntryCard)]
        unfolded = {card.entry.id for card in cards if card.more.isChecked()}
        made = [EntryCard(entry, fitting, self._actions, self._theme) for entry in self._entries]
        for card in made:
            card.more.setChecked(card.entry.id in unfolded)
        self.set_cards(made)
