"""Which parts of a file have arrived: a journal that outlives any kind of end.

The journal has one line of JSON, then records of fixed size. A record is written after the bytes it stands
for, and carries their CRC-32 as they came in, so that what a power cut or a bad block did to them is found
later. A torn record at the end fails its own CRC and is dropped.
"""

from __future__ import annotations

import json
import os
import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_RECORD = struct.Struct("<QII")  # start, length, CRC-32 of the bytes
_CHECK = struct.Struct("<I")
_SIZE = _RECORD.size + _CHECK.size


@dataclass(frozen=True, order=True)
class Extent:
    """Bytes that arrived: where they lie, how many, their CRC-32."""

    start: int
    length: int
    crc: int

    @property
    def end(self) -> int:
        """Behind the last byte."""
        return self.start + self.length


class Journal:
    """The extents of one file, in memory and on disk.

    Args:
        path: the journal's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.validator = ""
        self._extents: dict[int, Extent] = {}
        self._bytes = 0
        whole = self._read()
        self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)
        if whole:
            self._file.truncate(whole)
            self._file.seek(whole)
        else:
            self._restart()

    @property
    def bytes(self) -> int:
        """How many bytes have arrived."""
        return self._bytes

    def extents(self) -> list[Extent]:
        """In the order of their places."""
        with self._lock:
            return sorted(self._extents.values())

    def at(self, start: int) -> Extent | None:
        """The extent that begins there, if it has arrived."""
        with self._lock:
            return self._extents.get(start)

    def gaps(self, size: int) -> Iterator[tuple[int, int]]:
        """What of a file of that size is missing: (start, end)."""
        position = 0
        for extent in self.extents():
            if min(extent.start, size) > position:
                yield position, min(extent.start, size)
            position = max(position, extent.end)
        if position < size:
            yield position, size

    def add(self, extent: Extent) -> None:
        """The bytes of an extent have been written."""
        with self._lock:
            self._file.write(_packed(extent))
            self._note(extent)

    def drop(self, extents: list[Extent]) -> None:
        """Forget extents whose bytes turned out to be wrong."""
        with self._lock:
            for extent in extents:
                self._extents.pop(extent.start, None)
            self._restart()

    def clear(self, validator: str = "") -> None:
        """Forget everything; from now on the content is what `validator` stands for."""
        with self._lock:
            self._extents.clear()
            self.validator = validator
            self._restart()

    def identify(self, validator: str) -> None:
        """The host's name for the content, told with the first part."""
        with self._lock:
            if validator and not self.validator:
                self.validator = validator
                self._restart()

    def sync(self) -> None:
        """Bring it onto the disk itself."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _restart(self) -> None:
        head = json.dumps({"validator": self.validator}).encode() + b"\n"
        kept = sorted(self._extents.values())
        self._bytes = sum(extent.length for extent in kept)
        self._file.seek(0)
        self._file.write(head + b"".join(map(_packed, kept)))
        self._file.truncate()

    def _note(self, extent: Extent) -> None:
        old = self._extents.get(extent.start)
        self._bytes += extent.length - (old.length if old else 0)
        self._extents[extent.start] = extent

    def _read(self) -> int:
        """Take in what can be read; gives the length of the sound part."""
        try:
            content = self._path.read_bytes()
            head, newline, _ = content.partition(b"\n")
            self.validator = str(json.loads(head)["validator"]) if newline else ""
        except (OSError, ValueError, KeyError, TypeError):
            return 0
        if not newline:
            return 0
        position = len(head) + 1
        while (extent := _unpacked(content[position : position + _SIZE])) is not None:
            self._note(extent)
            position += _SIZE
        return position


def _packed(extent: Extent) -> bytes:
    record = _RECORD.pack(extent.start, extent.length, extent.crc)
    return record + _CHECK.pack(zlib.crc32(record))


def _unpacked(data: bytes) -> Extent | None:
    if len(data) < _SIZE or _CHECK.pack(zlib.crc32(data[: _RECORD.size])) != data[_RECORD.size :]:
        return None
    return Extent(*_RECORD.unpack(data[: _RECORD.size]))
