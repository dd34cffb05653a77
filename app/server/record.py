"""What was told of an answer, so that it can be told again while it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

_QUIET_SECONDS = 10.0

Event = Mapping[str, Any]


class Record:
    """The events of one answer, in order; each has its place in the list as its sequence number.

    For one loop.
    """

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._over = False
        self._news = asyncio.Event()

    @property
    def events(self) -> Sequence[Event]:
        """All that was told so far."""
        return self._events

    def add(self, event: Event) -> None:
        """One more was told."""
        self._events.append(event)
        self._wake()

    def end(self) -> None:
        """Nothing more comes."""
        self._over = True
        self._wake()

    async def follow(self, first: int) -> AsyncGenerator[Event | None, None]:
        """What was told and what is told from now on, until the end; None whenever nothing came for long.

        Args:
            first: sequence number of the first event that is wanted.
        """
        while True:
            news = self._news
            for event in self._events[first:]:
                yield event
                first += 1
            if self._over and first >= len(self._events):
                return
            if news is self._news and not await _comes(news):
                yield None

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


async def again(events: Sequence[Event], first: int) -> AsyncGenerator[Event | None, None]:
    """The same for an answer that is over.

    Args:
        events: all that was told.
        first: sequence number of the first event that is wanted.
    """
    for event in events[first:]:
        yield event


async def _comes(news: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(_QUIET_SECONDS):
            return await news.wait()
    except TimeoutError:
        return False
