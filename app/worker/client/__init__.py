"""The window's and the command line's side of the process boundary.

Light: neither Qt nor any inference library is imported here. Works on any asyncio loop.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from app import paths
from app.errors import Cancelled
from app.worker.client.child import Child
from app.worker.client.outcome import Outcome
from app.worker.client.stream import EventStream
from app.worker.protocol import CONTROL, DONE, Event, Method, Request

__all__ = ["EventStream", "Outcome", "WorkerClient"]

_BACKLOG_BYTES = 8 << 20
_CLOSE_SECONDS = 6.0
_PATIENCE_SECONDS = 10.0
_NEED_MODEL = frozenset({Method.RESPOND, Method.RENDER, Method.TOKENIZE})


class WorkerClient:
    """Asks a worker process, which it starts when needed and starts again when it died.

    Args:
        home: passed on to the worker (`--home`); None for the default.
        debug: let the worker log everything; the lines come out through `logging`, level DEBUG.
        patience: seconds a cancelled request may go on before the worker is killed.
        command: how to start a worker; None for this same program.
    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        debug: bool = False,
        patience: float = _PATIENCE_SECONDS,
        command: Sequence[str] | None = None,
    ) -> None:
        self._command = list(command or paths.worker_command())
        self._command += ["--home", str(home)] if home else []
        self._command += ["--debug"] if debug else []
        self._patience = patience
        self._child: Child | None = None
        self._starting = asyncio.Lock()
        self._ids = itertools.count(1)
        self._streams: dict[int, EventStream] = {}
        self._impatient: dict[int, asyncio.TimerHandle] = {}
        self._backlog = 0
        self._model: Mapping[str, Any] | None = None
        self.last_outcome: Outcome | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def request(self, method: str, params: Mapping[str, Any] | None = None) -> EventStream:
        """Ask for something; iterate over what comes.

        A request that needs a model carries the one loaded last, so that a worker that was started again
        loads it again.
        """
        request = Request(next(self._ids), Method(method), params or {})
        return EventStream(request, self._submit, self._cancel, self._taken)

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        on_event: Callable[[Event], None] = lambda _: None,
    ) -> Mapping[str, Any]:
        """Ask for something and wait for its end; gives the data of `done`.

        Raises:
            WorkerDied: the worker ended first.
            IndoorsError: whatever the worker answered instead.
        """
        data: Mapping[str, Any] = {}
        async with self.request(method, params) as stream:
            async for event in stream:
                data = event.data
                if event.name != DONE:
                    on_event(event)
        return data

    async def close(self) -> None:
        """End the worker and give all its memory back; the next request starts another one."""
        if self._child is not None:
            self._child.close_stdin()
            await _see_off(self._child)

    async def _submit(self, stream: EventStream) -> None:
        stream.request = self._with_model(stream.request)
        frame = stream.request.encode()
        async with self._starting:
            child = await self._running_child()
        self._streams[int(stream.request.id)] = stream
        self._remember_model(stream.request)
        self._balance()
        child.write(frame)
        if stream.cancelled:  # while the worker was started
            self._cancel(stream)

    async def _running_child(self) -> Child:
        if self._child is not None and self._child.running:
            return self._child
        if self._child is not None:
            await _see_off(self._child)
        child = Child(self._hear, self._ended)
        await child.start(self._command)
        self._child = child
        return child

    def _cancel(self, stream: EventStream) -> None:
        child, number = self._child, int(stream.request.id)
        if child is None or number not in self._streams:
            return
        child.write(Request(next(self._ids), Method.CANCEL, {"target": number}).encode())
        loop = asyncio.get_running_loop()
        self._impatient[number] = loop.call_later(self._patience, _lose_patience, child)

    def _hear(self, event: Event, size: int) -> None:
        stream = self._streams.get(event.id) if isinstance(event.id, int) else None
        if stream is None:
            return
        if stream.put(event, size):
            self._backlog += size
        if event.terminal:
            self._forget(stream, failed=event.name != DONE)
        self._balance()

    def _forget(self, stream: EventStream, *, failed: bool) -> None:
        number = int(stream.request.id)
        self._streams.pop(number, None)
        if timer := self._impatient.pop(number, None):
            timer.cancel()
        if failed and stream.request.method is Method.LOAD and self._model == stream.request.params:
            self._model = None

    def _ended(self, child: Child) -> None:
        if child is not self._child:
            return
        doing = next((str(stream.request.method) for stream in self._streams.values()), "")
        self.last_outcome = Outcome(
            child.exit_code, doing, child.spoke, child.ignored_cancel, child.asked_to_end, child.stderr
        )
        model = self._model
        for stream in list(self._streams.values()):
            self._forget(stream, failed=True)
            unwanted = stream.cancelled or child.asked_to_end
            stream.fail(Cancelled("The request was cancelled.") if unwanted else self.last_outcome.error())
        self._model = model

    def _taken(self, size: int) -> None:
        self._backlog -= size
        self._balance()

    def _balance(self) -> None:
        """Let the worker wait while too much lies here unread, unless a quick answer is on its way."""
        urgent = any(
            stream.request.method in CONTROL or stream.cancelled for stream in self._streams.values()
        )
        if self._child is not None and self._child.running:
            self._child.pause(paused=self._backlog > _BACKLOG_BYTES and not urgent)

    def _with_model(self, request: Request) -> Request:
        extension = request.params.get("indoors", {})
        if request.method not in _NEED_MODEL or self._model is None or "load" in extension:
            return request
        return replace(request, params={**request.params, "indoors": {**extension, "load": self._model}})

    def _remember_model(self, request: Request) -> None:
        if request.method is Method.LOAD:
            self._model = request.params
        elif request.method is Method.UNLOAD:
            self._model = None
        elif request.method in _NEED_MODEL:
            self._model = request.params.get("indoors", {}).get("load", self._model)


async def _see_off(child: Child) -> None:
    """Wait for the end of a worker that is ending; force it if that takes long, or if we are cancelled."""
    try:
        await child.wait(_CLOSE_SECONDS)
    finally:
        child.kill()
        await child.wait(_CLOSE_SECONDS)


def _lose_patience(child: Child) -> None:
    child.ignored_cancel = True
    child.kill()
