"""What is installed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.library.about import Known
from app.library.fitting import Fitting
from app.ui.models.actions import Actions
from app.ui.models.installed_card import InstalledCard
from app.ui.models.section import Section
from app.ui.theme import Theme


class InstalledSection(Section):
    """A card for each installed model.

    Args:
        actions: what the buttons do.
        theme: look.
        parent: the pane.
    """

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        translate = QCoreApplication.translate
        nothing = translate("ModelsPane", "No model is installed, or none fits what you look for.")
        super().__init__(translate("ModelsPane", "On this computer"), nothing, theme, parent)
        self._actions = actions
        self._theme = theme

    def show_models(self, models: Iterable[Known], fitting: Fitting) -> None:
        """Show these models, each with a verdict; cards of models that are as they were stay."""
        known = {card.model.manifest.id: card for card in self._own_cards()}
        made = []
        for one in models:
            card, verdict = known.get(one.model.manifest.id), fitting.of_model(one.model)
            if card is None or card.known != one:
                card = InstalledCard(one, verdict, self._actions, self._theme)
            else:
                card.show_verdict(verdict)
            made.append(card)
        self.set_cards(made)

    def show_choice(self, chosen_id: str) -> None:
        """Show which of them answers."""
        for card in self._own_cards():
            card.show_choice(chosen_id)

    def _own_cards(self) -> list[InstalledCard]:
        return [card for card in self.cards if isinstance(card, InstalledCard)]
