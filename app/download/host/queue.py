"""All downloads of a home: which run here, which wait, which another process works on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.download.host.entry import Entry
from app.download.host.shelving import (
    UNFINISHED,
    delete,
    files_folder,
    held_back,
    key_of,
    locked_soon,
    needs_network,
    of_others,
)
from app.download.protocol import Download, DownloadState, NetworkSettings, Order, SourceKind
from app.download.sources.choosing import Sources
from app.download.transfer import space
from app.download.transfer.gather import Means
from app.download.transfer.hand_over import require_free
from app.download.transfer.pace import Limit, Slots
from app.download.transfer.record import Record, Shelf, in_state, new_record, shelves
from app.download.transfer.run import Stop, Surroundings
from app.download.transfer.tuning import Tuning
from app.errors import IndoorsError, Offline, UsageError
from app.library.ids import check_id
from app.paths import Paths

_TICK_SECONDS = 0.2
_IDLE_SECONDS = 1.0
_TICKS_BETWEEN_LOOKS = 5
_STOP_SECONDS = 5.0


class Queue:
    """The downloads. One process works on each, whoever asked; every process can list and steer all.

    Args:
        places: the app's directories.
        settings: how the network is used.
        resume: take over downloads that nobody works on although they were not stopped.
        tuning: patience and sizes.
    """

    def __init__(
        self, places: Paths, settings: NetworkSettings, *, resume: bool, tuning: Tuning | None = None
    ) -> None:
        self._places = places
        self._resume = resume
        self._settings = settings
        self._means = Means(tuning or Tuning(), Limit(settings.limit_bytes_per_s), Slots(settings.parallel))
        self._entries: dict[str, Entry] = {}
        self._others: dict[str, tuple[float, Download]] = {}
        self._looked_at = 0.0
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._wake = threading.Event()
        self.sources = Sources(settings)
        if resume:
            self._tidy()
            self._adopt()
        self._thread = threading.Thread(target=self._tick_on, name="queue", daemon=True)
        self._thread.start()

    def configure(self, settings: NetworkSettings) -> None:
        """Use the network so from now on; what runs is interrupted where it would do otherwise.

        Raises:
            UsageError: the settings cannot be used; the old ones stay in force.
        """
        sources = Sources(settings)
        with self._lock:
            self.sources.close()
            old, self._settings, self.sources = self._settings, settings, sources
            self._means.limit.set(settings.limit_bytes_per_s)
            self._means.slots.set(settings.parallel)
            pace = {"limit_bytes_per_s": 0, "parallel": 0}
            if replace(old, **pace) == replace(settings, **pace):  # type: ignore[arg-type]
                return
            for entry in self._entries.values():
                if settings.offline is False or needs_network(entry.record):
                    entry.stop(Stop.REQUEUE)

    def add(self, order: Order) -> str:
        """Put a download into the queue, or back into it; gives its key.

        Raises:
            UsageError: the id cannot be used, or is taken.
            Offline: the offline switch is on and the order needs the network.
        """
        check_id(order.id)
        require_free(self._places.models / order.id)
        self.sources.of(order.reference.source)
        if self._settings.offline and order.reference.source != SourceKind.FOLDER:
            raise Offline("The offline switch is on, so nothing is fetched.", "Turn it off in the settings.")
        key = key_of(order)
        self._let_end(key)
        shelf = Shelf(self._places.downloads / key)
        with self._lock:
            if key in self._entries or not shelf.lock():
                return key
            known = shelf.read()
            if known is None or known.download.state in {DownloadState.CANCELLED, DownloadState.COMPLETED}:
                known = new_record(key, order, files_folder(self._places, key))
            self._enqueue(shelf, known)
        return key

    def pause(self, key: str) -> None:
        """Stop until `resume`; an ended download stays as it is."""
        self._steer(key, Stop.PAUSE, lambda record: in_state(record, DownloadState.PAUSED))

    def cancel(self, key: str) -> None:
        """Give up and delete what was fetched; a completed download stays as it is."""
        self._steer(key, Stop.CANCEL, lambda record: in_state(record, DownloadState.CANCELLED))

    def resume(self, key: str) -> None:
        """Go on, after a pause or a failure; what runs goes on anyhow.

        Raises:
            UsageError: there is no such download, or it is complete.
        """
        self._let_end(key)
        with self._lock:
            shelf, _ = self._find(key)
            if key in self._entries or not locked_soon(shelf):
                return
            _, record = self._find(key)
            if record.download.state is DownloadState.COMPLETED:
                shelf.unlock()
                raise UsageError("The download of {name} is complete.", "", name=record.download.name)
            self._enqueue(shelf, record)

    def forget(self, key: str) -> None:
        """Take an ended download off the list and off the disk.

        Raises:
            UsageError: there is no such download, or it has not ended.
        """
        entry = self._entries.get(key)
        if entry is not None and entry.download().state.ended:  # it was said to have, before its thread did
            entry.wait(_STOP_SECONDS)
            self._settle()
        self._let_end(key)
        with self._lock:
            shelf, record = self._find(key)
            if not record.download.state.ended or key in self._entries or not locked_soon(shelf):
                raise UsageError(
                    "The download of {name} has not ended.", "Cancel it first.", name=record.download.name
                )
            delete(shelf, record)

    @property
    def busy(self) -> bool:
        """Downloads run here."""
        with self._lock:
            return any(entry.running for entry in self._entries.values())

    def downloads(self, seen_s: float = 0.0) -> tuple[Download, ...]:
        """Every download, in the order of the queue.

        Args:
            seen_s: how old what is known of other processes' downloads may be.
        """
        with self._lock:
            own = dict(self._entries)
            if time.monotonic() - self._looked_at >= seen_s:
                self._others = {
                    shelf.key: (record.created, of_others(shelf, record))
                    for shelf in shelves(self._places.downloads)
                    if shelf.key not in own and (record := shelf.read()) is not None
                }
                self._looked_at = time.monotonic()
            listed = [(entry.record.created, entry.download()) for entry in own.values()]
            listed += [known for key, known in self._others.items() if key not in own]
        return tuple(download for _, download in sorted(listed, key=lambda pair: (pair[0], pair[1].key)))

    def close(self) -> None:
        """End everything; what was under way is taken up again by the next process that resumes."""
        self._ended.set()
        self._wake.set()
        with self._lock:
            entries = list(self._entries.values())
        for entry in entries:
            entry.stop(Stop.END)
        for entry in entries:
            entry.wait(_STOP_SECONDS)
            entry.shelf.unlock()
        self._thread.join(_STOP_SECONDS)
        self.sources.close()

    def _steer(self, key: str, why: Stop, change: Callable[[Record], Record]) -> None:
        with self._lock:
            entry = self._entries.get(key)
        if entry is not None and entry.running:
            entry.stop(why)
            entry.wait(_STOP_SECONDS)
            self._settle()
            return
        with self._lock:
            shelf, record = (entry.shelf, entry.record) if entry else self._find(key)
            if entry is None and not shelf.lock():
                shelf.wish(why)
                return
            state = record.download.state
            if state is not DownloadState.COMPLETED and (why is Stop.CANCEL or not state.ended):
                changed = Entry(shelf, change(record))
                shelf.write(changed.record)
                if why is Stop.CANCEL:
                    changed.delete_files()
            self._let_go(key, shelf)

    def _let_end(self, key: str) -> None:
        """Work that is over may need a moment to leave."""
        with self._lock:
            entry = self._entries.get(key)
        if entry is not None and (
            entry.download().state.ended or entry.download().state is DownloadState.PAUSED
        ):
            entry.wait(_STOP_SECONDS)
            self._settle()

    def _tick_on(self) -> None:
        ticks = 0
        while not self._ended.is_set():
            self._wake.wait(_TICK_SECONDS if self._entries else _IDLE_SECONDS)
            self._wake.clear()
            ticks += 1
            self._settle()
            self._obey()
            if ticks % _TICKS_BETWEEN_LOOKS == 0:
                if self._resume:
                    self._adopt()
                self._keep()
            self._start()

    def _settle(self) -> None:
        with self._lock:
            for key, entry in list(self._entries.items()):
                if entry.settle() and entry.record.download.state is not DownloadState.QUEUED:
                    self._let_go(key, entry.shelf)

    def _obey(self) -> None:
        with self._lock:
            entries = list(self._entries.items())
        for key, entry in entries:
            match entry.shelf.wished():
                case Stop.PAUSE:
                    self.pause(key)
                case Stop.CANCEL:
                    self.cancel(key)

    def _keep(self) -> None:
        with self._lock:
            for entry in self._entries.values():
                try:
                    entry.keep()
                except IndoorsError:  # the disk is gone: the run itself will say so
                    continue

    def _adopt(self) -> None:
        for shelf in shelves(self._places.downloads):
            with self._lock:
                record = shelf.read() if shelf.key not in self._entries else None
                if record is not None and record.download.state in UNFINISHED and shelf.lock():
                    self._enqueue(shelf, shelf.read() or record)

    def _tidy(self) -> None:
        for shelf in shelves(self._places.downloads):
            record = shelf.read()
            if record is None or not shelf.lock():
                continue
            state, waits = record.download.state, record.download.needs_import
            if state is DownloadState.CANCELLED or (state is DownloadState.COMPLETED and not waits):
                delete(shelf, record)
            else:
                shelf.unlock()

    def _enqueue(self, shelf: Shelf, record: Record) -> None:
        record = in_state(record, DownloadState.QUEUED)
        record = replace(record, download=replace(record.download, error=None))
        shelf.wished()
        shelf.write(record)
        self._entries[shelf.key] = Entry(shelf, record)
        self._wake.set()

    def _start(self) -> None:
        with self._lock:
            running = sum(entry.running for entry in self._entries.values())
            waiting = [entry for entry in self._entries.values() if entry.run is None]
            for entry in sorted(waiting, key=lambda entry: entry.record.created):
                if self._settings.offline and needs_network(entry.record):
                    entry.record = held_back(entry.record)
                elif running < self._means.slots.count:
                    running += 1
                    entry.start(self._around(entry))

    def _around(self, entry: Entry) -> Surroundings:
        def free(folder: Path) -> int:
            others = [other.run for other in list(self._entries.values()) if other is not entry]
            return space.free_bytes(folder) - sum(run.missing_bytes for run in others if run is not None)

        source = self.sources.of(entry.record.order.reference.source)
        return Surroundings(source, self._means, self._places.models, free)

    def _find(self, key: str) -> tuple[Shelf, Record]:
        if (entry := self._entries.get(key)) is not None:
            return entry.shelf, entry.record
        for shelf in shelves(self._places.downloads):
            if shelf.key == key and (record := shelf.read()) is not None:
                return shelf, record
        raise UsageError("There is no download {key}.", "List them: indoors models downloads.", key=repr(key))

    def _let_go(self, key: str, shelf: Shelf) -> None:
        self._entries.pop(key, None)
        self._looked_at = 0.0
        shelf.unlock()
