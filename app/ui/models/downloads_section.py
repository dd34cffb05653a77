"""What is being fetched."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.download.protocol import Download
from app.ui.models.actions import Actions
from app.ui.models.download_card import DownloadCard
from app.ui.models.downloads import Downloads
from app.ui.models.section import Section
from app.ui.row_list import RowList, in_turns
from app.ui.theme import Theme


class DownloadsSection(Section[Download, DownloadCard]):
    """A card for each download.

    Args:
        actions: what the buttons do.
        theme: look.
        parent: the pane.
    """

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget) -> None:
        rows = RowList[Download, DownloadCard](
            lambda one: DownloadCard(one, actions, theme), theme.tokens.space.m, key=lambda one: one.key
        )
        title = QCoreApplication.translate("ModelsPane", "Downloads")
        super().__init__(title, "", rows, theme, parent)

    async def show_downloads(self, downloads: Downloads) -> None:
        """Bring every card up to date, in place."""
        if [card.key for card in self.cards] != [one.key for one in downloads.now]:
            await self.show_cards(downloads.now)
        async for one in in_turns(downloads.now):
            card = self._rows.get(one.key)
            if card is not None:
                card.show_download(one, downloads.imports.get(one.key))
