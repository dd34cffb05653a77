"""What is being fetched."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.models.actions import Actions
from app.ui.models.download_card import DownloadCard
from app.ui.models.downloads import Downloads
from app.ui.models.section import Section
from app.ui.theme import Theme


class DownloadsSection(Section):
    """A card for each download.

    Args:
        actions: what the buttons do.
        theme: look.
        parent: the pane.
    """

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("ModelsPane", "Downloads"), "", theme, parent)
        self._actions = actions
        self._theme = theme

    def show_downloads(self, downloads: Downloads) -> bool:
        """Bring every card up to date, in place; says whether there are others than before."""
        cards = {card.key: card for card in self.cards if isinstance(card, DownloadCard)}
        others = list(cards) != [one.key for one in downloads.now]
        if others:
            made = [
                cards.get(one.key) or DownloadCard(one, self._actions, self._theme) for one in downloads.now
            ]
            self.set_cards(made)
            cards = {card.key: card for card in made}
        for one in downloads.now:
            cards[one.key].show_download(one, downloads.imports.get(one.key))
        return others
