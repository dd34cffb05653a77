"""What is kept of a download on disk, and the lock that says which process works on it."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from app.download.plain import from_json, to_json
from app.download.protocol import Download, DownloadState, Order, Resolution
from app.errors import IndoorsError, from_os_error
from app.files import write_whole

_RECORD = "download.json"
_WISH = "wish"
_LOCK = "lock"


@dataclass(frozen=True)
class Record:
    """A download as it is kept.

    Attributes:
        order: what was asked for.
        created: seconds since 1970; the order of the queue.
        files: the folder that the files are put together in, on the models folder's disk.
        download: how far it was when this was written.
        resolution: None until it is known.
    """

    order: Order
    created: float
    files: str
    download: Download
    resolution: Resolution | None = None


class Shelf:
    """The folder of one download.

    Args:
        folder: downloads/KEY.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = FileLock(str(folder / _LOCK), thread_local=False)
        self._writing = threading.Lock()  # the queue's thread notes how far the work in another one is

    @property
    def key(self) -> str:
        """The download's name."""
        return self.folder.name

    @property
    def journals(self) -> Path:
        """Where the files' journals lie."""
        return self.folder / "journals"

    @property
    def scratch(self) -> Path:
        """For whatever lasts as long as the download."""
        return self.folder / "scratch"

    def read(self) -> Record | None:
        """The record; None where there is none, or it cannot be read."""
        try:
            return from_json(Record, json.loads((self.folder / _RECORD).read_text(encoding="utf-8")))
        except (OSError, ValueError, IndoorsError):
            return None

    def write(self, record: Record, *, durable: bool = True) -> None:
        """Keep a record; a reader sees the old one or the new one.

        Args:
            record: how far the download is.
            durable: see `write_whole`.

        Raises:
            StorageError: the disk refused.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(to_json(record), ensure_ascii=False)
            with self._writing:
                write_whole(self.folder / _RECORD, text, durable=durable)
        except OSError as error:
            raise from_os_error(error, "keeping the download's state") from error

    def lock(self) -> bool:
        """Become the process that works on it; False when another one is."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise from_os_error(error, "locking the download") from error
        return True

    def unlock(self) -> None:
        """Leave it to others."""
        self._lock.release()

    def wish(self, what: str) -> None:
        """Ask the process that works on it for something."""
        try:
            (self.folder / _WISH).write_text(what, encoding="utf-8")
        except OSError as error:
            raise from_os_error(error, "steering the download") from error

    def wished(self) -> str:
        """What another process asked for; told once."""
        path = self.folder / _WISH
        try:
            what = path.read_text(encoding="utf-8")
            path.unlink()
        except OSError:
            return ""
        return what

    def clear(self) -> None:
        """Delete all that was fetched."""
        for folder in (self.journals, self.scratch):
            shutil.rmtree(folder, ignore_errors=True)

    def delete(self) -> None:
        """Delete everything; the lock is given back first."""
        self._lock.release(force=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def shelves(folder: Path) -> Iterator[Shelf]:
    """Every download of a home."""
    try:
        found = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return
    for path in found:
        if (path / _RECORD).is_file():
            yield Shelf(path)


def new_record(key: str, order: Order, files: Path) -> Record:
    """A download that waits its turn."""
    download = Download(key, order.id, order.name or order.id, order.reference, DownloadState.QUEUED)
    return Record(order, time.time(), str(files), download)


def in_state(record: Record, state: DownloadState) -> Record:
    """The same download in another state, at rest."""
    return replace(record, download=replace(record.download, state=state, bytes_per_s=0.0, eta_s=None))


def unpacking_folder(record: Record) -> Path:
    """Where an archive is unpacked: beside the files, so that it is still there if that is cut off."""
    files = Path(record.files)
    return files.with_name(f"{files.name}.unpacked")


def delete_files(record: Record) -> None:
    """Delete what was fetched and unpacked."""
    for folder in (Path(record.files), unpacking_folder(record)):
        shutil.rmtree(folder, ignore_errors=True)
