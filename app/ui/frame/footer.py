"""The line at the lower edge of the window: whether anything goes over the network."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.addresses import place_of, stays_here
from app.ui.connections import Connections, Contact, Purpose
from app.ui.controls import button, label
from app.ui.theme import Theme


class Footer(QFrame):
    """Says that the program is offline, or whom it is connected to; a button lists the connections made.

    Only the downloader opens network connections, when somebody searches for a model or fetches one, and the
    remote process, when a model elsewhere was chosen, which is said as long as it is. So is where the server
    listens.

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
        self._connections = Connections()
        self._mark = QLabel()
        self.text = label("", "caption")
        self.list_button = button(self.tr("Connections…"), "quiet")
        self.list_button.clicked.connect(self._list)
        self.list_button.hide()
        layout.addWidget(self._mark)
        layout.addWidget(self.text)
        layout.addStretch(1)
        layout.addWidget(self.list_button)
        theme.changed.connect(self._show)
        self._show()

    def follow(self, connections: Connections) -> None:
        """Tell the truth about the network from now on."""
        self._connections = connections
        connections.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        contacts, listening = self._connections.now, self._connections.listening
        side = self._theme.tokens.type.caption + 4
        self._mark.setPixmap(self._icon().pixmap(QSize(side, side)))
        sentences = [self._heard(listening)] if listening else []
        if contacts or self._connections.elsewhere or not listening:
            sentences.insert(0, self._said(contacts))
        self.text.setText(" · ".join(sentences))
        self.text.setToolTip(self._explained(contacts))
        self.list_button.setVisible(bool(self._connections.log))

    def _icon(self) -> QIcon:
        listening = self._connections.listening
        if self._connections.elsewhere:
            return self._theme.icon("connected", "warning")
        if self._connections.now:
            return self._theme.icon("connected", "accent")
        if listening:
            return self._theme.icon("server", "success" if stays_here(listening) else "warning")
        return self._theme.icon("offline", "success")

    def _heard(self, url: str) -> str:
        address = place_of(url)
        if not stays_here(url):
            text = self.tr("Listening on {address}: other computers that have a key can ask the models")
        elif self._connections.now or self._connections.elsewhere:
            text = self.tr("Listening on {address}")
        else:
            text = self.tr("Listening on {address}; nothing leaves this computer")
        return text.format(address=address)

    def _said(self, contacts: Sequence[Contact]) -> str:
        if host := self._connections.elsewhere:
            return self.tr("Not local: what you write goes to {host}").format(host=host)
        if any(contact.purpose is Purpose.ANSWER for contact in contacts):
            return self.tr("Not local: an answer comes from {host}").format(host=contacts[-1].host)
        if not contacts:
            return self.tr("Offline: nothing leaves this computer")
        hosts = ", ".join(dict.fromkeys(contact.host for contact in contacts if contact.host))
        fetching = any(contact.purpose is Purpose.FETCH for contact in contacts)
        if not hosts:
            return self.tr("Connected: a host is being asked for a model")
        if fetching:
            return self.tr("Connected: a model is being fetched from {host}").format(host=hosts)
        return self.tr("Connected: {host} is being asked").format(host=hosts)

    def _explained(self, contacts: Sequence[Contact]) -> str:
        remote = any(contact.purpose is Purpose.ANSWER for contact in contacts)
        if remote or self._connections.elsewhere:
            return self.tr("The chosen model is not on this computer: the whole conversation is sent to it.")
        if contacts:
            return self.tr("Your conversations stay here; nothing but the request for the files is sent.")
        return self.tr(
            "Models run here, conversations stay here; the program connects to the network only when you "
            "search for a model or fetch one."
        )

    def _list(self) -> None:
        from app.ui.frame.connections_dialog import ConnectionsDialog

        ConnectionsDialog(self._connections, self._theme, self).open()
