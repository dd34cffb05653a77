"""One connection's work: bring a segment, and go on where it broke off."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.download.protocol import Reference, is_archive
from app.download.safety import HEAD_BYTES, refuse_code
from app.download.source import Body, Hindrance, Source, Wanted
from app.download.transfer.pace import Limit, Speed
from app.download.transfer.retry import Backoff
from app.download.transfer.segments import Segment, Segments
from app.errors import ChecksumMismatch, Unreachable

_READ_BYTES = 1 << 20
_KEEP_SECONDS = 1.0


@dataclass(frozen=True)
class Fetching:
    """What all connections of one download share.

    Attributes:
        source: where the bytes come from.
        reference: pinned.
        scratch: a folder that lasts as long as the download.
        limit: the bandwidth limit.
        speed: hears of new bytes.
        stop: ends everything.
        keep_bytes: how much one connection holds back before it is stored.
        bodies: those that are being read, so that they can be aborted.
    """

    source: Source
    reference: Reference
    scratch: Path
    limit: Limit
    speed: Speed
    stop: threading.Event
    keep_bytes: int
    bodies: set[Body]

    def abort(self) -> None:
        """Make every waiting read give up."""
        for body in tuple(self.bodies):
            body.abort()


class Connection:
    """Brings one segment after the other.

    Args:
        shared: what it shares with the others.
        segments: hears what the host can do.
        backoff: hears of progress.
    """

    def __init__(self, shared: Fetching, segments: Segments, backoff: Backoff) -> None:
        self._shared = shared
        self._segments = segments
        self._backoff = backoff

    def attempt(self, segment: Segment) -> None:
        """Bring what is missing of a segment; its start moves with every part that was stored.

        Raises:
            Hindrance: it broke off; the next attempt goes on there.
            ContentChanged: the host's file is another one by now.
            IndoorsError: it will not work.
        """
        if self._shared.stop.is_set() or segment.start == segment.end:
            return
        wanted = Wanted(
            self._shared.reference,
            segment.task.file,
            segment.start,
            segment.end,
            segment.task.part.journal.validator,
            self._shared.scratch,
            self._shared.stop.is_set,
        )
        body = self._shared.source.open(wanted)
        self._shared.bodies.add(body)
        try:
            self._receive(body, segment)
        finally:
            self._shared.bodies.discard(body)
            body.close()

    def _receive(self, body: Body, segment: Segment) -> None:
        task = segment.task
        if task.size is not None and body.total not in {None, task.size}:
            raise Hindrance(self._wrong_length(segment, body.total or 0))
        task.part.journal.identify(body.validator)
        if task.size is None and body.total is not None:
            task.size = segment.end = body.total
        self._segments.answered(segment, ranged=body.ranged)
        self._skip(body, segment.start - body.start)
        self._copy(body, segment)
        if self._shared.stop.is_set():
            return
        if segment.end is None:
            task.size = segment.end = segment.start
        if segment.start < segment.end:
            raise Hindrance(self._broke_off(segment))

    def _skip(self, body: Body, count: int) -> None:
        """Pass over what is there already, where the host can only begin at the beginning."""
        while count > 0 and not self._shared.stop.is_set():
            data = body.read(min(count, _READ_BYTES))
            if not data:
                return
            count -= len(data)
            self._backoff.progress()

    def _copy(self, body: Body, segment: Segment) -> None:
        kept = _Kept(segment, self._shared.keep_bytes, self._look)
        try:
            while not self._shared.stop.is_set():
                room = _READ_BYTES if segment.end is None else segment.end - segment.start - kept.bytes
                if room <= 0:
                    break
                data = body.read(self._shared.limit.largest_read(min(room, _READ_BYTES)))
                if not data:
                    break
                kept.add(data)
                self._shared.speed.add(len(data))
                self._backoff.progress()
                self._shared.limit.took(len(data), self._shared.stop)
        finally:
            kept.store()

    def _look(self, segment: Segment, data: bytes) -> None:
        if not is_archive(segment.task.file.path):
            refuse_code(self._shared.source.address(self._shared.reference, segment.task.file), data)

    def _wrong_length(self, segment: Segment, found: int) -> ChecksumMismatch:
        return ChecksumMismatch(
            "{url} has {found} bytes instead of the announced {size}.",
            "Try again later, or another mirror.",
            url=self._shared.source.address(self._shared.reference, segment.task.file),
            found=found,
            size=segment.task.size,
        )

    def _broke_off(self, segment: Segment) -> Unreachable:
        return Unreachable(
            "{url} broke off.",
            "Check the connection, then try again.",
            url=self._shared.source.address(self._shared.reference, segment.task.file),
        )


class _Kept:
    """Bytes of a segment that are not stored yet."""

    def __init__(self, segment: Segment, most: int, look: Callable[[Segment, bytes], None]) -> None:
        self._segment = segment
        self._most = most
        self._look = look
        self._pieces: list[bytes] = []
        self._since = time.monotonic()
        self.bytes = 0

    def add(self, data: bytes) -> None:
        """Take bytes; store them when they are many, or old."""
        self._pieces.append(data)
        self.bytes += len(data)
        if self.bytes >= self._most or time.monotonic() - self._since > _KEEP_SECONDS:
            self.store()

    def store(self) -> None:
        """Write what is here to the disk."""
        if not self.bytes:
            return
        pieces, count = self._pieces, self.bytes
        self._pieces, self.bytes, self._since = [], 0, time.monotonic()
        if self._segment.start == 0:
            self._look(self._segment, b"".join(pieces)[:HEAD_BYTES])
        self._segment.task.part.put(self._segment.start, pieces)
        self._segment.start += count
