"""`indoors` without a command: the window."""

from __future__ import annotations

import argparse
import os
import sys

from app.cli.terminal import Terminal
from app.errors import UsageError
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:  # noqa: ARG001
    """Open the window.

    Raises:
        UsageError: there is no display.
    """
    if not has_display():
        raise UsageError(
            "There is no display to open a window on.",
            'In a terminal use: indoors ask "…" or indoors chat.',
        )
    from app.ui.application import run_application

    return run_application(places)


def has_display() -> bool:
    """Whether a window can be opened: always on Windows and macOS, elsewhere with X11 or Wayland."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
