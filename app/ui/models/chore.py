"""A long piece of work on the disk, in a thread of its own, that tells how far it is and can be stopped."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.progress import Progress

T = TypeVar("T")
_UPDATE_S = 0.2

Work = Callable[[Progress, Callable[[], bool]], T]
"""Called with what hears the progress, and with what says that it was stopped."""


class Chore:
    """One piece of work at a time."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._far = (0, 0)

    def stop(self) -> None:
        """Ask it to end early."""
        self._stop.set()

    async def run(self, work: Work[T], show: Callable[[int, int], None]) -> T:
        """Do it; `show` hears what is done and the total, at most five times a second."""
        self._stop.clear()
        self._far = (0, 0)
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chore")
        future = asyncio.wrap_future(executor.submit(work, self._hear, self._stop.is_set))
        try:
            while not future.done():
                show(*self._far)
                await asyncio.wait({future}, timeout=_UPDATE_S)
            return future.result()
        finally:
            self._stop.set()
            executor.shutdown()  # what was stopped sees it within a few megabytes

    def _hear(self, _: str, done: int, total: int) -> None:
        self._far = (done, total)
