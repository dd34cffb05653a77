"""Takes requests in and does each in a thread of its own: they wait for the network, not for each other."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from app.errors import Cancelled
from app.process.frames import Oversized
from app.process.host.job import Handler, Job, Send, perform
from app.process.messages import (
    CANCEL,
    DONE,
    ERROR,
    Event,
    Garbage,
    Request,
    RequestId,
    decode_request,
    error_data,
)


class Host:
    """The heart of a child whose requests do not wait for one another.

    Args:
        send: takes events on their way to the client.
        handlers: what does each method's work.
    """

    def __init__(self, send: Send, handlers: Mapping[str, Handler]) -> None:
        self._send = send
        self._handlers = handlers
        self._methods = frozenset(handlers) | {CANCEL}
        self._jobs: dict[RequestId, Job] = {}
        self._lock = threading.Lock()

    def receive(self, line: bytes | Oversized) -> None:
        """Take one line in."""
        request = decode_request(line, self._methods)
        if isinstance(request, Garbage):
            self._send(Event(request.id, ERROR, error_data(request.error())), urgent=True)
        elif request.method == CANCEL:
            self._send(Event(request.id, DONE, {"cancelled": self._cancel(request)}), urgent=True)
        elif self._register(job := Job(request, self._send)):
            threading.Thread(target=self._do, args=(job,), daemon=True).start()
        else:
            used = Garbage(f"The id {request.id!r} is in use; the second request was refused.")
            self._send(Event(None, ERROR, error_data(used.error())), urgent=True)

    def _register(self, job: Job) -> bool:
        with self._lock:
            return self._jobs.setdefault(job.request.id, job) is job

    def _do(self, job: Job) -> None:
        perform(job, self._handlers[job.request.method])
        with self._lock:
            self._jobs.pop(job.request.id, None)

    def _cancel(self, request: Request) -> bool:
        """Nobody waits for the network once a request is cancelled; its thread ends when it can."""
        target = request.params.get("target")
        with self._lock:
            job = self._jobs.get(target) if isinstance(target, str | int) else None
        if job is None:
            return False
        job.cancel()
        job.fail(Cancelled("The request was cancelled."))
        return True
