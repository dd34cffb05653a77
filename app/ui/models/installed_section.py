"""What is installed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.models.actions import Actions
from app.ui.models.installed_card import InstalledCard
from app.ui.models.judging import JudgedModel
from app.ui.models.section import Section
from app.ui.row_list import RowList, in_turns
from app.ui.theme import Theme


class InstalledSection(Section[JudgedModel, InstalledCard]):
    """A card for each installed model.

    Args:
        actions: what the buttons do.
        theme: look.
        parent: the pane.
    """

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        translate = QCoreApplication.translate
        nothing = translate("ModelsPane", "No model is installed, or none fits what you look for.")
        rows = RowList[JudgedModel, InstalledCard](
            lambda one: InstalledCard(one.known, one.verdict, actions, theme),
            theme.tokens.space.m,
            key=lambda one: one.known.model.manifest.id,
            fits=lambda card, one: card.known == one.known,
        )
        super().__init__(translate("ModelsPane", "On this computer"), nothing, rows, theme, parent)

    async def show_models(self, models: Sequence[JudgedModel], chosen_id: str) -> None:
        """Show these models, each with a verdict; cards of models that are as they were stay."""
        await self.show_cards(models)
        async for one in in_turns(models):
            card = self._rows.get(one.known.model.manifest.id)
            if card is not None:
                card.show_verdict(one.verdict)
        self.show_choice(chosen_id)

    def show_choice(self, chosen_id: str) -> None:
        """Show which of them answers."""
        for card in self.cards:
            card.show_choice(chosen_id)
