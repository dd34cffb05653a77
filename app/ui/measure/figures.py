"""The measurements of the window, and the bars they are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

APPEND_RATIO = 1.2
BLOCKED_P95_MS = 16.0
BLOCKED_WORST_MS = 50.0
OPENING_RATIO = 3.0
PAINT_RATIO = 1.5
RESIDENT_MB = 200.0

_WORK = "  work alone"
_CASES = {
    "ten": "10 messages",
    "twenty": "20 messages",
    "long": "long conversation",
    "empty": "an empty window",
    "program": "this program",
}
_BLOCKED = {
    "ten": "streaming after 10 messages",
    "long": "streaming in the long conversation",
    "table": "streaming a long table",
    "code": "showing 1 MB of code",
}


@dataclass(frozen=True)
class Figure:
    """One number.

    Attributes:
        key: its name in JSON.
        label: its name for people.
        value: what was measured.
        unit: ms, MB, or empty for a ratio.
        bar: what it may be at most; None where there is none.
    """

    key: str
    label: str
    value: float
    unit: str = ""
    bar: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is within its bar; None where there is none."""
        return None if self.bar is None else self.value <= self.bar


def figures(parts: Mapping[str, Any]) -> list[Figure]:
    """All figures.

    Args:
        parts: for the name of each part, what its process reported.
    """
    memory = parts["memory"]["resident_bytes"] / 1e6
    return [
        *_compared("append", "One more token", parts["append"], APPEND_RATIO),
        *_blocked(parts["streaming"]),
        *_compared("open", "Opening until painted", parts["opening"], OPENING_RATIO),
        *_compared("start", "Start to first paint", parts["starting"], PAINT_RATIO),
        Figure("resident_mb", "Memory of the window, long conversation open", memory, "MB", RESIDENT_MB),
    ]


def as_json(found: Iterable[Figure]) -> dict[str, Any]:
    """The figures as one object; those with a bar say it and whether they are within."""
    return {figure.key: _json(figure) for figure in found}


def _json(figure: Figure) -> float | dict[str, Any]:
    if figure.bar is None:
        return figure.value
    return {"value": figure.value, "bar": figure.bar, "met": figure.met}


def _compared(key: str, label: str, found: Mapping[str, Mapping[str, float]], bar: float) -> Iterator[Figure]:
    """Two cases in milliseconds, on the clock and of work, and how many times as much the second takes."""
    first, second = found.values()
    for name, took in found.items():
        yield Figure(f"{key}_{name}_ms", f"{label}: {_CASES[name]}", took["ms"], "ms")
        yield Figure(f"{key}_{name}_cpu_ms", _WORK, took["cpu_ms"], "ms")
    yield Figure(f"{key}_ratio", f"{label}: ratio", second["ms"] / first["ms"], "", bar)
    yield Figure(f"{key}_cpu_ratio", _WORK, second["cpu_ms"] / first["cpu_ms"])


def _blocked(found: Mapping[str, Mapping[str, float]]) -> Iterator[Figure]:
    """How long the loop was blocked; the bars hold for each case."""
    for name, blocked in found.items():
        label = f"Loop blocked: {_BLOCKED[name]}"
        for which, bar in (("p95", BLOCKED_P95_MS), ("worst", BLOCKED_WORST_MS)):
            yield Figure(f"blocked_{name}_{which}_ms", f"{label}, {which}", blocked[f"{which}_ms"], "ms", bar)
            yield Figure(f"blocked_{name}_{which}_cpu_ms", _WORK, blocked[f"{which}_cpu_ms"], "ms")
