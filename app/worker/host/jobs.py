"""Requests that wait their turn: two bounded first-in-first-out lines, and the one that runs."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Collection

from app.errors import Cancelled, QueueFull, RequestError
from app.process.host.job import Job
from app.process.messages import RequestId

QUEUE_LENGTH = 16
"""Requests that may wait in each line behind the running one."""


class JobQueue:
    """Who waits and who runs. Guests, who come over the network, wait until nobody else does.

    Args:
        length: how many may wait in each line behind the running one.
    """

    def __init__(self, length: int = QUEUE_LENGTH) -> None:
        self._length = length
        self._waiting: deque[Job] = deque()
        self._guests: deque[Job] = deque()
        self._running: Job | None = None
        self._last_was_guest = False
        self._closed = False
        self._changed = threading.Condition()

    def put(self, job: Job, *, guest: bool = False) -> None:
        """Let a job wait its turn.

        Args:
            job: what is to be done.
            guest: it waits behind all that are none.

        Raises:
            QueueFull: too many wait already, or the worker is ending.
            RequestError: a job of this id waits or runs.
        """
        with self._changed:
            if self.find(job.request.id) is not None:
                raise RequestError(
                    "The id {id!r} is in use.", "Give each request its own id.", id=job.request.id
                )
            line = self._guests if guest else self._waiting
            self._check_room(line)
            line.append(job)
            self._changed.notify_all()

    def check_guest_room(self) -> None:
        """Raise QueueFull when too many guests wait already."""
        with self._changed:
            self._check_room(self._guests)

    def _check_room(self, line: Collection[Job]) -> None:
        if self._closed or len(line) >= self._length:
            raise QueueFull(
                "{waiting} requests wait already.",
                "Wait until one has ended, then try again.",
                waiting=len(line),
            )

    def take(self) -> Job | None:
        """The next job, which runs until the next call; None once the queue is closed."""
        with self._changed:
            self._running = None
            self._changed.wait_for(lambda: self._waiting or self._guests or self._closed)
            line = self._waiting or self._guests
            if line:
                self._last_was_guest = line is self._guests
                self._running = line.popleft()
            return self._running

    @property
    def last_was_guest(self) -> bool:
        """Whether the job that was taken last is a guest's."""
        return self._last_was_guest

    def find(self, request_id: RequestId) -> Job | None:
        """The job of this id, waiting or running."""
        with self._changed:
            jobs = [*self._waiting, *self._guests, *([self._running] if self._running else [])]
        return next((job for job in jobs if _same(job.request.id, request_id)), None)

    def withdraw(self, job: Job) -> bool:
        """Take a job out if it still waits."""
        with self._changed:
            line = self._guests if job in self._guests else self._waiting
            if job not in line:
                return False
            line.remove(job)
            return True

    def cancel(self, job: Job) -> None:
        """Ask a job to stop; one that still waits ends at once."""
        job.cancel()
        if self.withdraw(job):
            job.fail(Cancelled("The request was cancelled before its turn came."))

    def close(self) -> tuple[list[Job], Job | None]:
        """Take nothing more; gives what waited, now withdrawn, and what runs."""
        with self._changed:
            self._closed = True
            waiting = [*self._waiting, *self._guests]
            self._waiting.clear()
            self._guests.clear()
            self._changed.notify_all()
            return waiting, self._running

    def overview(self) -> tuple[Job | None, list[Job]]:
        """What runs and what waits, at this moment."""
        with self._changed:
            return self._running, [*self._waiting, *self._guests]


def _same(one: RequestId, other: RequestId) -> bool:
    return type(one) is type(other) and one == other
