"""One download from its order to the installed model."""

from __future__ import annotations

import errno
import logging
import threading
from dataclasses import replace
from pathlib import Path

from app.download.protocol import Download, DownloadState, Resolution, is_archive
from app.download.source import ContentChanged
from app.download.transfer import space
from app.download.transfer.expected import as_expected
from app.download.transfer.gather import Gathering, Places
from app.download.transfer.hand_over import is_model, require_free
from app.download.transfer.install import clear, install
from app.download.transfer.record import Record, Shelf, in_state
from app.download.transfer.retry import Backoff, Patience, patiently
from app.download.transfer.surroundings import Stop, Surroundings
from app.errors import (
    Cancelled,
    IndoorsError,
    ModelDamaged,
    Offline,
    Unreachable,
    from_os_error,
)
from app.manifest import FileRecord
from app.process.host.job import unexpected

_MOST_CHANGES = 3  # besides one for each file
_LOG = logging.getLogger(__name__)


class Run:
    """Works on one download, in the thread that calls `go`.

    Args:
        shelf: its folder, locked by this process.
        record: how far it was.
        around: what it needs.
    """

    def __init__(self, shelf: Shelf, record: Record, around: Surroundings) -> None:
        self.record = record
        self._shelf = shelf
        self._around = around
        self._stop = threading.Event()
        self._why = Stop.NO
        self._gathering: Gathering | None = None
        self._files = Path(record.files)

    @property
    def missing_bytes(self) -> int:
        """What it still has to write."""
        return self._gathering.missing_bytes if self._gathering else 0

    def stop(self, why: Stop) -> None:
        """End soon; the first reason counts."""
        if not self._stop.is_set():
            self._why = why
        self._stop.set()
        if self._gathering is not None:
            self._gathering.stop()

    def go(self) -> None:
        """Do it all; how it ended stands in `record`."""
        try:
            self._do()
        except Cancelled:
            self._stopped()
        except IndoorsError as error:
            self._failed(error)
        except OSError as error:
            self._failed(self._explained(error))
        except Exception as error:
            _LOG.exception("a download failed")
            self._failed(unexpected("the download", error))

    def download(self) -> Download:
        """How far it is now."""
        download, gathering = self.record.download, self._gathering
        if gathering is None or download.state not in {DownloadState.DOWNLOADING, DownloadState.VERIFYING}:
            return download
        files = gathering.progress()
        fetched = gathering.missing_bytes == 0 and all(file.total is not None for file in files)
        done = sum(file.done for file in files)
        total = None if any(file.total is None for file in files) else sum(file.total or 0 for file in files)
        speed = gathering.speed.bytes_per_s()
        eta = gathering.missing_bytes / speed if total is not None and speed > 0 and not fetched else None
        state = DownloadState.VERIFYING if fetched else DownloadState.DOWNLOADING
        return replace(
            download,
            state=state,
            bytes_done=done,
            bytes_total=total,
            bytes_per_s=0.0 if fetched else speed,
            eta_s=eta,
            files=files,
            error=None if speed > 0 else download.error,
        )

    def _do(self) -> None:
        require_free(self._around.models / self.record.order.id)
        changes = 0
        while True:
            resolution = self._resolved()
            try:
                records = self._gathered(resolution)
            except ContentChanged:
                self.record = replace(self.record, resolution=None)
                changes += 1
                if changes > _MOST_CHANGES + len(resolution.files):
                    raise _restless(resolution) from None
                continue
            self._install(resolution, records)
            return

    def _resolved(self) -> Resolution:
        if (known := self.record.resolution) is not None:
            return known
        self._become(DownloadState.RESOLVING)
        tuning = self._around.means.tuning
        backoff = Backoff(tuning, Patience(tuning.patience_s), self._stop)
        reference = self.record.download.reference
        resolution = patiently(
            lambda: self._around.source.resolve(reference), backoff, self._stop, self._note_trouble
        )
        resolution = as_expected(resolution, self.record.order.expected)
        if not any(is_archive(file.path) for file in resolution.files):
            is_model([file.path for file in resolution.files])
        download = replace(self.record.download, reference=resolution.reference, host=resolution.host)
        self.record = replace(self.record, resolution=resolution, download=download)
        return resolution

    def _gathered(self, resolution: Resolution) -> dict[str, FileRecord]:
        places = Places(self._files, self._shelf.journals, self._shelf.scratch)
        around = self._around
        gathering = Gathering(around.source, resolution, places, around.means, self._note_trouble)
        self._gathering = gathering
        try:
            if self._stop.is_set():
                gathering.stop()
            space.require(self._files, gathering.missing_bytes, around.free(self._files))
            self._become(DownloadState.DOWNLOADING)
            return gathering.run()
        finally:
            gathering.close()

    def _install(self, resolution: Resolution, records: dict[str, FileRecord]) -> None:
        last = self.download()
        self.record = replace(self.record, download=last)
        self._become(DownloadState.VERIFYING)
        made = install(self.record, resolution, records, self._around, self._advance)
        done = replace(
            last,
            state=DownloadState.COMPLETED,
            bytes_done=last.bytes_total or made.bytes,
            bytes_per_s=0.0,
            eta_s=None,
            error=None,
            folder=str(made.folder),
            needs_import=made.needs_import,
        )
        self.record = replace(self.record, download=done)
        self._shelf.write(self.record)
        self._shelf.clear()
        clear(self.record, made)

    def _advance(self, _: int) -> None:
        if self._stop.is_set():
            raise Cancelled("The download was stopped.")

    def _become(self, state: DownloadState) -> None:
        self.record = in_state(self.record, state)
        self.record = replace(self.record, download=replace(self.record.download, error=None))
        self._shelf.write(self.record, durable=False)

    def _note_trouble(self, error: IndoorsError) -> None:
        self.record = replace(self.record, download=replace(self.record.download, error=error.to_json()))

    def _stopped(self) -> None:
        states = {
            Stop.PAUSE: DownloadState.PAUSED,
            Stop.CANCEL: DownloadState.CANCELLED,
            Stop.REQUEUE: DownloadState.QUEUED,
        }
        last = replace(self.download(), error=None)
        state = states.get(self._why, last.state)
        self.record = in_state(replace(self.record, download=last), state)
        self._keep()

    def _failed(self, error: IndoorsError) -> None:
        offline = isinstance(error, Offline)
        state = DownloadState.QUEUED if offline else DownloadState.FAILED
        download = replace(self.download(), error=error.to_json())
        self.record = in_state(replace(self.record, download=download), state)
        if isinstance(error, ModelDamaged):  # a new attempt asks anew what there is
            self.record = replace(self.record, resolution=None)
        self._keep()

    def _keep(self) -> None:
        try:
            self._shelf.write(self.record)
        except IndoorsError:  # the disk is gone; the state in memory still says so
            return

    def _explained(self, error: OSError) -> IndoorsError:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            return from_os_error(error, "storing the download")
        return space.disk_full(self._files, self.missing_bytes, self._around.free(self._files))


def _restless(resolution: Resolution) -> Unreachable:
    return Unreachable(
        "{name} changes all the time on its host.", "Try again later.", name=resolution.reference.name
    )
