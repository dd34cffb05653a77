"""Answers that take long: server-sent events, and the end of whatever nobody waits for any more.

The form of a stream: WHATWG, HTML, section 9.2 (server-sent events).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

from app.errors import IndoorsError
from app.server.problems import Problem, problem_of, unexpected

_LOG = logging.getLogger(__name__)
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
DONE = b"data: [DONE]\n\n"
_COMMENT = b": waiting\n\n"

Event = Mapping[str, Any]
Write = Callable[[Event], bytes]


def server_sent(event: Event) -> bytes:
    """An event of the Responses API in a stream."""
    data = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event['type']}\ndata: {data}\n\n".encode("utf-8", "replace")


def failure(problem: Problem) -> Event:
    """A problem that comes when a stream has begun; flat, so that clients go on to what follows."""
    value = problem.value()
    return {**value, "type": "error", "sequence_number": 0}


class WhileConnected:
    """An ASGI response whose work ends when the client goes away.

    Args:
        work: writes the whole answer.
    """

    def __init__(self, work: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        work = asyncio.ensure_future(self._work(scope, receive, send))
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)
        if work.done() and not work.cancelled():
            work.result()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def whole(result: Callable[[], Awaitable[Mapping[str, Any]]]) -> WhileConnected:
    """Answer with one JSON object, or with the problem that came instead."""

    async def work(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = JSONResponse(dict(await result()))
        except IndoorsError as error:
            response = problem_of(error).response()
        await response(scope, receive, send)

    return WhileConnected(work)


def streamed(
    events: AsyncGenerator[Event | None, None],
    write: Write = server_sent,
    fail: Callable[[Problem], bytes] | None = None,
) -> WhileConnected:
    """Answer with a stream of events.

    The status is told with the first event, so a request that is refused at once is an error of HTTP; one
    that waits long gets comments meanwhile.

    Args:
        events: what comes; None where nothing came for long.
        write: an event as bytes; empty where it is not told.
        fail: the same for a problem amid the stream.
    """
    tell = fail or (lambda problem: server_sent(failure(problem)))

    async def work(scope: Scope, receive: Receive, send: Send) -> None:
        stream = _Stream(send)
        try:
            async with aclosing(events):
                async for event in events:
                    await stream.write(_COMMENT if event is None else write(event))
            await stream.write(DONE)
        except IndoorsError as error:
            if not stream.begun:
                await problem_of(error).response()(scope, receive, send)
                return
            await stream.write(tell(problem_of(error)))
        except Exception as error:
            if not stream.begun:
                raise
            _LOG.exception("a stream failed")
            await stream.write(tell(unexpected(type(error).__name__)))
        await stream.end()

    return WhileConnected(work)


class _Stream:
    """The body of an answer, begun with its first bytes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def write(self, data: bytes) -> None:
        if not data:
            return
        if not self.begun:
            self.begun = True
            start: Message = {"type": "http.response.start", "status": 200, "headers": list(_HEADERS)}
            await self._send(start)
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
        await asyncio.sleep(0)  # events that are there already leave no turn to hear that the client is gone

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})
