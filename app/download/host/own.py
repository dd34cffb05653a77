"""The downloads that this process holds the lock of: which of them run, and which wait their turn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.download.host.entry import Entry
from app.download.host.shelving import UNFINISHED, held_back, needs_network
from app.download.protocol import DownloadState
from app.download.transfer.record import Record, Shelf, in_state, shelves
from app.download.transfer.surroundings import Stop
from app.errors import IndoorsError

_STOP_SECONDS = 5.0


class Own:
    """Entries by key, for several threads.

    Args:
        changed: called when the list of downloads is another.

    Attributes:
        lock: held by whoever looks at an entry and then acts on what it saw.
        wake: set when there is something to start.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._entries: dict[str, Entry] = {}
        self.lock = threading.RLock()
        self.wake = threading.Event()

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def get(self, key: str) -> Entry | None:
        """The entry of that key, if this process has one."""
        with self.lock:
            return self._entries.get(key)

    def all(self) -> dict[str, Entry]:
        """Every entry at this moment."""
        with self.lock:
            return dict(self._entries)

    @property
    def busy(self) -> bool:
        """Some run."""
        return any(entry.running for entry in self.all().values())

    def enqueue(self, shelf: Shelf, record: Record) -> None:
        """Let a download wait its turn; its lock is held."""
        record = in_state(record, DownloadState.QUEUED)
        record = replace(record, download=replace(record.download, error=None))
        shelf.wished()
        shelf.write(record)
        with self.lock:
            self._entries[shelf.key] = Entry(shelf, record)
        self.wake.set()

    def let_go(self, key: str, shelf: Shelf) -> None:
        """Leave a download to others."""
        with self.lock:
            self._entries.pop(key, None)
        self._changed()
        shelf.unlock()

    def settle(self) -> None:
        """Let go of whatever has come to an end."""
        with self.lock:
            for key, entry in list(self._entries.items()):
                if entry.settle() and entry.record.download.state is not DownloadState.QUEUED:
                    self.let_go(key, entry.shelf)

    def let_end(self, key: str) -> None:
        """Work that is over may need a moment to leave."""
        entry = self.get(key)
        if entry is not None and entry.leaving:
            self.wait(entry)

    def wait(self, entry: Entry) -> None:
        """Wait for what was stopped or has ended, and let go of it."""
        entry.wait(_STOP_SECONDS)
        self.settle()

    def keep(self) -> None:
        """Write down how far everything is; where the disk is gone, the run itself will say so."""
        with self.lock:
            for entry in self._entries.values():
                with suppress(IndoorsError):
                    entry.keep()

    def start(self, most: int, begin: Callable[[Entry], None], *, offline: bool) -> None:
        """Begin with those that wait, the oldest first.

        Args:
            most: how many may run at once.
            begin: starts one.
            offline: what needs the network waits on.
        """
        with self.lock:
            running = sum(entry.running for entry in self._entries.values())
            for entry in self._waiting():
                if offline and needs_network(entry.record):
                    entry.record = held_back(entry.record)
                elif running < most:
                    running += 1
                    begin(entry)

    def adopt(self, folder: Path) -> None:
        """Take over what nobody works on although it was not stopped."""
        for shelf in shelves(folder):
            with self.lock:
                record = shelf.read() if shelf.key not in self._entries else None
                if record is not None and record.download.state in UNFINISHED and shelf.lock():
                    self.enqueue(shelf, shelf.read() or record)

    def close(self) -> None:
        """Stop everything; what was under way is taken up again by the next process that adopts."""
        entries = list(self.all().values())
        for entry in entries:
            entry.stop(Stop.END)
        for entry in entries:
            entry.wait(_STOP_SECONDS)
            entry.shelf.unlock()

    def _waiting(self) -> Iterator[Entry]:
        waiting = [entry for entry in self._entries.values() if entry.run is None]
        yield from sorted(waiting, key=lambda entry: entry.record.created)
