"""All downloads of a home: which run here, which wait, which another process works on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.download.host.entry import Entry
from app.download.host.listing import Listing
from app.download.host.own import Own
from app.download.host.shelving import delete, files_folder, key_of, locked_soon, needs_network, tidy
from app.download.protocol import Download, DownloadState, NetworkSettings, Order, SourceKind
from app.download.sources.choosing import Sources
from app.download.transfer import space
from app.download.transfer.gather import Means
from app.download.transfer.hand_over import require_free
from app.download.transfer.pace import Limit, Slots
from app.download.transfer.record import Record, Shelf, in_state, new_record, shelves
from app.download.transfer.surroundings import Stop, Surroundings
from app.download.transfer.tuning import Tuning
from app.errors import Offline, UsageError
from app.library.ids import check_id
from app.paths import Paths

_TICK_SECONDS = 0.2
_IDLE_SECONDS = 1.0
_TICKS_BETWEEN_LOOKS = 5
_END_SECONDS = 5.0
_OVER = frozenset({DownloadState.CANCELLED, DownloadState.COMPLETED})


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
        self._listing = Listing(places.downloads)
        self._own = Own(self._listing.forget)
        self._ended = threading.Event()
        self.sources = Sources(settings)
        if resume:
            tidy(places.downloads)
            self._own.adopt(places.downloads)
        self._thread = threading.Thread(target=self._tick_on, name="queue", daemon=True)
        self._thread.start()

    def configure(self, settings: NetworkSettings) -> None:
        """Use the network so from now on; what runs is interrupted where it would do otherwise.

        Raises:
            UsageError: the settings cannot be used; the old ones stay in force.
        """
        sources = Sources(settings)
        with self._own.lock:
            self.sources.close()
            old, self._settings, self.sources = self._settings, settings, sources
            self._means.limit.set(settings.limit_bytes_per_s)
            self._means.slots.set(settings.parallel)
            pace = {"limit_bytes_per_s": 0, "parallel": 0}
            if replace(old, **pace) == replace(settings, **pace):  # type: ignore[arg-type]
                return
            for entry in self._own.all().values():
                if settings.offline is False or needs_network(entry.record):
                    entry.stop(Stop.REQUEUE)

    def add(self, order: Order) -> str:
        """Put a download into the queue, or back into it; gives its key.

        Raises:
            UsageError: the id cannot be used, or is taken by a model or another download.
            Offline: the offline switch is on and the order needs the network.
        """
        check_id(order.id)
        require_free(self._places.models / order.id)
        self.sources.of(order.reference.source)
        if self._settings.offline and order.reference.source != SourceKind.FOLDER:
            raise Offline("The offline switch is on, so nothing is fetched.", "Turn it off in the settings.")
        key = key_of(order)
        self._own.let_end(key)
        shelf = Shelf(self._places.downloads / key)
        with self._own.lock:
            self._require_own_name(order, key)
            if key in self._own or not shelf.lock():
                return key
            known = shelf.read()
            if known is None or known.download.state in _OVER:
                known = new_record(key, order, files_folder(self._places, key))
            self._own.enqueue(shelf, known)
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
        self._own.let_end(key)
        with self._own.lock:
            shelf, _ = self._find(key)
            if key in self._own or not locked_soon(shelf):
                return
            _, record = self._find(key)
            if record.download.state is DownloadState.COMPLETED:
                shelf.unlock()
                raise UsageError("The download of {name} is complete.", "", name=record.download.name)
            self._own.enqueue(shelf, record)

    def forget(self, key: str) -> None:
        """Take an ended download off the list and off the disk.

        Raises:
            UsageError: there is no such download, or it has not ended.
        """
        self._own.let_end(key)
        with self._own.lock:
            shelf, record = self._find(key)
            if not record.download.state.ended or key in self._own or not locked_soon(shelf):
                raise UsageError(
                    "The download of {name} has not ended.", "Cancel it first.", name=record.download.name
                )
            delete(shelf, record)

    @property
    def busy(self) -> bool:
        """Downloads run here."""
        return self._own.busy

    def downloads(self, seen_s: float = 0.0) -> tuple[Download, ...]:
        """Every download, in the order of the queue.

        Args:
            seen_s: how old what is known of other processes' downloads may be.
        """
        with self._own.lock:
            return self._listing.downloads(self._own.all(), seen_s)

    def close(self) -> None:
        """End everything; what was under way is taken up again by the next process that resumes."""
        self._ended.set()
        self._own.wake.set()
        self._own.close()
        self._thread.join(_END_SECONDS)
        self.sources.close()

    def _require_own_name(self, order: Order, key: str) -> None:
        """Two downloads with one id would be noticed only when the second is complete."""
        for one in self.downloads():
            over = one.state in _OVER and not one.needs_import
            if one.id.casefold() == order.id.casefold() and one.key != key and not over:
                raise UsageError(
                    "{id} is the name of another download, of {source}.",
                    "Choose another --id, or cancel that one.",
                    id=order.id,
                    source=one.reference.name,
                )

    def _steer(self, key: str, why: Stop, change: Callable[[Record], Record]) -> None:
        entry = self._own.get(key)
        if entry is not None and entry.running:
            entry.stop(why)
            self._own.wait(entry)
            return
        with self._own.lock:
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
            self._own.let_go(key, shelf)

    def _tick_on(self) -> None:
        ticks = 0
        while not self._ended.is_set():
            self._own.wake.wait(_TICK_SECONDS if self._own.all() else _IDLE_SECONDS)
            self._own.wake.clear()
            ticks += 1
            self._own.settle()
            self._obey()
            if ticks % _TICKS_BETWEEN_LOOKS == 0:
                if self._resume:
                    self._own.adopt(self._places.downloads)
                self._own.keep()
            with self._own.lock:
                self._own.start(self._means.slots.count, self._begin, offline=self._settings.offline)

    def _obey(self) -> None:
        for key, entry in self._own.all().items():
            match entry.shelf.wished():
                case Stop.PAUSE:
                    self.pause(key)
                case Stop.CANCEL:
                    self.cancel(key)

    def _begin(self, entry: Entry) -> None:
        def free(folder: Path) -> int:
            others = [other.run for other in self._own.all().values() if other is not entry]
            return space.free_bytes(folder) - sum(run.missing_bytes for run in others if run is not None)

        source = self.sources.of(entry.record.order.reference.source)
        entry.start(Surroundings(source, self._means, self._places.models, free))

    def _find(self, key: str) -> tuple[Shelf, Record]:
        if (entry := self._own.get(key)) is not None:
            return entry.shelf, entry.record
        for shelf in shelves(self._places.downloads):
            if shelf.key == key and (record := shelf.read()) is not None:
                return shelf, record
        raise UsageError("There is no download {key}.", "List them: indoors models downloads.", key=repr(key))
