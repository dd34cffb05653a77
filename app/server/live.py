"""One request in the worker's hands, followed from the server's loop."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Mapping
from typing import Any, Protocol, Self

from app.process.host.job import Job
from app.process.messages import DONE, ERROR, Event, Request, error_from
from app.worker.protocol import Method

_MOST_UNREAD = 100_000
_QUIET_SECONDS = 10.0
QUIET = Event(None, "quiet", {})
"""Nothing came for a while; not from the worker."""
_NUMBERS = itertools.count(1)


class Jobs(Protocol):
    """The worker's queue, as the server sees it; any thread may call it."""

    def submit(self, job: Job) -> None:
        """Let a job wait its turn behind the window's.

        Raises:
            QueueFull: too many wait already.
        """

    def check_room(self) -> None:
        """Look whether one more may wait, before anything is done for it.

        Raises:
            QueueFull: too many wait already.
        """

    def cancel(self, job: Job) -> None:
        """Stop a job, or take it out of the queue."""

    def holds_idle_model(self) -> bool:
        """Whether nobody works or waits, and the model was loaded for the server's own last job."""


class Live:
    """Async iterator over the events of one job, `done` included; an `error` event is raised.

    Whenever nothing came for ten seconds, `QUIET` comes, so that who waits can be told.

    Args:
        jobs: the worker's queue.
        method: what is asked.
        params: of the method.

    Raises:
        QueueFull: too many wait already.
    """

    def __init__(self, jobs: Jobs, method: Method, params: Mapping[str, Any]) -> None:
        self._jobs = jobs
        self._loop = asyncio.get_running_loop()
        self._events: deque[Event] = deque()
        self._arrived = asyncio.Event()
        self._over = False
        self._job = Job(Request(f"http-{next(_NUMBERS)}", method, params), self._send)
        jobs.submit(self._job)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        if self._over:
            raise StopAsyncIteration
        if not self._events:
            try:
                async with asyncio.timeout(_QUIET_SECONDS):
                    await self._arrived.wait()
            except TimeoutError:
                return QUIET
        event = self._events.popleft()
        if not self._events:
            self._arrived.clear()
        self._over = event.terminal
        if event.name == ERROR:
            raise error_from(event.data)
        return event

    def cancel(self) -> None:
        """Stop it; its events go on until the last one."""
        if not self._over:
            self._jobs.cancel(self._job)

    async def result(self) -> Mapping[str, Any]:
        """Wait for the end; gives the data of `done`.

        Raises:
            IndoorsError: whatever the worker answers instead.
        """
        data: Mapping[str, Any] = {}
        async for event in self:
            if event.name == DONE:
                data = event.data
        return data

    def _send(self, event: Event, *, urgent: bool = False) -> None:  # noqa: ARG002 - as Send wants it
        """Called by the thread that does the job."""
        try:
            self._loop.call_soon_threadsafe(self._take, event)
        except RuntimeError:  # the server has ended
            self._job.cancel()

    def _take(self, event: Event) -> None:
        self._events.append(event)
        self._arrived.set()
        if len(self._events) > _MOST_UNREAD:  # nobody reads what is said
            self.cancel()
