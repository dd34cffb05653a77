"""An answer that is given whether anybody waits for it or not: `background: true`.

Its response can be read from the start, first with the status "queued". A client that follows its events may
leave and come back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from app.errors import Cancelled, IndoorsError
from app.respond.items import new_id
from app.respond.request import read_request
from app.respond.response import ResponseObject
from app.server.answering import Answering
from app.server.preparing import Prepared
from app.server.record import Record
from app.server.service import Service
from app.server.stored import StoredResponse
from app.server.watching import watched

Body = Mapping[str, Any]


class Background:
    """One response that nobody has to wait for.

    Args:
        service: of the server.
        prepared: what is asked.

    Attributes:
        value: the response object as it was last told.
        record: what was told so far.
    """

    def __init__(self, service: Service, prepared: Prepared) -> None:
        self._service = service
        self._prepared = prepared
        self._answering: Answering | None = None
        self._ended = asyncio.Event()
        self._own = {"id": new_id("resp"), "created_at": int(time.time())}
        self.value: Body = {**_waiting(prepared), **self._own}
        self.record = Record()

    async def begin(self) -> None:
        """Put it into the queue; from now on it needs no client.

        Raises:
            StorageError: it cannot be stored, so nobody could read it.
            QueueFull: too many wait already.
        """
        await self._service.shelf.put(StoredResponse(self.value, self._prepared.input))
        self._answering = Answering(self._service, self._prepared.unstored())
        self._service.answers[self.value["id"]] = self
        if (request := watched()) is not None:
            request.hold()
        for kind in ("response.created", "response.queued"):
            self._tell({"type": kind, "response": self.value})
        task = asyncio.create_task(self._run(self._answering))
        self._service.tasks.add(task)
        task.add_done_callback(self._service.tasks.discard)

    async def cancel(self) -> Body:
        """Stop it; gives the response object at its end."""
        if self._answering is not None:
            await self._answering.cancel()
            await self._ended.wait()
        return self.value

    async def _run(self, answering: Answering) -> None:
        try:
            async for event in answering.events():
                if event is not None and event["type"] != "response.created":
                    await self._pass_on(event)
        except Cancelled:
            await self._close("response.incomplete", status="cancelled")
        except IndoorsError as error:
            failure = {"code": error.code, "message": str(error)}
            await self._close("response.failed", status="failed", error=failure)
        finally:
            self._service.answers.pop(self.value["id"], None)
            self.record.end()
            self._ended.set()
            if (request := watched()) is not None:
                request.ends()

    async def _pass_on(self, event: Body) -> None:
        if "response" not in event:
            self._tell(event)
        elif event["type"] == "response.in_progress":
            self.value = {**event["response"], **self._own}
            self._tell({**event, "response": self.value})
        else:
            assert self._answering is not None
            await self._close(event["type"], **{**self._answering.value, **self._own})

    async def _close(self, kind: str, **changed: Any) -> None:
        """It is over: stored first, then told."""
        value = {**self.value, **changed}
        last = self._numbered({"type": kind, "response": value})
        stored = StoredResponse(value, self._prepared.input)
        with suppress(IndoorsError):  # a full disk must not take the answer from who follows it
            await self._service.shelf.put(stored, [*self.record.events, last])
        self.value = value
        self.record.add(last)

    def _tell(self, event: Body) -> None:
        self.record.add(self._numbered(event))

    def _numbered(self, event: Body) -> Body:
        return {**event, "sequence_number": len(self.record.events)}


def _waiting(prepared: Prepared) -> Body:
    """The response object of a request that waits its turn."""
    request = read_request(prepared.params)
    response = ResponseObject(request, str(prepared.params["model"]), created_at=0)
    response.status = "queued"
    return response.value([])
