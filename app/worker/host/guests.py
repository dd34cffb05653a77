"""The HTTP server beside the worker's own requests: a thread that is there while `serve` goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import UsageError
from app.process.host.job import Handler, Job, perform
from app.process.messages import Request, RequestId
from app.worker.host.jobs import JobQueue
from app.worker.protocol import ANSWERED

if TYPE_CHECKING:
    from app.server.run import Server

_LOG = logging.getLogger(__name__)
_LEARNT = ("device", "peak_memory_bytes", "usage", "timings")


class Guests:
    """Requests that come over HTTP, in the worker's queue.

    Args:
        queue: of the worker.
        loaded: the model that is loaded, if one is.
        stored: file of the responses that are kept; None for memory.

    Attributes:
        ready: to be set when the worker can work. Two threads that import the same things at once could
            each get half of them.
    """

    def __init__(
        self, queue: JobQueue, loaded: Callable[[], Mapping[str, Any] | None], stored: Path | None
    ) -> None:
        self._queue = queue
        self._loaded = loaded
        self._stored = stored
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._server: Server | None = None
        self._stopping = False
        self.ready = threading.Event()

    def serve(self, job: Job) -> None:
        """Start the server; the job ends with it."""
        with self._lock:
            if self._job is None:
                self._job, self._stopping = job, False
                threading.Thread(
                    target=perform, args=(job, self._serve_once), name="server", daemon=True
                ).start()
                return
        job.fail(UsageError("The server is on already.", "Switch it off first."))

    def is_serving(self, request_id: RequestId) -> bool:
        """Whether this request started the server that runs."""
        job = self._job
        return job is not None and type(job.request.id) is type(request_id) and job.request.id == request_id

    def stop(self) -> None:
        """End the server, if there is one."""
        with self._lock:
            self._stopping = True
            server = self._server
        self.ready.set()
        if server is not None:
            server.stop()

    def answer(self, request: Request) -> Mapping[str, Any]:
        """The answer to a question of the server."""
        if self._server is not None:
            self._server.answer(request.params)
        return {}

    def replace_keys(self, request: Request) -> Mapping[str, Any]:
        """Other keys open the server from now on."""
        if self._server is not None:
            self._server.replace_keys(request.params)
        return {}

    def submit(self, job: Job) -> None:
        """Let a job wait behind all that came over the pipe."""
        self._queue.put(job, guest=True)

    def told(self, handler: Handler) -> Handler:
        """The same work, whose figures are told to whoever switched the server on."""

        def work(job: Job) -> Mapping[str, Any]:
            data, serving = handler(job), self._job
            load = job.request.params.get("indoors", {}).get("load")
            if serving is not None and load and "peak_memory_bytes" in data:
                learnt = {name: data[name] for name in _LEARNT if name in data}
                serving.emit(ANSWERED, {"load": load, **learnt})
            return data

        return work

    def check_room(self) -> None:
        """Raise QueueFull when too many wait already."""
        self._queue.check_guest_room()

    def cancel(self, job: Job) -> None:
        """Stop a job, or take it out of the queue."""
        self._queue.cancel(job)

    def holds_idle_model(self) -> bool:
        """Whether nobody works or waits, and the model was loaded for a guest."""
        running, waiting = self._queue.overview()
        idle = running is None and not waiting
        return idle and self._queue.last_was_guest and self._loaded() is not None

    def _serve_once(self, job: Job) -> Mapping[str, Any]:
        try:
            return self._serve_until_stopped(job)
        finally:  # whoever hears of the end may switch it on again at once
            with self._lock:
                self._job = self._server = None

    def _serve_until_stopped(self, job: Job) -> Mapping[str, Any]:
        self.ready.wait()
        from app.server.options import read_options  # only who serves pays for what serving takes
        from app.server.run import Server

        server = Server(read_options(job.request.params), self, job.emit, self._stored)
        with self._lock:
            self._server = server
            if self._stopping:
                server.stop()
        server.run()
        return {}
