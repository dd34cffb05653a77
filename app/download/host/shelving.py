"""Where a download lies on the disk, who works on it, and what is shown when nobody here does."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace
from pathlib import Path

from app.download.host.entry import Entry
from app.download.plain import to_json
from app.download.protocol import Download, DownloadState, Order, SourceKind
from app.download.transfer.record import Record, Shelf, in_state, shelves
from app.errors import Offline
from app.paths import Paths

UNFINISHED = frozenset(
    {DownloadState.QUEUED, DownloadState.RESOLVING, DownloadState.DOWNLOADING, DownloadState.VERIFYING}
)
_LOCK_TRIES = 5
_LOCK_SECONDS = 0.2


def key_of(order: Order) -> str:
    """The same for the same order, in every process."""
    reference = json.dumps([order.id, to_json(order.reference)], sort_keys=True)
    return f"{order.id[:60].rstrip('.')}-{hashlib.sha256(reference.encode()).hexdigest()[:8]}"


def needs_network(record: Record) -> bool:
    """Whether it is fetched from elsewhere."""
    return record.order.reference.source != SourceKind.FOLDER


def held_back(record: Record) -> Record:
    """The same download, waiting for the offline switch."""
    error = Offline("The offline switch is on, so the download waits.", "Turn it off in the settings.")
    return replace(record, download=replace(record.download, error=error.to_json()))


def locked_soon(shelf: Shelf) -> bool:
    """A process that has just stopped a download holds its lock for a moment more."""
    for _ in range(_LOCK_TRIES):
        if shelf.lock():
            return True
        time.sleep(_LOCK_SECONDS)
    return False


def of_others(shelf: Shelf, record: Record) -> Download:
    """A download that this process does not work on; where nobody does, it is at rest."""
    if record.download.state not in UNFINISHED or not shelf.lock():
        return record.download
    shelf.unlock()
    return in_state(record, DownloadState.PAUSED).download


def delete(shelf: Shelf, record: Record) -> None:
    """Take a download off the list and off the disk."""
    Entry(shelf, record).delete_files()
    shelf.delete()


def tidy(folder: Path) -> None:
    """Delete from the folder of all downloads what is over and nobody works on."""
    for shelf in shelves(folder):
        record = shelf.read()
        if record is None or not shelf.lock():
            continue
        state, waits = record.download.state, record.download.needs_import
        if state is DownloadState.CANCELLED or (state is DownloadState.COMPLETED and not waits):
            delete(shelf, record)
        else:
            shelf.unlock()


def _existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def files_folder(places: Paths, key: str) -> Path:
    """On the models' disk, so that a finished download can be moved into place in one step."""
    home, models = _existing(places.home), _existing(places.models)
    if home.stat().st_dev == models.stat().st_dev:
        return places.downloads / key / "files"
    return places.models / ".downloads" / key
