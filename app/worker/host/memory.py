"""How much memory this process uses, in bytes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from app.engine.memory import private_bytes

_EVERY_SECONDS = 0.05


def resident_bytes() -> int:
    """Memory held at this moment."""
    return int(psutil.Process().memory_info().rss)


def peak_bytes() -> int:
    """The most memory this process has held so far."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if sys.platform == "darwin" else int(peak) * 1024


def figures() -> dict[str, int]:
    """All of it, as `status` tells."""
    return {
        "resident_bytes": resident_bytes(),
        "private_bytes": private_bytes(),
        "peak_bytes": peak_bytes(),
    }


class PeakMemory:
    """The most private memory since a model began to load: files that are only mapped are left out.

    No system tells that, so it is looked at while a job runs. What computing takes stays taken until the
    model goes, so a look now and then misses little.
    """

    def __init__(self) -> None:
        self.bytes = 0

    def reset(self) -> None:
        """Begin anew with what is held now."""
        self.bytes = private_bytes()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look while the block runs, and at its end."""
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done,), name="memory", daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()
            self._look()

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(_EVERY_SECONDS):
            self._look()

    def _look(self) -> None:
        self.bytes = max(self.bytes, private_bytes())
