"""What the hub has for the words that somebody looked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.download.protocol import Found, Reference, SourceKind
from app.errors import IndoorsError
from app.library.fitting import Fitting
from app.library.store import InstalledModel
from app.ui.controls import allow, button
from app.ui.frame.words import count
from app.ui.models import words
from app.ui.models.actions import Actions
from app.ui.models.card import Card
from app.ui.models.downloads import Downloads
from app.ui.models.hub import Hub
from app.ui.models.offer_card import OfferRows
from app.ui.models.offers import Offer, of_resolution
from app.ui.models.section import Section
from app.ui.theme import Theme
from app.ui.wording import told


class FoundCard(Card):
    """A repository; its forms are asked for when somebody wants them.

    Args:
        found: what the search said of it.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, found: Found, actions: Actions, theme: Theme) -> None:
        self.found = found
        self._actions = actions
        self._theme = theme
        self.rows: OfferRows | None = None
        super().__init__(words.breakable(found.name), theme)
        self.facts.setText(self._facts(found))
        self.ask = button(self.tr("Show its forms"))
        self.ask.setAccessibleName(self.tr("Show the forms of {model}").format(model=found.name))
        self.ask.clicked.connect(lambda: actions.show_found(found.name))
        self.add_button(self.ask)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show what the repository holds."""
        self.ask.hide()
        if not offers:
            self.add_text(self.tr("It holds no model that this program can read."), "warning")
            return
        self.rows = OfferRows(offers, self.found.name, None, self._actions, self._theme)
        self.rows.expand(expanded=True)
        self.body.addWidget(self.rows)

    def show_state(self, downloads: Downloads, models: Sequence[InstalledModel]) -> None:
        """Bring the forms up to date."""
        if self.rows is not None:
            self.rows.show_state(downloads, models)

    def _facts(self, found: Found) -> str:
        facts = [
            self.tr("fetched {count} times").format(count=count(found.downloads)),
            found.licence or self.tr("licence unknown"),
            self.tr("sign-in needed") if found.gated else "",
        ]
        return " · ".join(fact for fact in facts if fact)


class HubSection(Section):
    """Results of a search, and the forms of those that somebody looked into.

    Args:
        hub: is asked.
        theme: look.
        parent: the pane.
    """

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget) -> None:
        title = QCoreApplication.translate("HubSection", "On the hub")
        super().__init__(title, " ", theme, parent)
        self._hub = hub
        self._theme = theme
        self.hide()

    async def search(self, text: str, actions: Actions) -> None:
        """Ask the hub and show what it has; a problem is said here."""
        self._say(self.tr("Searching…"))
        try:
            found = await self._hub.search(text)
        except IndoorsError as error:
            self._say(told(error))
            return
        self._say(self.tr("Nothing was found."))
        self.set_cards([FoundCard(one, actions, self._theme) for one in found])

    async def show_forms(self, name: str, fitting: Fitting) -> None:
        """Ask what a repository holds, and say of each form whether it runs.

        Raises:
            IndoorsError: nobody answers.
        """
        card = self._card(name)
        if card is None:
            return
        allow(card.ask, self.tr("Its files are being asked for."))
        try:
            resolution = await self._hub.resolve(Reference(SourceKind.HUB, name))
        finally:
            allow(card.ask)
        if card is self._card(name):  # no other search came between
            card.show_offers(of_resolution(resolution, name, fitting))

    def _card(self, name: str) -> FoundCard | None:
        found = (one for one in self.cards if isinstance(one, FoundCard) and one.found.name == name)
        return next(found, None)

    def _say(self, text: str) -> None:
        self.nothing.setText(text)
        self.set_cards([])
