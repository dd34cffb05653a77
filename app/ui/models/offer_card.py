"""A model that can be got: an entry of the catalogue, or a repository, with its forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.hardware.verdict import State
from app.library.entries import Entry
from app.library.fitting import Fitting
from app.library.store import InstalledModel
from app.ui.controls import button, frame
from app.ui.frame.words import count, parameters, size
from app.ui.models import offers as made
from app.ui.models.actions import Actions
from app.ui.models.badge import badge_of, state_of
from app.ui.models.card import Card
from app.ui.models.downloads import Downloads
from app.ui.models.offer_row import OfferRow
from app.ui.models.offers import Offer
from app.ui.theme import Theme


class OfferRows(QWidget):
    """The forms of a model; all but the first are hidden until somebody wants to see them.

    Args:
        offers: the best first.
        model: the model's name.
        said: what the card says of all of them; None: nothing.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(
        self, offers: Sequence[Offer], model: str, said: State | None, actions: Actions, theme: Theme
    ) -> None:
        super().__init__()
        self.rows = [OfferRow(offer, model, said, actions, theme) for offer in offers]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._lines = [frame("line") for _ in self.rows]
        for line, row in zip(self._lines, self.rows, strict=True):
            layout.addWidget(line)
            layout.addWidget(row)

    def expand(self, *, expanded: bool) -> None:
        """Show all of them, or only the first and those that something is going on with."""
        for number, (line, row) in enumerate(zip(self._lines, self.rows, strict=True)):
            shown = expanded or number == 0 or not row.view.isHidden()
            line.setVisible(shown)
            row.setVisible(shown)

    def show_state(self, downloads: Downloads, models: Sequence[InstalledModel]) -> None:
        """Bring every row up to date."""
        for row in self.rows:
            row.show_state(downloads, models)


class EntryCard(Card):
    """An entry of the catalogue.

    Args:
        entry: what is shown.
        fitting: judges the forms.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, entry: Entry, fitting: Fitting, actions: Actions, theme: Theme) -> None:
        self.entry = entry
        offers = made.of_entry(entry, fitting)
        super().__init__(entry.name, theme)
        self.facts.setText(self._facts(entry))
        best = next((offer for offer in offers if offer.runs), offers[0])
        self.show_badge(badge_of(best.verdict))
        ordered = [best, *(offer for offer in offers if offer is not best)]
        self.rows = OfferRows(ordered, entry.name, state_of(best.verdict), actions, theme)
        self.runs = best.runs
        self.more = button("", "quiet")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._expand)
        self.details = button(self.tr("Details…"))
        self.details.setAccessibleName(self.tr("Details of {model}").format(model=entry.name))
        self.details.clicked.connect(lambda: actions.show_entry(entry))
        for shown in (self.more, self.details):
            self.add_button(shown)
        self.more.setVisible(len(offers) > 1)
        self.body.addWidget(self.rows)
        self._expand(expanded=False)

    def show_state(self, downloads: Downloads, models: Sequence[InstalledModel]) -> None:
        """Bring the forms up to date."""
        self.rows.show_state(downloads, models)

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
