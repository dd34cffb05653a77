"""The history on a thread of its own, awaited from asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from app.history.store import History

P = ParamSpec("P")
T = TypeVar("T")


class BackgroundHistory:
    """Runs calls to a history one after the other, in the order they were asked for.

    `await background.run(background.history.messages.append, conversation_id, None, items)`
    """

    def __init__(self, history: History, executor: ThreadPoolExecutor) -> None:
        self.history = history
        self._executor = executor

    @classmethod
    async def open(cls, folder: Path) -> BackgroundHistory:
        """Start the thread and open the history there.

        Raises:
            StorageError: another process holds the file, or the disk failed.
        """
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")
        try:
            history = await asyncio.wrap_future(executor.submit(History.open, folder))
        except BaseException:
            executor.shutdown(wait=False)
            raise
        return cls(history, executor)

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Await one call on the history's thread.

        A call that was asked for is done even when the coroutine that awaits it is cancelled: what a user
        typed is never dropped from the queue.
        """
        future = self._executor.submit(call, *args, **kwargs)
        return await asyncio.shield(asyncio.wrap_future(future))

    def close(self) -> None:
        """Do what is still asked for, close the file, end the thread. Waits for that."""
        self._executor.submit(self.history.close)
        self._executor.shutdown(wait=True)
