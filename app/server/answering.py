"""One response being given: its events pass through, and what they say is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any

from app.errors import Cancelled, IndoorsError
from app.server.live import QUIET, Live
from app.server.preparing import Prepared
from app.server.record import Record
from app.server.service import Service
from app.server.stored import StoredResponse
from app.server.watching import watched
from app.worker.protocol import Method

_ENDINGS = frozenset({"response.completed", "response.incomplete", "response.failed"})
Body = Mapping[str, Any]


class Answering:
    """One response, from the queue to its end.

    Args:
        service: of the server.
        prepared: what is asked.

    Attributes:
        record: what was told so far.

    Raises:
        QueueFull: too many wait already.
    """

    def __init__(self, service: Service, prepared: Prepared) -> None:
        self._service = service
        self._prepared = prepared
        self._live: Live = service.follow(Method.RESPOND, prepared.params)
        self._watched = watched()
        if self._watched is not None:
            self._watched.asks(prepared.params.get("model"))
        self._value: Body = {}
        self._asked_to_stop = False
        self._ended = asyncio.Event()
        self.record = Record()

    @property
    def value(self) -> Body:
        """The response object as it was last told; empty before it began."""
        return self._value

    async def cancel(self) -> Body:
        """Stop it; gives the response object at its end."""
        self._asked_to_stop = True
        self._live.cancel()
        await self._ended.wait()
        return self._value

    async def events(self) -> AsyncGenerator[Body | None, None]:
        """The response's events, and None whenever there was none for long. Whoever leaves early ends it.

        A response is stored before its last event is given.

        Raises:
            IndoorsError: the worker refused the request; no event came then. What fails after the first event
                is told by `response.failed`.
        """
        try:
            async for event in self._live:
                if event.name.startswith("response."):
                    await self._note(event.data)
                    self.record.add(event.data)
                    yield event.data
                elif event is QUIET:
                    yield None
        except IndoorsError:
            if self._value.get("status") in {None, "in_progress"}:
                raise
        finally:
            self._live.cancel()
            self._service.answers.pop(str(self._value.get("id")), None)
            self.record.end()
            self._ended.set()

    async def result(self) -> Body:
        """The response object at the end.

        Raises:
            IndoorsError: the worker refused the request, or failed.
        """
        async for _ in self.events():
            pass
        error = self._value.get("error")
        if self._value.get("status") == "failed" and isinstance(error, Mapping):
            raise IndoorsError(str(error["message"]))
        if not self._value:
            raise Cancelled("The request was cancelled.")
        return self._value

    async def _note(self, event: Body) -> None:
        response = event.get("response")
        if response is None:
            return
        value = self._told(response)
        if self._watched is not None:
            self._watched.hears(value)
        if event["type"] not in _ENDINGS:
            self._service.answers[response["id"]] = self
        elif self._prepared.store:
            stored = StoredResponse(value, self._prepared.input)
            with suppress(IndoorsError):  # a full disk must not take the answer away
                await self._service.shelf.put(stored, [*self.record.events, event])
        self._value = value

    def _told(self, response: Body) -> Body:
        """As the API tells of a response that somebody cancelled."""
        if self._asked_to_stop and response["status"] == "incomplete":
            return {**response, "status": "cancelled", "incomplete_details": None}
        return response
