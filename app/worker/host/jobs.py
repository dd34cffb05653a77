"""Requests that wait their turn: a bounded first-in-first-out queue, and the one that runs."""

from __future__ import annotations

import threading
from collections import deque

from app.errors import QueueFull, RequestError
from app.process.host.job import Job
from app.process.messages import RequestId

QUEUE_LENGTH = 16
"""Requests that may wait behind the running one."""


class JobQueue:
    """Who waits and who runs.

    Args:
        length: how many may wait behind the running one.
    """

    def __init__(self, length: int = QUEUE_LENGTH) -> None:
        self._length = length
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._closed = False
        self._changed = threading.Condition()

    def put(self, job: Job) -> None:
        """Let a job wait its turn.

        Raises:
            QueueFull: too many wait already, or the worker is ending.
            RequestError: a job of this id waits or runs.
        """
        with self._changed:
            if self.find(job.request.id) is not None:
                raise RequestError(
                    "The id {id!r} is in use.", "Give each request its own id.", id=job.request.id
                )
            if self._closed or len(self._waiting) >= self._length:
                raise QueueFull(
                    "{waiting} requests wait already.",
                    "Wait until one has ended, then try again.",
                    waiting=len(self._waiting),
                )
            self._waiting.append(job)
            self._changed.notify_all()

    def take(self) -> Job | None:
        """The next job, which runs until the next call; None once the queue is closed."""
        with self._changed:
            self._running = None
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._waiting:
                self._running = self._waiting.popleft()
            return self._running

    def find(self, request_id: RequestId) -> Job | None:
        """The job of this id, waiting or running."""
        with self._changed:
            jobs = [*self._waiting, *([self._running] if self._running else [])]
        return next((job for job in jobs if _same(job.request.id, request_id)), None)

    def withdraw(self, job: Job) -> bool:
        """Take a job out if it still waits."""
        with self._changed:
            if job not in self._waiting:
                return False
            self._waiting.remove(job)
            return True

    def close(self) -> tuple[list[Job], Job | None]:
        """Take nothing more; gives what waited, now withdrawn, and what runs."""
        with self._changed:
            self._closed = True
            waiting = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
            return waiting, self._running

    def overview(self) -> tuple[Job | None, list[Job]]:
        """What runs and what waits, at this moment."""
        with self._changed:
            return self._running, list(self._waiting)


def _same(one: RequestId, other: RequestId) -> bool:
    return type(one) is type(other) and one == other
