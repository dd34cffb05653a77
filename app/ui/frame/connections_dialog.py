"""The connections that were made since the program was started."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QWidget

from app.ui.connections import Connections, Contact, Purpose
from app.ui.list_dialog import ListDialog
from app.ui.theme import Theme

_LETTERS = 40


class ConnectionsDialog(ListDialog):
    """Lists who was asked for what, and when; it grows while it is open.

    Args:
        connections: the account.
        theme: distances.
        parent: the window's footer.
    """

    def __init__(self, connections: Connections, theme: Theme, parent: QWidget) -> None:
        super().__init__(_LETTERS, theme, parent)
        said = self.tr("Everybody whom the program was told to ask; it connects to nobody else.")
        self.describe(self.tr("Connections since the start"), said)
        self._connections = connections
        connections.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        for row, (moment, contact) in enumerate(self._connections.log):
            if row == self.list.count():
                self.list.addItem("")
            self.list.item(row).setText(self._line(moment, contact))

    def _line(self, moment: datetime, contact: Contact) -> str:
        time = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(moment.timestamp())), QLocale.FormatType.ShortFormat
        )
        texts = {
            Purpose.FETCH: self.tr("{subject} was fetched"),
            Purpose.SEARCH: self.tr("searched for “{subject}”"),
            Purpose.ASK: self.tr("asked about {subject}"),
            Purpose.ACCOUNT: self.tr("signed in"),
            Purpose.ANSWER: self.tr("a conversation was sent to {subject}"),
        }
        what = texts[contact.purpose].format(subject=contact.subject)
        host = contact.host or self.tr("a host not known yet")
        return self.tr("{time} · {host} · {what}").format(time=time, host=host, what=what)
