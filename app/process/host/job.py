"""One request that takes time, and what becomes of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from app.errors import Cancelled, IndoorsError, NotEnoughMemory, from_os_error
from app.process.messages import DONE, ERROR, Event, Request, error_data
from app.process.outcome import MEMORY_WORDS

_LOG = logging.getLogger(__name__)


class Send(Protocol):
    """Takes an event on its way to the client."""

    def __call__(self, event: Event, *, urgent: bool = False) -> None:
        """Say it; see `Outbox.send`."""


class Job:
    """One request that takes time. Whoever ends it first says its terminal event; later tries are ignored.

    Args:
        request: what was asked.
        send: takes its events.
    """

    def __init__(self, request: Request, send: Send) -> None:
        self.request = request
        self._send = send
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._ended = False

    def emit(self, name: str, data: Mapping[str, Any]) -> None:
        """Say something before the end."""
        self._say(name, data, last=False)

    def done(self, data: Mapping[str, Any]) -> None:
        """End it well."""
        self._say(DONE, data, last=True)

    def fail(self, error: IndoorsError) -> None:
        """End it with an error."""
        self._say(ERROR, error_data(error), last=True)

    def cancel(self) -> None:
        """Ask it to stop."""
        self._cancelled.set()

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def _say(self, name: str, data: Mapping[str, Any], *, last: bool) -> None:
        with self._lock:
            if self._ended:
                return
            self._ended = last
        self._send(Event(self.request.id, name, data), urgent=last)


Handler = Callable[[Job], Mapping[str, Any]]
"""Does one job: emits its events and returns the data of `done`."""


def perform(job: Job, handler: Handler) -> None:
    """Do a job and say its terminal event, whatever happens."""
    try:
        if job.cancelled():
            raise Cancelled("The request was cancelled.")
        job.done(handler(job))
    except IndoorsError as error:
        job.fail(error)
    except Exception as error:
        job.fail(_explained(job.request.method, error))


def _explained(method: str, error: Exception) -> IndoorsError:
    if isinstance(error, MemoryError) or any(word in str(error).lower() for word in MEMORY_WORDS):
        return _out_of_memory()
    if isinstance(error, OSError):
        return from_os_error(error, "the request {method}", method=method)
    _LOG.error("%s failed", method, exc_info=error)
    return unexpected(method, error)


def _out_of_memory() -> NotEnoughMemory:
    return NotEnoughMemory(
        "There is not enough memory.", "Choose a smaller context or model, or close other programs."
    )


def unexpected(doing: str, error: Exception) -> IndoorsError:
    """What nobody foresaw, in one sentence."""
    reason = " ".join(str(error).split())[:300] or "no reason given"
    return IndoorsError(
        "An unexpected fault while doing {doing}: {kind}: {reason}.",
        "Try again; if it stays, run with --debug and report what it prints.",
        doing=doing,
        kind=type(error).__name__,
        reason=reason,
    )
