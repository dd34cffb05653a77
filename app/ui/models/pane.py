"""The models pane: what is installed, what is being fetched, what can be got."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent

from app.download.protocol import Reference
from app.errors import IndoorsError
from app.library.about import about
from app.library.licences import Acceptances
from app.library.store import InstalledModel
from app.ui.chat.tab_order import TabOrder
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
from app.ui.models.keeping import Keeping
from app.ui.models.lists import read_lists
from app.ui.models.offer_card import EntryCard
from app.ui.models.search_bar import SearchBar
from app.ui.models.services import Services
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
            use=self._use,
            show_model=self.keeping.show_model,
            show_entry=self.keeping.show_entry,
            show_found=lambda reference: self.run(self._look_into(reference)),
        )
        self._make_sections(theme)
        self._lay_out(theme)
        self._connect()
        self.show_problem(self._lists.problem)

    def refresh(self) -> None:
        """List the installed models anew."""
        services = self._services
        self.models = services.store.models()
        known = [about(model, self._lists.catalog, self._lists.advisories) for model in self.models]
        self.installed.show_models(known, services.fitting())
        self.keeping.place.show_place(services.store.folder, sum(model.disk_bytes for model in self.models))
        self._show_choice("model")
        self._show_downloads()
        self._keep_order()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: other programs have taken or freed memory meanwhile."""
        super().showEvent(event)
        if not event.spontaneous():
            self._judge()

    def _judge(self) -> None:
        self.catalogue.judge(self._services.fitting())
        self.refresh()

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
        await self.hub.search(self.search.text, self.card_actions)
        self._show_found()

    async def _look_into(self, reference: Reference) -> None:
        await self.hub.show_forms(reference, self._services.fitting())
        self._show_found()

    def _show_found(self) -> None:
        self._show_downloads()
        self._keep_order()

    def _use(self, model_id: str) -> None:
        try:
            self._services.preferences.set("model", model_id)
        except IndoorsError as error:
            self.show_problem(error)

    def _show_choice(self, name: str) -> None:
        chosen = self._services.preferences.text("model")
        if name == "model":
            self.installed.show_choice(chosen)
        elif name == "offline":
            self._show_offline()

    def _show_offline(self) -> None:
        offline = self._services.hub.offline
        self.offline.setVisible(offline)
        self.search.show_offline(offline=offline)

    def _show_downloads(self) -> None:
        """Bring everything about downloads up to date, in place."""
        downloads = self._services.downloads
        if self.downloads.show_downloads(downloads):
            self._keep_order()
        for card in (*self.catalogue.cards, *self.hub.cards):
            if isinstance(card, EntryCard | FoundCard):
                card.show_state(downloads, self.models)

    def _filter(self) -> None:
        for section in (self.catalogue, self.installed):
            section.filter(self.search.shows)

    def _make_sections(self, theme: Theme) -> None:
        self.installed = InstalledSection(self.card_actions, theme, self)
        self.installed.add_below(self.keeping.place)
        self.downloads = DownloadsSection(self.card_actions, theme, self)
        self.catalogue = CatalogueSection(self._lists.catalog, self.card_actions, theme, self)
        self.freshness = Freshness(self._lists.catalog, self._services, theme)
        self.catalogue.add_below(self.freshness)
        self.search = SearchBar(self._lists.catalog, theme)
        self.hub = HubSection(self._services.hub, theme, self)

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
        TabOrder(self.importing.button).keep(rows)

    def _connect(self) -> None:
        services = self._services
        services.preferences.changed.connect(self._show_choice)
        services.downloads.changed.connect(self._show_downloads)
        services.downloads.installed.connect(lambda _: self.refresh())
        self.importing.wanted.connect(lambda path, name: self.run(self.importing.import_path(path, name)))
        self.importing.imported.connect(self.refresh)
        self.keeping.move_wanted.connect(lambda folder: self.run(self.keeping.move(folder)))
        self.keeping.changed.connect(self.refresh)
        self.search.changed.connect(self._filter)
        self.search.hub_wanted.connect(self.search_hub)
        self.freshness.wanted.connect(lambda: self.run(self.freshness.ask()))
        self._show_offline()
