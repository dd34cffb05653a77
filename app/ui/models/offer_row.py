"""One form of a model that can be got, with its state and its button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.hardware.verdict import State
from app.library.store import InstalledModel
from app.ui.controls import allow, button, label
from app.ui.models.actions import Actions
from app.ui.models.badge import badge_of, state_of
from app.ui.models.download_view import DownloadView
from app.ui.models.downloads import Downloads
from app.ui.models.looks import Act, look
from app.ui.models.offers import Offer
from app.ui.theme import Theme


class OfferRow(QWidget):
    """Says what is offered, and shows either a button to get it, how far it is, or that it is there.

    Args:
        offer: what is offered.
        model: name of the model it is a form of.
        said: what the card says already of whether it runs; the row says its own where that differs.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, offer: Offer, model: str, said: State | None, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.offer = offer
        self._actions = actions
        self._key = ""
        name = f"{model}, {offer.title}"
        self.get = button(self.tr("Download"))
        self.get.setAccessibleName(self.tr("Download {model}").format(model=name))
        self.get.clicked.connect(lambda: actions.get(offer))
        obstacle = self.tr("This form cannot run on this computer: {reason}.").format(reason=offer.obstacle)
        allow(self.get, obstacle if offer.obstacle else "")
        self.there = label(self.tr("Installed"), "success")
        self.view = DownloadView(name, theme)
        self.view.asked.connect(lambda act: actions.steer(self._key, Act(act)))
        self.view.hide()
        self._lay_out(offer, obstacle, theme)
        self.badge.setVisible(not offer.obstacle and state_of(offer.verdict) is not said)

    def show_state(self, downloads: Downloads, models: Sequence[InstalledModel]) -> None:
        """Bring the row up to date."""
        reference = self.offer.reference
        download = downloads.of(reference) if reference is not None else None
        installed = download is None and self.offer.is_installed(models)
        self.there.setVisible(installed)
        self.get.setVisible(download is None and not installed)
        self.view.setVisible(download is not None)
        if download is not None:
            self._key = download.key
            self.view.show_look(look(download, downloads.imports.get(download.key)))

    def _lay_out(self, offer: Offer, obstacle: str, theme: Theme) -> None:
        space = theme.tokens.space
        badge = badge_of(offer.verdict)
        self.badge = label(badge.text, badge.kind)
        self.badge.setToolTip(badge.why)
        self.badge.setAccessibleDescription(badge.why)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(offer.title, wrap=True))
        texts.addWidget(label(offer.facts, "caption", wrap=True))
        if offer.obstacle:
            texts.addWidget(label(obstacle, "warning", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(space.m)
        row.addLayout(texts, 1)
        for shown in (self.badge, self.there, self.get):
            row.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, space.xs, 0, space.xs)
        layout.setSpacing(space.s)
        layout.addLayout(row)
        layout.addWidget(self.view)
