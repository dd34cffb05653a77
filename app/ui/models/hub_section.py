"""What the hub has for the words that somebody looked for."""

from __future__ import annotations

from collections.abc import Sequence

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
from app.ui.models.offer_card import OfferRows
from app.ui.models.offers import Offer, of_resolution
from app.ui.models.section import Section
from app.ui.theme import Theme
from app.ui.wording import told


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
        self.rows = OfferRows(offers, self.reference.name, None, self._actions, self._theme)
        self.rows.expand(expanded=True)
        self.body.addWidget(self.rows)

    def show_state(self, downloads: Downloads, models: Sequence[InstalledModel]) -> None:
        """Bring the forms up to date."""
        if self.rows is not None:
            self.rows.show_state(downloads, models)

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
        """Ask the hub and show what it has; a problem is said here.

        An address or "pip:PACKAGE" is taken as it is, and nobody is asked.
        """
        if (named := read_address(text)) is not None:
            self.set_cards([FoundCard(named, None, actions, self._theme)])
            return
        self._say(self.tr("Searching…"))
        try:
            found = await self._hub.search(text)
        except IndoorsError as error:
            self._say(told(error))
            return
        self._say(self.tr("Nothing was found."))
        self.set_cards(
            [FoundCard(Reference(SourceKind.HUB, one.name), one, actions, self._theme) for one in found]
        )

    async def show_forms(self, reference: Reference, fitting: Fitting) -> None:
        """Ask what it holds, and say of each form whether it runs.

        Raises:
            IndoorsError: nobody answers.
        """
        card = self._card(reference)
        if card is None:
            return
        allow(card.ask, self.tr("Its files are being asked for."))
        try:
            resolution = await self._hub.resolve(reference)
        finally:
            allow(card.ask)
        if card is self._card(reference):  # no other search came between
            card.show_offers(of_resolution(resolution, reference.name, fitting))

    def _card(self, reference: Reference) -> FoundCard | None:
        found = (one for one in self.cards if isinstance(one, FoundCard) and one.reference == reference)
        return next(found, None)

    def _say(self, text: str) -> None:
        self.nothing.setText(text)
        self.set_cards([])
