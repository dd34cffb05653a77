"""An account of the requests as they come and go, for whoever switched the server on."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.worker.protocol import REQUEST

Emit = Callable[[str, Mapping[str, Any]], None]

_LONGEST_TEXT = 200
_REFUSED = 400


class Watched:
    """One request. It tells of itself when its answer is asked of a model, and at its end.

    Args:
        number: which one it is.
        scope: as ASGI describes it.
        emit: tells of it.
    """

    def __init__(self, number: int, scope: Scope, emit: Emit) -> None:
        self._emit = emit
        self._began = time.monotonic()
        self._state = "running"
        self._holders = 1
        self._told: dict[str, Any] = {
            "number": number,
            "method": str(scope.get("method", "WebSocket")),
            "path": str(scope["path"])[:_LONGEST_TEXT],
            "model": "",
            "status": 0,
            "input_tokens": 0,
            "output_tokens": 0,
        }

    def asks(self, model: object) -> None:
        """A model is asked."""
        self._told["model"] = str(model or "")[:_LONGEST_TEXT]
        self._tell()

    def hears(self, response: Mapping[str, Any]) -> None:
        """The response object, as it is now."""
        usage = response.get("usage") or {}
        for name in ("input_tokens", "output_tokens"):
            self._told[name] = usage.get(name, 0)
        self._state = "running" if response["status"] == "in_progress" else response["status"]

    def starts(self, status: int) -> None:
        """The answer begins, with a status of HTTP."""
        self._told["status"] = status

    def hold(self) -> None:
        """Its answer goes on without it, and says by `ends` when it is over."""
        self._holders += 1

    def ends(self) -> None:
        """It is over; an answer that has no end was left by its client."""
        self._holders -= 1
        if self._holders:
            return
        if self._state == "running" and self._told["status"] >= _REFUSED:
            self._state = "refused"
        elif self._state == "running":
            self._state = "cancelled" if self._told["model"] or not self._told["status"] else "completed"
        self._tell()

    def _tell(self) -> None:
        seconds = round(time.monotonic() - self._began, 3)
        self._emit(REQUEST, {**self._told, "state": self._state, "seconds": seconds})


_WATCHED: ContextVar[Watched | None] = ContextVar("watched", default=None)


def watched() -> Watched | None:
    """The request that is being answered here; None where nobody watches."""
    return _WATCHED.get()


class Watcher:
    """ASGI middleware that tells of each request.

    Args:
        app: what answers.
        emit: tells of them.
    """

    def __init__(self, app: ASGIApp, emit: Emit) -> None:
        self._app = app
        self._emit = emit
        self._numbers = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        request = Watched(next(self._numbers), scope, self._emit)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.starts(message["status"])
            await send(message)

        mark = _WATCHED.set(request)
        try:
            await self._app(scope, receive, sent)
        finally:
            _WATCHED.reset(mark)
            request.ends()
