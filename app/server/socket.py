"""/v1/responses over a WebSocket: each text message is a request, its events come back as messages.

A message is `{"type": "response.create", …}` with the fields of POST /v1/responses. Requests of a connection
are answered one after the other; when it closes, what is being answered ends.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import aclosing, suppress
from typing import Any

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.errors import IndoorsError
from app.respond.fields import Fields, invalid
from app.server.answering import Answering
from app.server.bodies import parse
from app.server.guard import CALLER
from app.server.preparing import prepare
from app.server.problems import Problem, problem_of, too_many
from app.server.service import Service

_CREATE = "response.create"
_MOST_WAITING = 4


class Sockets:
    """The route.

    Args:
        service: what the routes share.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[WebSocketRoute]:
        """All of them."""
        return [WebSocketRoute("/v1/responses", self.serve)]

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from its beginning to its end."""
        await socket.accept()
        messages: asyncio.Queue[str | bytes] = asyncio.Queue(_MOST_WAITING)
        answering = asyncio.create_task(self._answer_all(socket, messages))
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                await messages.put(message.get("text") or message.get("bytes") or "")
        finally:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)

    async def _answer_all(self, socket: WebSocket, messages: asyncio.Queue[str | bytes]) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                message = await messages.get()
                if seconds := self._service.rates.take(socket.scope[CALLER]):
                    await _send(socket, _failure(too_many(seconds)))
                    continue
                try:
                    await self._answer(socket, message)
                except IndoorsError as error:
                    await _send(socket, _failure(problem_of(error)))

    async def _answer(self, socket: WebSocket, message: str | bytes) -> None:
        body = parse(message.encode("utf-8", "replace") if isinstance(message, str) else message)
        Fields(body).text("type", (_CREATE,))
        asked = {key: value for key, value in body.items() if key != "type"}
        prepared = await prepare(self._service, asked)
        if prepared.background:
            raise invalid("background", "is for requests over HTTP")
        async with aclosing(Answering(self._service, prepared).events()) as events:
            async for event in events:
                if event is not None:
                    await _send(socket, event)


def _failure(problem: Problem) -> Mapping[str, Any]:
    """A problem as a message: nested, with its status, as there is none of HTTP."""
    return {"type": "error", "status": problem.status, "error": problem.value()}


async def _send(socket: WebSocket, event: Mapping[str, Any]) -> None:
    await socket.send_text(json.dumps(event, ensure_ascii=False, separators=(",", ":")))
