"""Medians and percentiles of what was measured, and a stopwatch."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many of a hundred do not exceed (nearest rank); 0 for none."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)] if ordered else 0.0


def summary(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Medians in milliseconds of what stopwatches read."""
    wall, cpu = zip(*times, strict=True)
    return {"ms": median(wall) * 1e3, "cpu_ms": median(cpu) * 1e3}


class Stopwatch:
    """Counts from when it was made: seconds on the clock, and of this thread's work."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.thread_time()

    def read(self) -> tuple[float, float]:
        """Seconds on the clock, seconds of work."""
        return time.perf_counter() - self._wall, time.thread_time() - self._cpu
