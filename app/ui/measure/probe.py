"""How long the event loop is blocked at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PySide6.QtCore import Qt, QTimer

from app.ui.measure.statistics import percentile

_BEAT_MS = 1
_NOTICEABLE_S = 0.002


@dataclass(frozen=True)
class Busy:
    """One stretch in which the loop answered nobody.

    Attributes:
        wall_s: its length.
        cpu_s: what the thread worked in it; less than that when others held the processor.
    """

    wall_s: float
    cpu_s: float


class LoopProbe:
    """A timer that wants to beat each millisecond: the time between two beats is how long a click would wait.

    Attributes:
        stretches: what lay between two beats; where the timer came in time, nothing is kept.
    """

    def __init__(self) -> None:
        self.stretches: list[Busy] = []
        self._timer = QTimer(interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = self._now()

    def __enter__(self) -> Self:
        self._last = self._now()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.stop()

    def figures(self) -> dict[str, float]:
        """The 95th percentile and the longest, in milliseconds; without the stretches too short to notice."""
        wall = [stretch.wall_s * 1e3 for stretch in self.stretches]
        cpu = [stretch.cpu_s * 1e3 for stretch in self.stretches]
        return {
            "p95_ms": percentile(wall, 95),
            "worst_ms": max(wall, default=0.0),
            "p95_cpu_ms": percentile(cpu, 95),
            "worst_cpu_ms": max(cpu, default=0.0),
            "stretches": len(wall),
        }

    def _beat(self) -> None:
        now = self._now()
        wall, cpu = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now
        if wall >= _NOTICEABLE_S:
            self.stretches.append(Busy(wall, cpu))

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.thread_time()
