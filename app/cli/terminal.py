"""What the command line writes: answers to standard output, everything else to standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from app.progress import Progress as Report
from app.progress import silent

if TYPE_CHECKING:  # rich takes longer to import than the window to paint
    from rich.progress import Progress, TaskID

_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PHASES = {
    "load": "Loading the model",
    "prefill": "Reading the conversation",
    "weights": "Writing weights",
    "copy": "Copying",
    "checksums": "Taking checksums",
    "verify": "Verifying",
    "bandwidth": "Measuring the memory",
    "decode": "Measuring decode",
    "conversation": "Measuring a conversation",
    "window": "Measuring the window",
}


def visible(text: str) -> str:
    """Text without control characters: an answer must not drive the terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


class Terminal:
    """The two output streams, and whether a person watches them."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.watched = self.err.isatty()
        self._thinking = False

    @cached_property
    def _colour(self) -> bool:
        from rich.console import Console

        console = Console(file=self.err)
        return self.watched and not (console.no_color or console.legacy_windows)

    def answer(self, text: str) -> None:
        """Write a piece of the answer; in a pipe it arrives byte for byte."""
        self._end_thinking()
        self.out.write(visible(text) if self.out.isatty() else text)
        self.out.flush()

    def thinking(self, text: str) -> None:
        """Write a piece of the reasoning, dimmed."""
        self._thinking = True
        shown = visible(text) if self.watched else text
        self.err.write(f"{_DIM}{shown}{_PLAIN}" if self._colour else shown)
        self.err.flush()

    def end_answer(self) -> None:
        """End the line of the answer."""
        self._end_thinking()
        self.line()

    def _end_thinking(self) -> None:
        if self._thinking:
            self.note("\n" if self.watched else "")
            self._thinking = False

    def line(self, text: str = "") -> None:
        """Write a line of results."""
        print(text, file=self.out, flush=True)

    def note(self, text: str) -> None:
        """Write a line for the person, never part of the results."""
        print(text, file=self.err, flush=True)

    def data(self, value: Any) -> None:
        """Write one JSON document."""
        self.line(json.dumps(value, indent=2, ensure_ascii=False))

    @contextmanager
    def progress(self) -> Iterator[Report]:
        """A progress bar on a terminal; nothing in a pipe."""
        if not self.watched:
            yield silent
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        with Progress(*columns, console=Console(file=self.err), transient=True) as bars:
            yield _Bars(bars).report


class _Bars:
    """One bar at a time: a new phase replaces the last one's bar."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._phase = ""
        self._task: TaskID | None = None

    def report(self, phase: str, done: int, total: int) -> None:
        if phase != self._phase or self._task is None:
            if self._task is not None:
                self._bars.remove_task(self._task)
            self._phase = phase
            self._task = self._bars.add_task(_PHASES.get(phase, phase.capitalize()), total=total or None)
        self._bars.update(self._task, completed=done, total=total or None)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows as aligned columns; the first row is the head. Cells may hold what strangers wrote."""
    rows = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def size(number: int) -> str:
    """Bytes in words."""
    amount = float(number)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit in {"B", "kB"} else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
