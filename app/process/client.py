"""Our side of the process boundary: a child that is started when needed and started again when it died.

Light: neither Qt nor any inference library is imported here. Works on any asyncio loop.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from app.errors import Cancelled
from app.process.child import Child
from app.process.messages import CANCEL, DONE, Event, Request
from app.process.outcome import Outcome
from app.process.stream import EventStream

BACKLOG_BYTES = 8 << 20
_CLOSE_SECONDS = 6.0
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Program:
    """How to start a child and what to call it.

    Attributes:
        command: the child's command line.
        name: what messages call it: "worker".
        environment: set for it besides our own.
        urgent: methods it answers at once, even while much lies here unread.
        standing: methods that go on until they are cancelled, and do not keep it from being replaced.
    """

    command: Sequence[str]
    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    urgent: Collection[str] = frozenset()
    standing: Collection[str] = frozenset()


def common_options(home: Path | None, *, debug: bool) -> list[str]:
    """The options that every command of this program has."""
    return [*(["--home", str(home)] if home else []), *(["--debug"] if debug else [])]


class ProcessClient:
    """Asks a child process.

    Args:
        program: how to start it.
        patience: seconds a cancelled request may go on before the child is killed.
    """

    def __init__(self, program: Program, patience: float = _PATIENCE_SECONDS) -> None:
        self._program = program
        self._patience = patience
        self._child: Child | None = None
        self._line: Sequence[str] = program.command
        self._starting = asyncio.Lock()
        self._ids = itertools.count(1)
        self._preparing: dict[int, asyncio.Task[Request]] = {}
        self._streams: dict[int, EventStream] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._impatient: dict[int, asyncio.TimerHandle] = {}
        self._backlog = 0
        self.last_outcome: Outcome | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def pid(self) -> int | None:
        """The running child's process id."""
        return self._child.pid if self._child is not None and self._child.running else None

    def request(self, method: str, params: Mapping[str, Any] | None = None) -> EventStream:
        """Ask for something; iterate over what comes."""
        request = Request(next(self._ids), method, params or {})
        return EventStream(request, self._submit, self._cancel, self._taken)

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        on_event: Callable[[Event], None] = lambda _: None,
    ) -> Mapping[str, Any]:
        """Ask for something and wait for its end; gives the data of `done`.

        Raises:
            WorkerDied: the child ended first.
            IndoorsError: whatever the child answered instead.
        """
        data: Mapping[str, Any] = {}
        async with self.request(method, params) as stream:
            async for event in stream:
                data = event.data
                if event.name != DONE:
                    on_event(event)
        return data

    async def close(self) -> None:
        """End the child and give all its memory back; the next request starts another one."""
        if self._child is not None:
            self._child.close_stdin()
            await _see_off(self._child)

    async def _prepared(self, request: Request, tell: Callable[[Event], None]) -> Request:
        """What is really sent for a request.

        Args:
            request: as it was asked.
            tell: hears what happens meanwhile, as if the child said it of the request.
        """
        del tell
        return request

    def _command(self, request: Request, running: Sequence[str] | None) -> Sequence[str]:
        """The command line of the child that a request needs.

        Args:
            request: as it is sent.
            running: that of the child that runs now; None when there is none.

        Raises:
            IndoorsError: there is no such child.
        """
        del request, running
        return self._program.command

    def _concluded(self, request: Request, event: Event) -> None:
        """The child said the last word on a request: `done` or `error`."""

    async def _submit(self, stream: EventStream) -> None:
        number = int(stream.request.id)
        preparing = asyncio.ensure_future(self._prepared(stream.request, lambda event: _told(stream, event)))
        self._preparing[number] = preparing
        try:
            stream.request = await preparing
        except asyncio.CancelledError:
            if preparing.cancelled() and stream.cancelled and not _is_cancelled():
                raise Cancelled("The request was cancelled.") from None
            raise
        finally:
            del self._preparing[number]
        await self._send(stream)

    async def _send(self, stream: EventStream) -> None:
        frame = stream.request.encode()
        await self._make_way(stream.request)
        async with self._starting:
            child = await self._running_child(stream.request)
        self._streams[int(stream.request.id)] = stream
        self._note_idleness()
        self._sent(stream.request)
        self._balance()
        child.write(frame)
        if stream.cancelled:  # while the child was started
            self._cancel(stream)

    def _sent(self, request: Request) -> None:
        """A request is on its way to a running child."""

    async def _make_way(self, request: Request) -> None:
        """Where another child is needed than the one that runs, end that once it has answered everything."""
        while (child := self._child) is not None and child.running:
            if self._command(request, self._line) == self._line:
                return
            if self._idle.is_set():
                child.close_stdin()
                return
            await self._idle.wait()

    async def _running_child(self, request: Request) -> Child:
        if self._child is not None and self._child.running:
            return self._child
        line = self._command(request, None)
        if self._child is not None:
            await _see_off(self._child)
        child = Child(self._program.name, self._hear, self._ended)
        await child.start(line, self._program.environment)
        self._child, self._line = child, line
        return child

    def _cancel(self, stream: EventStream) -> None:
        child, number = self._child, int(stream.request.id)
        if preparing := self._preparing.get(number):
            preparing.cancel()
        if child is None or number not in self._streams:
            return
        child.write(Request(next(self._ids), CANCEL, {"target": number}).encode())
        loop = asyncio.get_running_loop()
        self._impatient[number] = loop.call_later(self._patience, _lose_patience, child)

    def _hear(self, event: Event, size: int) -> None:
        stream = self._streams.get(event.id) if isinstance(event.id, int) else None
        if stream is None:
            return
        if stream.put(event, size):
            self._backlog += size
        if event.terminal:
            self._forget(stream)
            self._concluded(stream.request, event)
        self._balance()

    def _forget(self, stream: EventStream) -> None:
        number = int(stream.request.id)
        self._streams.pop(number, None)
        self._note_idleness()
        if timer := self._impatient.pop(number, None):
            timer.cancel()

    def _note_idleness(self) -> None:
        standing = self._program.standing
        if all(stream.request.method in standing for stream in self._streams.values()):
            self._idle.set()
        else:
            self._idle.clear()

    def _ended(self, child: Child) -> None:
        if child is not self._child:
            return
        doing = next((stream.request.method for stream in self._streams.values()), "")
        self.last_outcome = Outcome(
            child.exit_code,
            str(doing),
            child.spoke,
            child.ignored_cancel,
            child.asked_to_end,
            child.stderr,
            self._program.name,
        )
        for stream in list(self._streams.values()):
            self._forget(stream)
            unwanted = stream.cancelled or child.asked_to_end
            stream.fail(Cancelled("The request was cancelled.") if unwanted else self.last_outcome.error())

    def _taken(self, size: int) -> None:
        self._backlog -= size
        self._balance()

    def _balance(self) -> None:
        """Let the child wait while too much lies here unread, unless a quick answer is on its way."""
        urgent = any(
            stream.request.method in self._program.urgent or stream.cancelled
            for stream in self._streams.values()
        )
        if self._child is not None and self._child.running:
            self._child.pause(paused=self._backlog > BACKLOG_BYTES and not urgent)


def _told(stream: EventStream, event: Event) -> None:
    stream.put(replace(event, id=stream.request.id), 0)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _see_off(child: Child) -> None:
    """Wait for the end of a child that is ending; force it if that takes long, or if we are cancelled."""
    try:
        await child.wait(_CLOSE_SECONDS)
    finally:
        child.kill()
        await child.wait(_CLOSE_SECONDS)


def _lose_patience(child: Child) -> None:
    child.ignored_cancel = True
    child.kill()
