"""Starts the processes that measure, their windows on a screen that nobody sees."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from app import paths
from app.errors import IndoorsError


def output_of(part: str, *arguments: str) -> dict[str, Any]:
    """Run a module of this package as a process; gives the JSON object it prints.

    Raises:
        IndoorsError: it failed.
        UsageError: this is a packaged program.
    """
    command = [*paths.module_command(f"app.ui.measure.{part}"), *arguments]
    done = subprocess.run(command, capture_output=True, env=offscreen(), check=False)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", errors="replace").strip().rpartition("\n")[2]
        raise IndoorsError("Measuring the window ({part}) failed: {said}", part=part, said=said)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def offscreen() -> dict[str, str]:
    """The environment of such a process."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
