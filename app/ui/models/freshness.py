"""Whether what the catalogue and the installed models are pinned to is still there, asked on a click."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.download.protocol import Reference
from app.library.catalog import Catalog
from app.library.refreshing import references, refresh
from app.library.upstream import Standing, Upstream, Upstreams
from app.ui.controls import allow, button, label
from app.ui.models.services import Services
from app.ui.theme import Theme


class Freshness(QWidget):
    """A button that asks, and a line with what was said; stands under the catalogue.

    Args:
        catalog: what is asked for, besides the installed models.
        services: asks; keeps what was said.
        theme: distances.

    Signals:
        wanted: the button was clicked; `ask` does it.
    """

    wanted = Signal()

    def __init__(self, catalog: Catalog, services: Services, theme: Theme) -> None:
        super().__init__()
        self._catalog = catalog
        self._services = services
        self._upstreams = Upstreams(services.places.upstream)
        self.ask_button = button(self.tr("Check for newer revisions"))
        self.ask_button.clicked.connect(self.wanted)
        self.said = label("", "muted", wrap=True, selectable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.tokens.space.m)
        row.addWidget(self.said, 1)
        row.addWidget(self.ask_button)
        self._show(references(catalog, ()))

    async def ask(self) -> None:
        """Ask where the models come from, and keep and show what is said.

        Raises:
            IndoorsError: somebody does not answer, the offline switch is on, or nothing could be kept.
        """
        allow(self.ask_button, self.tr("It is being asked for."))
        self.said.setText(self.tr("Asking where the models come from…"))
        self.said.show()
        wanted = references(self._catalog, ())
        try:
            wanted = references(self._catalog, await asyncio.to_thread(self._services.store.models))
            found = await refresh(wanted, self._services.hub, self._upstreams)
        finally:
            allow(self.ask_button)
            self._show(wanted)
        if found.problems:
            raise found.problems[0]

    def _show(self, wanted: Iterable[Reference]) -> None:
        known = {one: said for one in wanted if (said := self._upstreams.of(one))}
        self.said.setText(self._words(known) if known else "")
        self.said.setVisible(bool(known))

    def _words(self, known: Mapping[Reference, Upstream]) -> str:
        last = QDate.fromString(max(said.day for said in known.values()), Qt.DateFormat.ISODate)
        day = QLocale().toString(last, QLocale.FormatType.ShortFormat)
        parts = {
            Standing.NEWER: self.tr("Newer revisions: {models}."),
            Standing.REVISION_GONE: self.tr("The revision is gone: {models}."),
            Standing.REFUSED: self.tr("Not given any more: {models}."),
        }
        told = [
            text.format(models=", ".join(names))
            for standing, text in parts.items()
            if (names := [one.name for one, said in known.items() if said.standing is standing])
        ]
        asked = self.tr("Asked on {day}.").format(day=day)
        return " ".join([asked, *(told or [self.tr("Everything is there, and the newest.")])])
