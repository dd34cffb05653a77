"""Every download of a home as it is listed: those of this process, and what others wrote down of theirs."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from app.download.host.entry import Entry
from app.download.host.shelving import of_others
from app.download.protocol import Download
from app.download.transfer.record import shelves


class Listing:
    """Remembers for a moment what other processes wrote down.

    Args:
        folder: of all downloads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._others: dict[str, tuple[float, Download]] = {}
        self._looked_at = 0.0

    def forget(self) -> None:
        """Look anew next time."""
        self._looked_at = 0.0

    def downloads(self, own: Mapping[str, Entry], seen_s: float) -> tuple[Download, ...]:
        """All of them, in the order of the queue.

        Args:
            own: those of this process.
            seen_s: how old what is known of others may be.
        """
        if time.monotonic() - self._looked_at >= seen_s:
            self._others = {
                shelf.key: (record.created, of_others(shelf, record))
                for shelf in shelves(self._folder)
                if shelf.key not in own and (record := shelf.read()) is not None
            }
            self._looked_at = time.monotonic()
        listed = [(entry.record.created, entry.download()) for entry in own.values()]
        listed += [known for key, known in self._others.items() if key not in own]
        return tuple(download for _, download in sorted(listed, key=lambda pair: (pair[0], pair[1].key)))
