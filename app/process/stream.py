"""What comes of one request: its events, in order, until the terminal one."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from app.errors import IndoorsError
from app.process.messages import DONE, Event, Request, error_from


class EventStream:
    """Async iterator over the events of one request, `done` included; an `error` event is raised.

    Nothing is sent before the first event is awaited; what comes while it is got ready is heard at once.
    Leaving the `async with` block early, or a cancelled task, cancels the request.

    Args:
        request: what is asked.
        submit: sends it, starting the child where none runs.
        cancel: asks the child to stop doing it.
        taken: hears how many bytes of events were taken out.
    """

    def __init__(
        self,
        request: Request,
        submit: Callable[[EventStream], Awaitable[None]],
        cancel: Callable[[EventStream], None],
        taken: Callable[[int], None],
    ) -> None:
        self.request = request
        self.cancelled = False
        self.begun = False
        self._submit = submit
        self._cancel = cancel
        self._taken = taken
        self._submitting: asyncio.Task[None] | None = None
        self._events: deque[tuple[Event | Exception, int]] = deque()
        self._arrived = asyncio.Event()
        self._over = False
        self._left = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        if self._over:
            raise StopAsyncIteration
        try:
            if not self.begun:
                self.begun = True
                loop = asyncio.get_running_loop()  # first, so that without one no coroutine is left unawaited
                self._submitting = loop.create_task(self._submitted())
            await self._arrived.wait()
        except BaseException:
            await self._leave()
            raise
        return self._take()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.begun and not self._over:
            await self._leave()

    def cancel(self) -> None:
        """Ask the child to stop; the events go on until the terminal one, which is then `Cancelled`."""
        if self.begun and not self._over and not self.cancelled:
            self.cancelled = True
            self._cancel(self)

    def put(self, event: Event, size: int) -> bool:
        """An event arrived; says whether anybody will take it."""
        if self._left:
            return False
        self._add(event if event.name != "error" else error_from(event.data), size)
        return True

    def fail(self, error: IndoorsError) -> None:
        """The child is gone."""
        if not self._left:
            self._add(error, 0)

    async def _submitted(self) -> None:
        try:
            await self._submit(self)
        except Exception as error:  # raised where the events are awaited
            self._add(error, 0)

    def _add(self, item: Event | Exception, size: int) -> None:
        self._events.append((item, size))
        self._arrived.set()

    def _take(self) -> Event:
        item, size = self._events.popleft()
        if not self._events:
            self._arrived.clear()
        self._taken(size)
        if isinstance(item, Exception):
            self._over = True
            raise item
        self._over = item.name == DONE
        return item

    async def _leave(self) -> None:
        """Nobody listens any more; what is not sent yet is not sent."""
        self.cancel()
        self._left = self._over = True
        if self._submitting is not None and not self._submitting.done():
            self._submitting.cancel()
            await asyncio.wait([self._submitting])
        self._taken(sum(size for _, size in self._events))
        self._events.clear()
