"""Questions to whoever switched the server on: which models there are, and whether one may be loaded."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from typing import Any

from app.errors import IndoorsError, WorkerDied, from_json
from app.worker.protocol import ASK

Emit = Callable[[str, Mapping[str, Any]], None]
_PATIENCE_SECONDS = 30.0


class Owner:
    """Asks over the worker's pipe, and waits for the answer.

    The worker knows no model but the one it is told to load: names become folders on the other side, which
    also holds the memory guard.

    Args:
        emit: sends an event.
        loop: the server's.
        patience: seconds to wait for an answer.
    """

    def __init__(
        self, emit: Emit, loop: asyncio.AbstractEventLoop, patience: float = _PATIENCE_SECONDS
    ) -> None:
        self._emit = emit
        self._loop = loop
        self._patience = patience
        self._tickets = itertools.count(1)
        self._open: dict[int, asyncio.Future[Mapping[str, Any]]] = {}

    async def ask(self, question: str, **about: Any) -> Mapping[str, Any]:
        """Ask one thing.

        Raises:
            WorkerDied: nobody answers.
            IndoorsError: whatever the answer says.
        """
        ticket = next(self._tickets)
        future: asyncio.Future[Mapping[str, Any]] = self._loop.create_future()
        self._open[ticket] = future
        try:
            self._emit(ASK, {"ticket": ticket, "question": question, **about})
            async with asyncio.timeout(self._patience):
                return await future
        except TimeoutError as error:
            raise WorkerDied("The program that runs the server does not answer.", "Try again.") from error
        finally:
            self._open.pop(ticket, None)

    def tell(self, event: str, data: Mapping[str, Any]) -> None:
        """Say something that needs no answer."""
        self._emit(event, data)

    def answer(self, params: Mapping[str, Any]) -> None:
        """Take an answer: `ticket`, and `data` or `error`; any thread may call this."""
        self._loop.call_soon_threadsafe(self._settle, params)

    def _settle(self, params: Mapping[str, Any]) -> None:
        future = self._open.get(params.get("ticket", 0))
        if future is None or future.done():
            return
        error, data = params.get("error"), params.get("data")
        if isinstance(error, Mapping):
            future.set_exception(from_json(error))
        elif isinstance(data, Mapping):
            future.set_result(data)
        else:
            future.set_exception(IndoorsError("The answer to a question of the server has no data."))
