"""Reads requests, answers the quick ones at once, and runs the others one after the other."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from app import __version__
from app.errors import Cancelled, IndoorsError
from app.process.frames import Oversized
from app.process.host.job import Handler, Job, Send, perform
from app.process.host.lines import read_lines
from app.process.messages import (
    DONE,
    ERROR,
    Event,
    Garbage,
    Request,
    RequestId,
    decode_request,
    error_data,
)
from app.worker.host import memory
from app.worker.host.guests import Guests
from app.worker.host.jobs import JobQueue
from app.worker.protocol import CONTROL, METHODS, Method

_LOG = logging.getLogger(__name__)


class Work(Protocol):
    """What the worker can do."""

    def handlers(self) -> Mapping[str, Handler]:
        """What does the queued methods' work."""

    def loaded(self) -> Mapping[str, Any] | None:
        """The model that is loaded, if one is; asked from the reading thread."""


class Host:
    """The worker's heart: one thread reads, the main thread works.

    Args:
        send: takes events on their way to the client.
        ending: called once when the worker must end; it makes sure that it does.
        stored: file of the responses that the server keeps.
    """

    def __init__(self, send: Send, ending: Callable[[], None], stored: Path | None = None) -> None:
        self._send = send
        self._ending = ending
        self._work: Work | None = None
        self._stopping = threading.Lock()
        self._queue = JobQueue()
        self._guests = Guests(self._queue, self.loaded, stored)
        self._answers: Mapping[str, Callable[[Request], Mapping[str, Any]]] = {
            Method.CANCEL: self._cancel,
            Method.STATUS: self._status,
            Method.PING: lambda _: {},
            Method.SHUTDOWN: lambda _: {},
            Method.ANSWER: self._guests.answer,
            Method.KEYS: self._guests.replace_keys,
        }

    def read(self, descriptor: int) -> None:
        """Take requests from a pipe until it ends; then the worker ends too."""
        read_lines(descriptor, self.receive)
        self.stop()

    def receive(self, line: bytes | Oversized) -> None:
        """Take one line in."""
        request = decode_request(line, METHODS)
        if isinstance(request, Garbage):
            known = request.id is not None and self._knows(request.id)
            self._refuse(Event(None if known else request.id, ERROR, error_data(request.error())))
        elif self._knows(request.id):
            self._refuse(Event(None, ERROR, _id_in_use(request)))
        elif request.method in CONTROL:
            self._send(Event(request.id, DONE, self._answers[request.method](request)), urgent=True)
            if request.method == Method.SHUTDOWN:
                self.stop()
        elif request.method == Method.SERVE:
            self._guests.serve(Job(request, self._send))
        else:
            self._enqueue(request)

    def work(self, work: Work) -> None:
        """Do one job after the other until the worker ends."""
        self._work = work
        self._guests.ready.set()
        handlers = work.handlers()
        while (job := self._queue.take()) is not None:
            handler = handlers[job.request.method]
            perform(job, self._guests.told(handler) if self._queue.last_was_guest else handler)

    def stop(self) -> None:
        """Cancel everything and end; further calls do nothing."""
        if not self._stopping.acquire(blocking=False):
            return
        self._ending()
        self._guests.stop()
        waiting, running = self._queue.close()
        if running is not None:
            running.cancel()
        for job in waiting:
            job.fail(_ENDING)

    def give_up(self) -> None:
        """End the running job in its stead: it does not react."""
        running, _ = self._queue.overview()
        if running is not None:
            running.fail(_ENDING)

    def loaded(self) -> Mapping[str, Any] | None:
        """The model that is loaded, if one is."""
        return self._work.loaded() if self._work else None

    def _knows(self, request_id: RequestId) -> bool:
        return self._queue.find(request_id) is not None or self._guests.is_serving(request_id)

    def _enqueue(self, request: Request) -> None:
        job = Job(request, self._send)
        try:
            self._queue.put(job)
        except IndoorsError as error:
            job.fail(error)

    def _refuse(self, event: Event) -> None:
        _LOG.warning("refused: %s", event.data["message"])
        self._send(event, urgent=True)

    def _cancel(self, request: Request) -> Mapping[str, Any]:
        target = request.params.get("target")
        if not isinstance(target, str | int):
            return {"cancelled": False}
        if self._guests.is_serving(target):
            self._guests.stop()
            return {"cancelled": True}
        job = self._queue.find(target)
        if job is not None:
            self._queue.cancel(job)
        return {"cancelled": job is not None}

    def _status(self, _: Request) -> Mapping[str, Any]:
        running, waiting = self._queue.overview()
        return {
            "state": "working" if running else "idle" if self._work else "starting",
            "running": _described(running) if running else None,
            "queue": [_described(job) for job in waiting],
            "loaded": self.loaded(),
            "memory": memory.figures(),
            "version": __version__,
            "pid": os.getpid(),
        }


_ENDING = Cancelled("The worker is ending.", "Ask again.")


def _id_in_use(request: Request) -> dict[str, str]:
    return error_data(Garbage(f"The id {request.id!r} is in use; the second request was refused.").error())


def _described(job: Job) -> dict[str, Any]:
    return {"id": job.request.id, "method": job.request.method}
