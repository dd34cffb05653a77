"""Which models of the catalogue would run here: one a line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout

from app.hardware.verdict import Verdict
from app.ui.controls import frame, label
from app.ui.models.badge import badge_of
from app.ui.theme import Theme


class CatalogueCard:
    """The card with the verdicts; what they say is laid out anew only when it is another.

    Args:
        theme: distances.
    """

    def __init__(self, theme: Theme) -> None:
        self.widget = frame("card")
        space = theme.tokens.space
        self._form = QFormLayout(self.widget)
        self._form.setContentsMargins(space.l, space.l, space.l, space.l)
        self._form.setHorizontalSpacing(space.xl)
        self._form.setVerticalSpacing(space.s)
        looking = QCoreApplication.translate("FactsCard", "Looking at this computer…")
        self._form.addRow(label(looking, "muted"))
        self.shown: Mapping[str, str] = {}

    def show_verdicts(self, verdicts: Mapping[str, Verdict]) -> None:
        """Show whether models run here, and on what; the numbers are in the tool tips."""
        badges = {name: badge_of(verdict) for name, verdict in verdicts.items()}
        shown = {name: badge.text for name, badge in badges.items()}
        if shown == self.shown:
            return
        self.shown = shown
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, badge in badges.items():
            text = label(badge.text, badge.kind, wrap=True)
            text.setToolTip(badge.why)
            self._form.addRow(label(name, "muted"), text)
