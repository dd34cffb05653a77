"""Work that is asked for more often than it can be done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from app.ui.tasks import Tasks


class Renewal:
    """Does it once at a time, and once more for all that was asked meanwhile.

    Args:
        tasks: runs it.
        work: does it, by how things are when it begins.
    """

    def __init__(self, tasks: Tasks, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks, self._work = tasks, work
        self._wanted = False
        self._running: asyncio.Task[None] | None = None

    def ask(self) -> asyncio.Task[None]:
        """Have it done from now on; what is given ends when it was."""
        self._wanted = True
        if self._running is None or self._running.done():
            self._running = self._tasks.start(self._work_off())
        return self._running

    async def _work_off(self) -> None:
        while self._wanted:
            self._wanted = False
            await self._work()
