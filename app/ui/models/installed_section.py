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
        """Show these models, each with a verdict."""
        self.set_cards(
            [InstalledCard(one, fitting.of_model(one.model), self._actions, self._theme) for one in models]
        )

    def show_choice(self, chosen_id: str) -> None:
        """Show which of them answers."""
        for card in self.cards:
            if isinstance(card, InstalledCard):
                card.show_choice(chosen_id)
