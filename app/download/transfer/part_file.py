"""A file that is being put together from parts."""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from pathlib import Path
from typing import BinaryIO

from app.download.transfer.extents import Extent, Journal

_READ_BYTES = 1 << 20


class PartFile:
    """The bytes that have arrived of one file, and the journal of them.

    Args:
        data: the file itself, written in place.
        journal: where its journal lies.
    """

    def __init__(self, data: Path, journal: Path) -> None:
        self.path = data
        data.parent.mkdir(parents=True, exist_ok=True)
        journal.parent.mkdir(parents=True, exist_ok=True)
        self.journal = Journal(journal)
        self._file: BinaryIO = data.open("r+b" if data.exists() else "w+b", buffering=0)
        self._lock = threading.Lock()
        size = data.stat().st_size
        if lost := [extent for extent in self.journal.extents() if extent.end > size]:
            self.journal.drop(lost)

    def put(self, start: int, pieces: list[bytes]) -> None:
        """Store bytes that arrived.

        Raises:
            OSError: the disk refused.
        """
        crc = 0
        for piece in pieces:
            crc = zlib.crc32(piece, crc)
        with self._lock:
            self._file.seek(start)
            for piece in pieces:
                view = memoryview(piece)
                while view:
                    view = view[self._file.write(view) :]
        self.journal.add(Extent(start, sum(map(len, pieces)), crc))

    def cut(self, size: int) -> None:
        """The file ends here."""
        self._file.truncate(size)

    def sync(self) -> None:
        """Bring everything onto the disk itself, data before journal."""
        os.fsync(self._file.fileno())
        self.journal.sync()

    def lost(self) -> list[Extent]:
        """Parts that are not on the disk as they came in."""
        with self.path.open("rb", buffering=0) as file:
            return [extent for extent in self.journal.extents() if _crc(file, extent) != extent.crc]

    def digest(self, start: int, end: int) -> bytes:
        """Sha256 of a part as it lies on the disk."""
        digest = hashlib.sha256()
        with self.path.open("rb", buffering=0) as file:
            file.seek(start)
            while start < end and (data := file.read(min(end - start, _READ_BYTES))):
                digest.update(data)
                start += len(data)
        return digest.digest()

    def close(self) -> None:
        """Close both files."""
        self._file.close()
        self.journal.close()


def _crc(file: BinaryIO, extent: Extent) -> int:
    file.seek(extent.start)
    crc, left = 0, extent.length
    while left and (data := file.read(min(left, _READ_BYTES))):
        crc = zlib.crc32(data, crc)
        left -= len(data)
    return crc
