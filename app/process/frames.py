"""Frames on a stream of bytes: one line each, with a limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MAX_FRAME_BYTES = 64 << 20
HEAD_BYTES = 512
"""How much of a frame over the limit is kept, to tell whose it was."""


@dataclass(frozen=True)
class Oversized:
    """A line longer than a frame may be; it was skipped. `head` is how it began."""

    head: bytes


class FrameSplitter:
    """Cuts a stream of bytes into lines; a line over the limit is skipped without being kept.

    Args:
        limit: the largest frame in bytes, without its newline.
    """

    def __init__(self, limit: int = MAX_FRAME_BYTES) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._length = 0
        self._head = b""

    def feed(self, block: bytes) -> Iterator[bytes | Oversized]:
        """Take the next bytes; yield every line that they complete, blank ones left out."""
        *ended, rest = block.split(b"\n")
        for piece in ended:
            self._keep(piece)
            line = self._take()
            if isinstance(line, Oversized) or line.strip():
                yield line
        self._keep(rest)

    def _keep(self, piece: bytes) -> None:
        if not piece:
            return
        self._head += piece[: HEAD_BYTES - len(self._head)]
        self._length += len(piece)
        if self._length <= self._limit:
            self._parts.append(piece)
        else:
            self._parts.clear()

    def _take(self) -> bytes | Oversized:
        line = b"".join(self._parts) if self._length <= self._limit else Oversized(self._head)
        self._parts, self._length, self._head = [], 0, b""
        return line
