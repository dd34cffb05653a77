"""Stopping a run that is under way."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType

_POLL_S = 0.05


class Termination:
    """Calls `stop` from a thread of its own as soon as `cancelled` says so; a context manager.

    Args:
        cancelled: asked every 50 ms, in another thread.
        stop: called once at most.
    """

    def __init__(self, cancelled: Callable[[], bool], stop: Callable[[], None]) -> None:
        self._cancelled = cancelled
        self._stop = stop
        self._done = Event()
        self._thread = Thread(target=self._watch, name="termination", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_POLL_S):
            if self._cancelled():
                self._stop()
                return
