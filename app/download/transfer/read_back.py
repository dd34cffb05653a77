"""A file is read back from the disk and hashed while its later parts still arrive."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.download.transfer.part_file import PartFile

_READ_BYTES = 1 << 20


@dataclass(frozen=True)
class Content:
    """What a file turned out to hold when it was read back.

    Attributes:
        sha256: of the whole file, in hexadecimal.
        blob: the id git would give it; empty for a large file, which no repository keeps as a plain blob.
    """

    sha256: str
    blob: str


class ReadBack:
    """Reads the parts of a file in order, as far as they have arrived.

    Args:
        part: the file.
    """

    def __init__(self, part: PartFile) -> None:
        self._part = part
        self._sha256 = hashlib.sha256()
        self._head = b""
        self._lock = threading.Lock()
        self.position = 0

    def catch_up(self, stopped: Callable[[], bool]) -> bool:
        """Read what has arrived since; says whether there was anything."""
        with self._lock:
            begun = self.position
            with self._part.path.open("rb", buffering=0) as file:
                while not stopped() and (extent := self._part.journal.at(self.position)) is not None:
                    file.seek(extent.start)
                    left = extent.length
                    while left and (data := file.read(min(left, _READ_BYTES))):
                        self._take(data)
                        left -= len(data)
                    self.position = extent.end
            return self.position > begun

    def content(self) -> Content:
        """What was read; asked for when all of it was."""
        blob = b"blob %d\0" % self.position + self._head
        small = self.position <= _READ_BYTES
        git = hashlib.sha1(blob, usedforsecurity=False).hexdigest() if small else ""
        return Content(self._sha256.hexdigest(), git)

    def _take(self, data: bytes) -> None:
        self._sha256.update(data)
        if len(self._head) <= _READ_BYTES:
            self._head += data
