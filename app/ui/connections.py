"""Whom this program is connected to, whom it was connected to since it was started, and where it listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Purpose(StrEnum):
    """Why a connection is made."""

    FETCH = "fetch"
    SEARCH = "search"
    ASK = "ask"
    ANSWER = "answer"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Contact:
    """Somebody outside this computer who is asked for something.

    Attributes:
        host: as an address has it; empty when the downloader has not said yet.
        purpose: why.
        subject: which model, or the words looked for.
    """

    host: str
    purpose: Purpose
    subject: str = ""


class Connections(QObject):
    """Keeps the account: who asks the network says so here, before and after.

    Signals:
        changed: one of the attributes is another.

    Attributes:
        listening: the address of the server that other programs can ask; empty while it is off.
        now: the contacts that are open.
        elsewhere: the host that what is written goes to; empty while a model of this computer is chosen.
        log: every contact since the start, with the time it began, the oldest first.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._held: list[Contact] = []
        self._fetching: tuple[Contact, ...] = ()
        self.listening = ""
        self.elsewhere = ""
        self.log: list[tuple[datetime, Contact]] = []

    @property
    def now(self) -> tuple[Contact, ...]:
        """The contacts that are open."""
        return (*self._fetching, *self._held)

    @contextmanager
    def open(self, contact: Contact) -> Iterator[None]:
        """A contact that lasts as long as the block."""
        self._held.append(contact)
        self.note(contact)
        self.changed.emit()
        try:
            yield
        finally:
            self._held.remove(contact)
            self.changed.emit()

    def show_elsewhere(self, host: str) -> None:
        """Where what is written goes from now on; empty: it stays here."""
        if host != self.elsewhere:
            self.elsewhere = host
            self.changed.emit()

    def show_listening(self, url: str) -> None:
        """Where the server listens now; empty: nowhere."""
        if url != self.listening:
            self.listening = url
            self.changed.emit()

    def show_fetching(self, contacts: tuple[Contact, ...]) -> None:
        """The hosts that models are being fetched from just now, all of them."""
        if contacts == self._fetching:
            return
        for contact in contacts:
            if contact not in self._fetching:
                self.note(contact)
        self._fetching = contacts
        self.changed.emit()

    def note(self, contact: Contact) -> None:
        """Put a contact into the log; it may be over already."""
        nameless = replace(contact, host="")
        for place, (moment, known) in enumerate(self.log):
            if known == nameless:  # the downloader has said by now who it is
                self.log[place] = (moment, contact)
                return
        self.log.append((datetime.now().astimezone(), contact))
