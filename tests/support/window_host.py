"""Where the window of an end-to-end test runs: on this system, or as a Windows program under Wine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

LAB = "INDOORS_WINDOW_LAB"
"""Environment variable: the folder that tests/windows/setup.sh made; then the window runs under Wine."""


@dataclass(frozen=True)
class WindowHost:
    """How programs are started there.

    Attributes:
        python: the beginning of a command line.
        environment: set besides our own.
        drive: the letter of the drive that shows our files; empty where paths are ours.
    """

    python: Sequence[str]
    environment: Mapping[str, str]
    drive: str = ""

    def path(self, path: Path) -> str:
        """A path of ours as that Python writes it."""
        return str(PureWindowsPath(f"{self.drive}{path}")) if self.drive else str(path)


def window_host() -> WindowHost:
    """The one to test on."""
    if lab := os.environ.get(LAB):
        return _under_wine(Path(lab))
    # An answer of random weights holds scripts that no font of this computer may have.
    quiet = {"QT_LOGGING_RULES": "qt.text.font.db=false"}
    return WindowHost([sys.executable], {**quiet, "QT_QPA_PLATFORM": "xcb"})


def _under_wine(lab: Path) -> WindowHost:
    runtime = "msvcp140,msvcp140_1,msvcp140_2,vcruntime140,vcruntime140_1=n,b"  # as in tests/windows/run.sh
    environment = {"WINEPREFIX": str(lab / "wp"), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": runtime}
    return WindowHost(["wine", str(lab / "winpy" / "python.exe")], environment, "Z:")
