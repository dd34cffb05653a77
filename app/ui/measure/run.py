"""Runs all measurements of the window, each in a process of its own, and gathers what they report."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from app.paths import Paths
from app.progress import Progress
from app.settings import Settings
from app.ui.measure import conversations, prepared, processes, starting
from app.ui.measure.plan import Plan

TEN, TWENTY = 10, 20
CODE_CHARACTERS = 1_000_000
_PARTS = ("opening", "memory", "append", "streaming")
"""The last two make the conversations longer."""


def measure(messages: int, tokens: int, rounds: int, progress: Progress) -> dict[str, Any]:
    """What each part of the measurement reports, by its name.

    Args:
        messages: of the long conversation.
        tokens: of a streamed answer.
        rounds: how often each measurement is made.
        progress: hears "window", in parts.

    Raises:
        IndoorsError: a process that measures failed.
        UsageError: this is a packaged program.
    """
    with tempfile.TemporaryDirectory(prefix="indoors-", ignore_cleanup_errors=True) as home:
        places = Paths(Path(home))
        Settings(places.settings).set("theme", "light")
        ten, twenty, long = conversations.write(places.history, [TEN, TWENTY, messages])
        code = conversations.write_answer(places.history, prepared.program(CODE_CHARACTERS))
        plan = Plan(home, ten, twenty, long, code, rounds, tokens)
        found: dict[str, Any] = {}
        for number, part in enumerate(_PARTS):
            progress("window", number, len(_PARTS) + 1)
            found[part] = processes.output_of(part, plan.argument())
        progress("window", len(_PARTS), len(_PARTS) + 1)
        return {**found, "starting": starting.measure(places.home, rounds)}
