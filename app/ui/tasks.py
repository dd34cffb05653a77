"""Coroutines that a click starts: kept while they run, heard when they fail, ended with the window."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

_ATTEMPTS = 3
_PATIENCE_SECONDS = 2.0


class Tasks:
    """The running tasks of one owner."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run a coroutine; an exception that it does not handle goes to the loop's exception handler."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def close(self) -> None:
        """Cancel what still runs, and what that starts while it ends; wait for it, though not forever."""
        for _ in range(_ATTEMPTS):
            if not (running := set(self._running)):
                return
            for task in running:
                task.cancel()
            await asyncio.wait(running, timeout=_PATIENCE_SECONDS)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            context = {"message": "A task failed", "exception": error, "task": task}
            task.get_loop().call_exception_handler(context)
