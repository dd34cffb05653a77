"""The numbers and texts at the head of a GGUF file, none of them believed before it is checked."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app.errors import ModelDamaged

AGAIN = "Fetch the file again."
_LONGEST_HEAD = 1 << 28
_MOST_ELEMENTS = 1 << 24
_STRING, _ARRAY, _BOOL = 8, 9, 7
_NUMBERS = {0: "<u1", 1: "<i1", 2: "<u2", 3: "<i2", 4: "<u4", 5: "<i4", 6: "<f4", 7: "<u1"} | {
    10: "<u8",
    11: "<i8",
    12: "<f8",
}


class Cursor:
    """Reads forward through the head of a file.

    Counts and lengths are compared with the bytes that are left before anything is reserved for them.

    Args:
        file: open for reading, at its begin.
        path: named in errors.
        size: bytes of the file.
    """

    def __init__(self, file: BinaryIO, path: Path, size: int) -> None:
        self._file, self._path = file, path
        self._end = min(size, _LONGEST_HEAD)
        self.position = 0

    def take(self, count: int) -> bytes:
        """The next bytes.

        Raises:
            ModelDamaged: the file, or what a head may take of it, ends before.
        """
        if count > self._end - self.position:
            raise self.broken(f"it ends inside its head, {count:,} bytes are missing")
        content = self._file.read(count)
        if len(content) != count:
            raise self.broken("it became shorter while it was read")
        self.position += count
        return content

    def number(self, kind: str) -> int:
        """A whole number; `kind` is a `struct` letter."""
        layout = struct.Struct(f"<{kind}")
        return int(layout.unpack(self.take(layout.size))[0])

    def text(self) -> str:
        """A length of 8 bytes, then UTF-8; bytes that are none become U+FFFD."""
        return self.take(self.number("Q")).decode("utf-8", errors="replace")

    def value(self) -> Any:
        """A typed value: a number, a text, or a list of either."""
        kind = self.number("I")
        return self._array() if kind == _ARRAY else self._values(kind, 1)[0]

    def _array(self) -> list[Any]:
        kind, count = self.number("I"), self.number("Q")
        if count > _MOST_ELEMENTS:
            raise self.broken(f"it announces a list of {count:,} values")
        return self._values(kind, count)

    def _values(self, kind: int, count: int) -> list[Any]:
        if kind == _STRING:
            return [self.text() for _ in range(count)]
        if kind not in _NUMBERS:
            raise self.broken(f"a value has the unknown type {kind}")
        dtype = np.dtype(_NUMBERS[kind])
        values = np.frombuffer(self.take(count * dtype.itemsize), dtype).tolist()
        return [bool(value) for value in values] if kind == _BOOL else values

    def broken(self, reason: str) -> ModelDamaged:
        """The error for a head that cannot be right.

        Args:
            reason: what is wrong, in words.
        """
        return ModelDamaged(
            "{path} is not a sound GGUF file: {reason}.", AGAIN, path=self._path, reason=reason
        )
