"""What the hub has for the words that somebody looked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.download.protocol import Found, Reference, SourceKind
from app.errors import IndoorsError
from app.library.fitting import Fitting
from app.library.naming import read_address
from app.library.store import InstalledModel
from app.ui.controls import allow, button
from app.ui.frame.words import count
from app.ui.models import words
from app.ui.models.actions import Actions
from app.ui.models.card import Card
from app.ui.models.downloads import Downloads
from app.ui.models.hub import Hub
from app.ui.models.judging import judge_resolution
from app.ui.models.offer_card import OfferRows
from app.ui.models.offers import Offer, of_choice
from app.ui.models.section import Section
from app.ui.row_list import RowList
from app.ui.tab_order import follow
from app.ui.theme import Theme
from app.ui.wording import told

_Result = tuple[Reference, Found | None]


class FoundCard(Card):
    """A repository, a package or an address; its forms are asked for when somebody wants them.

    Args:
        reference: which.
        found: what the search said of it; None where somebody named it.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, reference: Reference, found: Found | None, actions: Actions, theme: Theme) -> None:
        self.reference = reference
        self._actions = actions
        self._theme = theme
        self.rows: OfferRows | None = None
        super().__init__(words.breakable(reference.name), theme)
        self.facts.setText(self._facts(found) if found else self._kind())
        self.ask = button(self.tr("Show its forms"))
        self.ask.setAccessibleName(self.tr("Show the forms of {model}").format(model=reference.name))
        self.ask.clicked.connect(lambda: actions.show_found(reference))
        self.add_button(self.ask)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show what the repository holds."""
        self.ask.hide()
        if not offers:
            self.add_text(self.tr("It holds no model that this program can read."), "warning")
            return
        self.rows = OfferRows(self.reference.name, self._actions, self._theme)
        self.rows.show_offers(offers, None)
        self.rows.expand(expanded=True)
        self.body.addWidget(self.rows)
        follow(self.ask, self.rows)

    def show_models(self, models: Sequence[InstalledModel]) -> None:
        """Show which of its forms are installed."""
        if self.rows is not None:
            self.rows.show_models(models)

    def show_downloads(self, downloads: Downloads) -> None:
        """Show which of its forms are being fetched."""
        if self.rows is not None:
            self.rows.show_downloads(downloads)

    def _kind(self) -> str:
        if self.reference.source == SourceKind.URL:
            return self.tr("at this address; nobody was asked yet")
        return self.tr("a Python package; nobody was asked yet")

    def _facts(self, found: Found) -> str:
        facts = [
            self.tr("fetched {count} times").format(count=count(found.downloads)),
            found.licence or self.tr("licence unknown"),
            self.tr("sign-in needed") if found.gated else "",
        ]
        return " · ".join(fact for fact in facts if fact)


class HubSection(Section[_Result, FoundCard]):
    """Results of a search, and the forms of those that somebody looked into.

    Args:
        hub: is asked.
        actions: what the buttons do.
        theme: look.
        parent: the pane.
    """

    def __init__(self, hub: Hub, actions: Actions, theme: Theme, parent: QWidget) -> None:
        rows = RowList[_Result, FoundCard](
            lambda one: FoundCard(*one, actions, theme), theme.tokens.space.m, key=lambda one: one[0]
        )
        super().__init__(QCoreApplication.translate("HubSection", "On the hub"), " ", rows, theme, parent)
        self._hub = hub
        self.hide()

    async def search(self, text: str) -> None:
        """Ask the hub and show what it has; a problem is said here.

        An address or "pip:PACKAGE" is taken as it is, and nobody is asked.
        """
        if (named := read_address(text)) is not None:
            await self.show_cards([(named, None)])
            return
        await self._say(self.tr("Searching…"))
        try:
            found = await self._hub.search(text)
        except IndoorsError as error:
            await self._say(told(error))
            return
        await self._say(self.tr("Nothing was found."))
        await self.show_cards([(Reference(SourceKind.HUB, one.name), one) for one in found])

    async def show_forms(self, reference: Reference, fitting: Callable[[], Fitting]) -> None:
        """Ask what it holds, and say of each form whether it runs.

        Args:
            reference: of one of the cards.
            fitting: judges by what is free now; called in another thread.

        Raises:
            IndoorsError: nobody answers.
        """
        card = self._rows.get(reference)
        if card is None:
            return
        allow(card.ask, self.tr("Its files are being asked for."))
        try:
            resolution = await self._hub.resolve(reference)
        finally:
            allow(card.ask)
        judged = await asyncio.to_thread(judge_resolution, resolution, reference.name, fitting)
        if card is self._rows.get(reference):  # no other search came between
            card.show_offers([of_choice(resolution, choice, reference.name, one) for choice, one in judged])

    async def _say(self, text: str) -> None:
        self.nothing.setText(text)
        await self.show_cards([])
