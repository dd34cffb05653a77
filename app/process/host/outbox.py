"""Events on their way out: written by one thread, in order, so that nobody waits while holding a lock."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from app.errors import RequestError
from app.process.messages import ERROR, Event, error_data

_ROOM_BYTES = 1 << 20
_URGENT_ROOM = 8


class Outbox:
    """A bounded buffer in front of a pipe that may be read slowly.

    Args:
        write: writes one frame, however long that takes; raises OSError once nobody reads any more.
        gone: called once, from the writing thread, when nobody reads any more.
        room: bytes that may wait before `send` does; urgent events have several times as much.
    """

    def __init__(
        self, write: Callable[[bytes], None], gone: Callable[[], None], room: int = _ROOM_BYTES
    ) -> None:
        self._write = write
        self._gone = gone
        self._room = room
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)
        self._thread.start()

    def send(self, event: Event, *, urgent: bool = False) -> None:
        """Put an event behind the others as soon as there is room; one that fits no frame becomes an error.

        Args:
            event: what to say.
            urgent: an answer to a request. A slow reader of many deltas must not keep the thread that
                reads requests from seeing a cancel.
        """
        frame = _frame(event)
        room = self._room * _URGENT_ROOM if urgent else self._room
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._bytes < room)
            if self._closed:
                return
            self._frames.append(frame)
            self._bytes += len(frame)
            self._changed.notify_all()

    def close(self, seconds: float) -> None:
        """Take nothing more, and write what waits for at most so long."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        while (frame := self._next()) is not None:
            try:
                self._write(frame)
            except OSError:
                self._abandon()
                return

    def _next(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._frames or self._closed)
            if not self._frames:
                return None
            frame = self._frames.popleft()
            self._bytes -= len(frame)
            self._changed.notify_all()
            return frame

    def _abandon(self) -> None:
        with self._changed:
            self._closed = True
            self._frames.clear()
            self._changed.notify_all()
        self._gone()


def _frame(event: Event) -> bytes:
    try:
        return event.encode()
    except RequestError as error:
        return Event(event.id, ERROR, error_data(error)).encode()
