"""One form of a model that can be got, with its state and its button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.download.protocol import Download
from app.hardware.verdict import State
from app.library.store import InstalledModel
from app.ui.controls import allow, button, frame, label
from app.ui.models.actions import Actions
from app.ui.models.badge import badge_of, state_of
from app.ui.models.download_view import DownloadView
from app.ui.models.downloads import Downloads
from app.ui.models.looks import Act, look
from app.ui.models.offers import Offer
from app.ui.tab_order import follow
from app.ui.theme import Theme


class OfferRow(QWidget):
    """Says what is offered, and shows either a button to get it, how far it is, or that it is there.

    Args:
        offer: what is offered.
        model: name of the model it is a form of.
        actions: what the buttons do.
        theme: look.

    Attributes:
        view: how far its download is; made when there is one for the first time.
    """

    def __init__(self, offer: Offer, model: str, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.offer = offer
        self.view: DownloadView | None = None
        self._actions, self._theme = actions, theme
        self._name = f"{model}, {offer.title}"
        self._download: Download | None = None
        self._installed = False
        self.get = button(self.tr("Download"))
        self.get.setAccessibleName(self.tr("Download {model}").format(model=self._name))
        self.get.clicked.connect(lambda: actions.get(self.offer))
        obstacle = self.tr("This form cannot run on this computer: {reason}.").format(reason=offer.obstacle)
        allow(self.get, obstacle if offer.obstacle else "")
        self.badge = label("")
        self.there = label(self.tr("Installed"), "success")
        self.there.hide()
        self._column = self._lay_out(offer, obstacle, theme)

    @property
    def busy(self) -> bool:
        """It is being fetched."""
        return self._download is not None

    def show_offer(self, offer: Offer, said: State | None) -> None:
        """Show what is offered as it is judged now.

        Args:
            offer: the same form.
            said: what the card says already of whether it runs; the row says its own where that differs.
        """
        self.offer = offer
        badge_of(offer.verdict).put_on(self.badge)
        self.badge.setVisible(not offer.obstacle and state_of(offer.verdict) is not said)

    def show_models(self, models: Sequence[InstalledModel]) -> None:
        """Show whether it is one of these."""
        self._installed = self.offer.is_installed(models)
        self._show_state()

    def show_downloads(self, downloads: Downloads) -> None:
        """Show how far its download is, if there is one."""
        before, reference = self._download, self.offer.reference
        self._download = downloads.of(reference) if reference is not None else None
        if self._download is not None:
            self._view().show_look(look(self._download, downloads.imports.get(self._download.key)))
        if (before is None) != (self._download is None):
            self._show_state()

    def _show_state(self) -> None:
        self.there.setVisible(self._installed and not self.busy)
        self.get.setVisible(not self._installed and not self.busy)
        if self.view is not None:
            self.view.setVisible(self.busy)

    def _view(self) -> DownloadView:
        if self.view is None:
            self.view = DownloadView(self._name, self._theme)
            self.view.asked.connect(self._steer)
            self._column.addWidget(self.view)
            follow(self.get, self.view)
        return self.view

    def _steer(self, act: str) -> None:
        if self._download is not None:
            self._actions.steer(self._download.key, Act(act))

    def _lay_out(self, offer: Offer, obstacle: str, theme: Theme) -> QVBoxLayout:
        space = theme.tokens.space
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
        column = QVBoxLayout()
        column.setContentsMargins(0, space.xs, 0, space.xs)
        column.setSpacing(space.s)
        column.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("line"))
        layout.addLayout(column)
        return column
