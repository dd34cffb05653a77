"""The models pane: what is installed, what is being fetched, what can be got."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent

from app.download.protocol import Reference
from app.errors import IndoorsError
from app.library.licences import Acceptances
from app.library.store import InstalledModel
from app.ui.controls import label
from app.ui.frame.page import Page
from app.ui.models.actions import Actions
from app.ui.models.catalogue_section import CatalogueSection
from app.ui.models.downloads_section import DownloadsSection
from app.ui.models.freshness import Freshness
from app.ui.models.getting import Getting
from app.ui.models.hub_section import FoundCard, HubSection
from app.ui.models.importing import Importer
from app.ui.models.installed_section import InstalledSection
from app.ui.models.judging import judge_all
from app.ui.models.keeping import Keeping
from app.ui.models.lists import read_lists
from app.ui.models.offer_card import EntryCard
from app.ui.models.search_bar import SearchBar
from app.ui.models.services import Services
from app.ui.renewal import Renewal
from app.ui.tab_order import TabOrder
from app.ui.theme import Theme


class ModelsPane(Page):
    """Lists of models, and everything that can be done with one.

    Args:
        services: what does the work.
        theme: look.
    """

    def __init__(self, services: Services, theme: Theme) -> None:
        translate = QCoreApplication.translate
        lead = translate(
            "ModelsPane", "Everything runs on this computer; models are fetched only when you ask."
        )
        super().__init__(translate("ModelsPane", "Models"), lead, theme)
        self._services = services
        self._lists = read_lists()
        self.models: list[InstalledModel] = []
        acceptances = Acceptances(services.places.accepted_licences)
        self._getting = Getting(
            services.store, services.downloads, services.hub, acceptances, theme, self.window
        )
        self.importing = Importer(services, theme, self)
        self.keeping = Keeping(services, self._lists, theme, self)
        self.card_actions = Actions(
            get=lambda offer: self.run(self._getting.get(offer)),
            steer=lambda key, act: self.run(self._getting.steer(key, act)),
            use=lambda chosen: services.preferences.change("model", chosen, self.show_problem),
            show_model=self.keeping.show_model,
            show_entry=self.keeping.show_entry,
            show_found=lambda reference: self.run(self._look_into(reference)),
        )
        self._make_sections(theme)
        self._tabs = TabOrder(self.importing.button)
        self._listing = Renewal(services.tasks, self._list)
        self._following = Renewal(services.tasks, self._follow)
        self._lay_out(theme)
        self._connect()
        self._keep_order()
        self.show_problem(self._lists.problem)

    async def refresh(self) -> None:
        """List what is installed and what can be got, by what is on the disk and free in memory now."""
        await self._listing.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: other programs have taken or freed memory meanwhile."""
        super().showEvent(event)
        if not event.spontaneous():
            self._listing.ask()
            self._services.tasks.start(self._look())

    async def _look(self) -> None:
        """What is free on the graphics adapters may be otherwise too; finding out takes a moment."""
        if await self._services.look():
            self._listing.ask()

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something for the user; an error becomes a sentence at the top of the pane."""
        self.show_problem(None)
        task = self._services.tasks.start(self._guarded(work))
        task.add_done_callback(lambda _: work.close())

    async def _guarded(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except IndoorsError as error:
            self.show_problem(error)

    def search_hub(self) -> None:
        """Ask the hub for the words in the search field."""
        self.run(self._searched())

    async def _searched(self) -> None:
        await self.hub.search(self.search.text)
        self._keep_order()

    async def _look_into(self, reference: Reference) -> None:
        await self.hub.show_forms(reference, self._services.fitting)
        for card in self.hub.cards:
            card.show_models(self.models)
            card.show_downloads(self._services.downloads)

    def _show_choice(self, name: str) -> None:
        chosen = self._services.preferences.text("model")
        if name == "model":
            self.installed.show_choice(chosen)
        elif name == "offline":
            self._show_offline()

    def _show_offline(self) -> None:
        offline = self._services.preferences.offline
        self.offline.setVisible(offline)
        self.search.show_offline(offline=offline)

    async def _list(self) -> None:
        """Files are read and models are judged in another thread; cards are made a few at a time."""
        services = self._services
        judged = await asyncio.to_thread(judge_all, services.store, self._lists, services.fitting)
        self.models = [one.known.model for one in judged.models]
        self.keeping.place.show_place(services.store.folder, sum(model.disk_bytes for model in self.models))
        await self.installed.show_models(judged.models, services.preferences.text("model"))
        await asyncio.sleep(0)
        await self.catalogue.show_entries(judged.entries, self.models)
        for card in self.hub.cards:
            card.show_models(self.models)
        await asyncio.sleep(0)
        await self._follow()

    async def _follow(self) -> None:
        """Bring everything about downloads up to date, in place."""
        downloads = self._services.downloads
        await self.downloads.show_downloads(downloads)
        await asyncio.sleep(0)
        offered: list[EntryCard | FoundCard] = [*self.catalogue.cards, *self.hub.cards]
        for card in offered:
            card.show_downloads(downloads)
        self._keep_order()

    def _filter(self) -> None:
        for section in (self.catalogue, self.installed):
            section.filter(self.search.shows)

    def _make_sections(self, theme: Theme) -> None:
        self.installed = InstalledSection(self.card_actions, theme, self)
        self.installed.add_below(self.keeping.place)
        self.downloads = DownloadsSection(self.card_actions, theme, self)
        self.catalogue = CatalogueSection(self.card_actions, theme, self)
        self.freshness = Freshness(self._lists.catalog, self._services, theme)
        self.catalogue.add_below(self.freshness)
        self.search = SearchBar(self._lists.catalog, theme)
        self.hub = HubSection(self._services.hub, self.card_actions, theme, self)

    def _lay_out(self, theme: Theme) -> None:
        self.offline = label(
            self.tr("The offline switch is on: nothing is searched or fetched. Turn it off in the settings."),
            "notice-info",
            wrap=True,
        )
        self.offline.setMargin(theme.tokens.space.m)
        self.header.addWidget(self.importing.button)
        bars = (self.importing.bar, self.importing.report, self.keeping.bar)
        for shown in (
            self.offline,
            self.search,
            *bars,
            self.downloads,
            self.hub,
            self.installed,
            self.catalogue,
        ):
            self.column.addWidget(shown)
        self.column.addStretch(1)

    def _keep_order(self) -> None:
        """Let the Tab key go from top to bottom, whenever the cards were made."""
        cards = (*self.downloads.cards, *self.hub.cards, *self.installed.cards)
        bars = (self.importing.bar, self.importing.report, self.keeping.bar)
        rows = [self.search, *bars, *cards, self.keeping.place, *self.catalogue.cards, self.freshness]
        self._tabs.keep(rows)

    def _connect(self) -> None:
        services = self._services
        services.preferences.changed.connect(self._show_choice)
        services.downloads.changed.connect(self._following.ask)
        services.downloads.installed.connect(lambda _: self._listing.ask())
        self.importing.wanted.connect(lambda path, name: self.run(self.importing.import_path(path, name)))
        self.importing.imported.connect(self._listing.ask)
        self.keeping.move_wanted.connect(lambda folder: self.run(self.keeping.move(folder)))
        self.keeping.changed.connect(self._listing.ask)
        self.search.changed.connect(self._filter)
        self.search.hub_wanted.connect(self.search_hub)
        self.freshness.wanted.connect(lambda: self.run(self.freshness.ask()))
        self._show_offline()
