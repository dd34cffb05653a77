"""A model that can be got: an entry of the catalogue, or a repository, with its forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.hardware.verdict import State
from app.library.entries import Entry
from app.library.store import InstalledModel
from app.ui.controls import button
from app.ui.frame.words import count, parameters, size
from app.ui.models.actions import Actions
from app.ui.models.badge import badge_of, state_of
from app.ui.models.card import Card
from app.ui.models.downloads import Downloads
from app.ui.models.judging import JudgedEntry
from app.ui.models.offer_row import OfferRow
from app.ui.models.offers import Offer, of_entry
from app.ui.row_list import RowList
from app.ui.theme import Theme


class OfferRows(QWidget):
    """The forms of a model; all but the first are hidden until somebody wants to see them.

    Args:
        model: the model's name.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, model: str, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._expanded = False
        self._list = RowList[Offer, OfferRow](
            lambda offer: OfferRow(offer, model, actions, theme),
            spacing=0,
            key=lambda offer: (offer.variant, offer.title),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._list.layout)

    @property
    def rows(self) -> list[OfferRow]:
        """From top to bottom."""
        return self._list.rows

    def show_offers(self, offers: Sequence[Offer], said: State | None) -> None:
        """Show these forms.

        Args:
            offers: the best first.
            said: what the card says of all of them; None: nothing.
        """
        self._list.show(offers)
        for row, offer in zip(self.rows, offers, strict=True):
            row.show_offer(offer, said)
        self._judge()

    def expand(self, *, expanded: bool) -> None:
        """Show all of them, or only the first and those that something is going on with."""
        self._expanded = expanded
        self._judge()

    def show_models(self, models: Sequence[InstalledModel]) -> None:
        """Show which of them are installed."""
        for row in self.rows:
            row.show_models(models)

    def show_downloads(self, downloads: Downloads) -> None:
        """Show which of them are being fetched."""
        for row in self.rows:
            row.show_downloads(downloads)
        self._judge()

    def _judge(self) -> None:
        for number, row in enumerate(self.rows):
            row.setVisible(self._expanded or number == 0 or row.busy)


class EntryCard(Card):
    """An entry of the catalogue.

    Args:
        judged: what is shown.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, judged: JudgedEntry, actions: Actions, theme: Theme) -> None:
        self.entry = entry = judged.entry
        super().__init__(entry.name, theme)
        self.facts.setText(self._facts(entry))
        self.rows = OfferRows(entry.name, actions, theme)
        self.runs = False
        self.more = button("", "quiet")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._expand)
        self.details = button(self.tr("Details…"))
        self.details.setAccessibleName(self.tr("Details of {model}").format(model=entry.name))
        self.details.clicked.connect(lambda: actions.show_entry(entry))
        for shown in (self.more, self.details):
            self.add_button(shown)
        self.more.setVisible(len(entry.variants) > 1)
        self.body.addWidget(self.rows)
        self.show_entry(judged)
        self._expand(expanded=False)

    def show_entry(self, judged: JudgedEntry) -> None:
        """Show the same entry as it is judged now."""
        offers = of_entry(judged)
        self.runs = offers[0].runs
        self.show_badge(badge_of(offers[0].verdict))
        self.rows.show_offers(offers, state_of(offers[0].verdict))

    def show_models(self, models: Sequence[InstalledModel]) -> None:
        """Show which forms are installed."""
        self.rows.show_models(models)

    def show_downloads(self, downloads: Downloads) -> None:
        """Show which forms are being fetched."""
        self.rows.show_downloads(downloads)

    def _expand(self, expanded: bool) -> None:
        self.rows.expand(expanded=expanded)
        hidden = len(self.rows.rows) - 1
        text = self.tr("Fewer forms") if expanded else self.tr("More forms ({count})").format(count=hidden)
        self.more.setText(text)
        self.more.setAccessibleName(f"{text}: {self.entry.name}")

    def _facts(self, entry: Entry) -> str:
        context = entry.context_length
        known = entry.variants[0].known_bytes
        facts = [
            entry.publisher,
            self.tr("{count} parameters").format(count=parameters(entry.parameters))
            if entry.parameters
            else "",
            self.tr("context of {tokens} tokens").format(tokens=count(context)) if context else "",
            entry.licence,
            size(known) if known else "",
        ]
        return " · ".join(fact for fact in facts if fact)
