"""New attempts: exponential waits with jitter, the host's own wish, and an end to patience."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from app.download.source import Hindrance
from app.download.transfer.tuning import Tuning
from app.errors import Cancelled, IndoorsError

T = TypeVar("T")


class Patience:
    """When to give up: shared by everything that belongs to one download.

    Args:
        seconds: without progress.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    def progress(self) -> None:
        """Something arrived."""
        self._deadline = time.monotonic() + self._seconds

    def excuse(self, seconds: float) -> None:
        """The host asked for so long a wait, which does not count."""
        self._deadline = max(self._deadline, time.monotonic() + seconds + self._seconds)

    def over_in(self, seconds: float) -> bool:
        """Nothing arrived for too long, or will have after another wait."""
        return time.monotonic() + seconds > self._deadline


class Backoff:
    """The waits of one connection.

    Args:
        tuning: how long.
        patience: when to give up.
        stop: ends a wait at once.
    """

    def __init__(self, tuning: Tuning, patience: Patience, stop: threading.Event) -> None:
        self._tuning = tuning
        self._patience = patience
        self._stop = stop
        self._failures = 0

    def progress(self) -> None:
        """Something arrived: the next wait is short again."""
        self._failures = 0
        self._patience.progress()

    def wait(self, hindrance: Hindrance) -> None:
        """Wait before the next attempt.

        Raises:
            IndoorsError: patience is over; the hindrance's own error.
        """
        asked = hindrance.retry_after or 0.0
        if hindrance.retry_after is not None and self._tuning.obeys:
            self._patience.excuse(asked)
        elif self._patience.over_in(asked):
            raise hindrance.error
        ceiling = min(self._tuning.first_delay_s * 2.0**self._failures, self._tuning.longest_delay_s)
        self._failures += 1
        delay = ceiling * random.uniform(0.5, 1.0)  # noqa: S311
        self._stop.wait(max(delay, asked))


def patiently(
    action: Callable[[], T], backoff: Backoff, stop: threading.Event, trouble: Callable[[IndoorsError], None]
) -> T:
    """Do something until it works.

    Args:
        action: may raise Hindrance.
        backoff: waits between attempts.
        stop: ends it.
        trouble: hears why it has to wait.

    Raises:
        Cancelled: it was stopped.
        IndoorsError: it will not work, or patience is over.
    """
    while not stop.is_set():
        try:
            return action()
        except Hindrance as hindrance:
            if stop.is_set():  # what was aborted is no trouble
                break
            trouble(hindrance.error)
            backoff.wait(hindrance)
    raise Cancelled("The download was stopped.")
