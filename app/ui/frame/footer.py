"""The line at the lower edge of the window: whether anything goes over the network."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.ui.controls import label
from app.ui.theme import Theme

_ICON = 16


class Footer(QFrame):
    """Says that the program is offline, or whom a model is being fetched from.

    Only the downloader opens network connections, and only when somebody searches for a model or fetches one.

    Args:
        theme: gives the icon.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "footer")
        space = theme.tokens.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.l, space.xs, space.l, space.xs)
        layout.setSpacing(space.s)
        self._theme = theme
        self._host = ""
        self._mark = QLabel()
        self.text = label("", "caption")
        layout.addWidget(self._mark)
        layout.addWidget(self.text)
        layout.addStretch(1)
        theme.changed.connect(self._show)
        self._show()

    def show_connection(self, host: str) -> None:
        """Tell the truth about the network.

        Args:
            host: who is asked for a model just now; empty when nobody is.
        """
        if host != self._host:
            self._host = host
            self._show()

    def _show(self) -> None:
        if self._host:
            name, colour = "connected", "accent"
            text = self.tr("A model is being fetched from {host}").format(host=self._host)
            tip = self.tr("Your conversations stay here; nothing but the request for the files is sent.")
        else:
            name, colour = "offline", "success"
            text = self.tr("Offline: nothing leaves this computer")
            tip = self.tr(
                "Models run here, conversations stay here; the program connects to the network only when you "
                "search for a model or fetch one."
            )
        self._mark.setPixmap(self._theme.icon(name, colour).pixmap(QSize(_ICON, _ICON)))
        self.text.setText(text)
        self.text.setToolTip(tip)
