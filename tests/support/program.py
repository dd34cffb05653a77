"""Runs the real program, as a person would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.wine import UNDER_WINE

_ROOT = Path(__file__).parents[2]
interrupts = pytest.mark.skipif(UNDER_WINE, reason="Wine sends no Ctrl+Break")
"""Marks a test that interrupts a program."""


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C in its terminal does; on Windows only Ctrl+Break can be sent to one program."""
    process.send_signal(signal.CTRL_BREAK_EVENT if sys.platform == "win32" else signal.SIGINT)


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """`indoors` with a home of its own, and modules from `extra_path`."""

    home: Path
    extra_path: Path | None = None

    def environment(self) -> dict[str, str]:
        hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        kept = {key: value for key, value in os.environ.items() if key not in hidden}
        path = os.pathsep.join(str(folder) for folder in (_ROOT, self.extra_path) if folder)
        return kept | {"INDOORS_HOME": str(self.home), "PYTHONPATH": path}

    def __call__(
        self, *arguments: str, given: bytes = b"", before: Callable[[], None] | None = None
    ) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            input=given,
            capture_output=True,
            env=self.environment(),
            preexec_fn=before,
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start it and go on; on Windows it can be sent a Ctrl+Break alone."""
        group = subprocess.CREATE_NEW_PROCESS_GROUP if sys.platform == "win32" else 0
        return subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment(),
            creationflags=group,
        )
