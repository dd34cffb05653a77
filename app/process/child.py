"""One running child process and its three pipes, on an asyncio loop."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from app.errors import WorkerDied
from app.process.frames import FrameSplitter
from app.process.messages import Event, Garbage, decode_event

_STDIN, _STDOUT, _STDERR = 0, 1, 2
_DRAIN_SECONDS = 1.0
_STDERR_LINES = 200
_STDERR_LINE_BYTES = 2000
_LOG = logging.getLogger(__name__)

Hear = Callable[[Event, int], None]
"""Takes an event and how many bytes its frame has."""


class Child(asyncio.SubprocessProtocol):
    """A child process. Works on any loop that can start processes, qasync's too.

    Args:
        name: what messages call it: "worker".
        hear: takes each event.
        ended: called once, when the process has ended and its pipes are read to their end.
    """

    def __init__(self, name: str, hear: Hear, ended: Callable[[Child], None]) -> None:
        self._name = name
        self._hear = hear
        self._on_end = ended
        self._frames = FrameSplitter()
        self._lines = FrameSplitter(_STDERR_LINE_BYTES)
        self._stderr: deque[str] = deque(maxlen=_STDERR_LINES)
        self._transport: asyncio.SubprocessTransport | None = None
        self._drain: asyncio.TimerHandle | None = None
        self._paused = False
        self._loop = asyncio.get_running_loop()
        self._end: asyncio.Future[None] = self._loop.create_future()
        self.spoke = False
        self.ignored_cancel = False
        self.asked_to_end = False

    @property
    def running(self) -> bool:
        """It takes requests."""
        if self._transport is None or self._end.done() or self.asked_to_end:
            return False
        return self._transport.get_returncode() is None

    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self._transport.get_pid() if self._transport else None

    @property
    def exit_code(self) -> int:
        """How it ended; 0 while it runs."""
        code = self._transport.get_returncode() if self._transport else None
        return code or 0

    @property
    def stderr(self) -> tuple[str, ...]:
        """The last lines of its standard error."""
        return tuple(self._stderr)

    async def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start the process.

        Raises:
            WorkerDied: the system refused.
        """
        pipe = subprocess.PIPE
        together = {**os.environ, **environment, "PYTHONUTF8": "1"}
        try:
            await self._loop.subprocess_exec(
                lambda: self, *command, stdin=pipe, stdout=pipe, stderr=pipe, env=together, **_apart()
            )
        except OSError as error:
            reason = error.strerror or str(error)
            raise WorkerDied(
                "The {process} process could not be started: {reason}.",
                "Install it again.",
                process=self._name,
                reason=reason,
            ) from error

    def write(self, frame: bytes) -> None:
        """Send a frame; nothing happens if the process has gone, as `ended` will tell."""
        stdin = self._pipe(_STDIN)
        if stdin is not None and not stdin.is_closing():
            cast("asyncio.WriteTransport", stdin).write(frame)

    def close_stdin(self) -> None:
        """Ask it to end."""
        self.asked_to_end = True
        self.pause(paused=False)
        if (stdin := self._pipe(_STDIN)) is not None:
            stdin.close()

    def kill(self) -> None:
        """End it at once."""
        if self._transport is not None and self._transport.get_returncode() is None:
            try:
                self._transport.kill()
            except ProcessLookupError:
                return

    def pause(self, *, paused: bool) -> None:
        """Stop reading its events, or go on; it waits when the pipe is full."""
        stdout = self._pipe(_STDOUT)
        if paused == self._paused or stdout is None or stdout.is_closing():
            return
        self._paused = paused
        reader = cast("asyncio.ReadTransport", stdout)
        if paused:
            reader.pause_reading()
        else:
            reader.resume_reading()

    async def wait(self, seconds: float) -> bool:
        """Wait until it has ended, for at most so long; says whether it has."""
        ended, _ = await asyncio.wait([self._end], timeout=seconds)
        return bool(ended)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The process runs."""
        self._transport = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """It said something."""
        if fd == _STDERR:
            self._note(data)
            return
        for line in self._frames.feed(data):
            event = decode_event(line)
            if isinstance(event, Garbage):
                _LOG.warning("the %s sent garbage: %s", self._name, event.reason)
            else:
                self.spoke = True
                self._hear(event, len(line) if isinstance(line, bytes) else 0)

    def process_exited(self) -> None:
        """It ended; whoever inherited its pipes must not keep us waiting for their end."""
        self.pause(paused=False)
        if self._transport is not None:
            self._drain = self._loop.call_later(_DRAIN_SECONDS, self._transport.close)

    def connection_lost(self, _: Exception | None) -> None:
        """It ended and its pipes are read."""
        if self._drain is not None:
            self._drain.cancel()
        if self._transport is not None:
            self._transport.close()
        if not self._end.done():
            self._end.set_result(None)
        self._on_end(self)

    def _pipe(self, number: int) -> asyncio.BaseTransport | None:
        return self._transport.get_pipe_transport(number) if self._transport is not None else None

    def _note(self, data: bytes) -> None:
        for line in self._lines.feed(data):
            raw = line if isinstance(line, bytes) else line.head
            text = raw.decode("utf-8", errors="replace").rstrip()
            self._stderr.append(text)
            _LOG.debug("%s: %s", self._name, text)


def _apart() -> dict[str, Any]:
    """Keep a Ctrl-C in our terminal from reaching the child: we cancel what it does in order."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
