"""The server from its start to its end."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.errors import RequestError
from app.respond.fields import Fields
from app.server.application import build
from app.server.guard import Guard
from app.server.idle import unload_when_idle
from app.server.listening import http_server, listen, url_of
from app.server.live import Jobs
from app.server.options import ServerOptions, read_keys
from app.server.owner import Emit, Owner
from app.server.rates import Rates
from app.server.service import Service
from app.server.shelf import Shelf
from app.server.watching import Watcher
from app.worker.protocol import SERVING

_FILES = 4096


class Server:
    """One run of the server, in the thread that calls `run`; the other methods are for any thread.

    Args:
        options: how it is to run.
        jobs: the worker's queue.
        emit: speaks with whoever switched it on.
        stored: file of the stored responses; None for memory.
    """

    def __init__(self, options: ServerOptions, jobs: Jobs, emit: Emit, stored: Path | None) -> None:
        self._options = options
        self._jobs = jobs
        self._emit = emit
        self._stored = stored
        self._ready = threading.Lock()
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._owner: Owner | None = None
        self._guard: Guard | None = None

    def run(self) -> None:
        """Serve until `stop`.

        Raises:
            UsageError: the address is taken.
        """
        asyncio.run(self._serve())

    def stop(self) -> None:
        """End it; what is being answered is cancelled."""
        with self._ready:
            self._stopping.set()
            if self._loop is not None and self._stop is not None:
                with suppress(RuntimeError):  # it has ended already
                    self._loop.call_soon_threadsafe(self._stop.set)

    def answer(self, params: Mapping[str, Any]) -> None:
        """The answer to a question of the server."""
        if self._owner is not None:
            with suppress(RuntimeError):
                self._owner.answer(params)

    def replace_keys(self, params: Mapping[str, Any]) -> None:
        """Take `keys` instead of those it has. It ends where others than this computer would need none."""
        try:
            keys = read_keys(Fields(params))
        except RequestError:
            self.stop()
            return
        if not keys and not self._options.loopback:
            self.stop()
        elif self._guard is not None:
            self._guard.replace_keys(keys)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        self._owner = Owner(self._emit, loop)
        with self._ready:
            self._loop, self._stop = loop, asyncio.Event()
            if self._stopping.is_set():
                self._stop.set()
        rates = Rates(self._options.rate_limit, time.monotonic)
        service = Service(self._options, self._jobs, self._owner, Shelf(self._stored), rates)
        try:
            await self._listen(service, self._stop)
        finally:
            service.shelf.close()

    async def _listen(self, service: Service, stop: asyncio.Event) -> None:
        _allow_many_files()
        listening = listen(self._options.host, self._options.port)
        self._guard = guard = build(service)
        server = http_server(Watcher(guard, self._emit) if self._options.watch else guard)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        watching = asyncio.create_task(unload_when_idle(service)) if self._options.keep_alive else None
        ending = asyncio.create_task(stop.wait())
        self._emit(SERVING, {"url": url_of(listening)})
        await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        for task in filter(None, (watching, ending)):
            task.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        listening.close()


def _allow_many_files() -> None:
    """A connection is a file; macOS allows 256 where nobody asks for more."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < _FILES:
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (min(_FILES, hard), hard))
