"""A download that this process holds the lock of: it waits its turn here, or runs."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

from app.download.protocol import Download, DownloadState
from app.download.transfer.record import Record, Shelf, delete_files
from app.download.transfer.run import Run
from app.download.transfer.surroundings import Stop, Surroundings
from app.errors import IndoorsError


class Entry:
    """One download of this process.

    Args:
        shelf: its folder, locked.
        record: how far it is.
    """

    def __init__(self, shelf: Shelf, record: Record) -> None:
        self.shelf = shelf
        self.record = record
        self._run: Run | None = None
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """It is being worked on."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def run(self) -> Run | None:
        """The work on it, if it has begun."""
        return self._run

    def start(self, around: Surroundings) -> None:
        """Work on it, in a thread."""
        self._run = Run(self.shelf, self.record, around)
        self._thread = threading.Thread(target=self._run.go, name=self.shelf.key, daemon=True)
        self._thread.start()

    def stop(self, why: Stop) -> None:
        """End the work soon; `settle` tells when it has."""
        if self._run is not None:
            self._run.stop(why)

    def wait(self, seconds: float) -> None:
        """Wait until the work has ended, for at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def download(self) -> Download:
        """How far it is now; it is complete only once nothing of the work is left to do."""
        if self._run is None:
            return self.record.download
        found = self._run.download()
        finishing = found.state is DownloadState.COMPLETED and self.running
        return replace(found, state=DownloadState.VERIFYING) if finishing else found

    @property
    def leaving(self) -> bool:
        """Its work has come to an end, and only needs a moment more."""
        state = self._run.record.download.state if self._run is not None else self.record.download.state
        return state.ended or state is DownloadState.PAUSED

    def keep(self) -> None:
        """Write down how far it is, for other processes."""
        if self._run is not None and self.running:
            self.shelf.write(replace(self._run.record, download=self._run.download()), durable=False)

    def settle(self) -> bool:
        """Take over how the work ended; False while it goes on, or has not begun."""
        if self._run is None or self.running:
            return False
        self.record = self._run.record
        self._run, self._thread = None, None
        with suppress(IndoorsError):  # the disk is gone, or it was written already
            self.shelf.write(self.record)
        if self.record.download.state is DownloadState.CANCELLED:
            self.delete_files()
        return True

    def delete_files(self) -> None:
        """Delete everything that was fetched."""
        delete_files(self.record)
        self.shelf.clear()
