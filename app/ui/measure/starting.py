"""From the start of a process to its first paint: the program, and an empty window to compare it with."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app import paths
from app.errors import IndoorsError
from app.ui.measure import processes
from app.ui.measure.statistics import summary

_PAINTED = re.compile(rb"painted after ([\d.]+) s of work")


def measure(home: Path, rounds: int) -> dict[str, Any]:
    """Start both in turn; the first start of each, which fills the file cache, does not count.

    Args:
        home: settings and history.
        rounds: how often each is started.
    """
    program = [*paths.command("--home"), str(home), "--debug"]
    empty = [*paths.module_command("app.ui.measure.empty"), json.dumps(processes.output_of("imported"))]
    found: dict[str, list[tuple[float, float]]] = {"empty": [], "program": []}
    for turn in range(rounds + 1):
        for name, command in (("empty", empty), ("program", program)):
            took = _start(command)
            if turn:
                found[name].append(took)
    return {name: summary(times) for name, times in found.items()}


def _start(command: Sequence[str]) -> tuple[float, float]:
    """Seconds until it is painted, and seconds of work until then; then the process is ended."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=processes.offscreen()
    ) as process:
        try:
            assert process.stderr is not None
            for line in process.stderr:
                if said := _PAINTED.search(line):
                    return time.perf_counter() - began, float(said[1])
        finally:
            process.kill()
    raise IndoorsError("A window that was started to be measured ended before it was painted.")
