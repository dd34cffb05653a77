"""Every directory the app uses, and its bundled files; the only file that knows it may be frozen."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "INDOORS_HOME"
_PORTABLE_FOLDER = "indoors-data"


@dataclass(frozen=True)
class Paths:
    """Where the app keeps things. Nothing is created until it is needed.

    Attributes:
        home: root of all user data.
    """

    home: Path

    @property
    def models(self) -> Path:
        """Installed models, one folder each."""
        return self.home / "models"

    @property
    def history(self) -> Path:
        """The conversations' database and its backups."""
        return self.home / "history"

    @property
    def cache(self) -> Path:
        """What can be made again: adapted graphs, prepacked weights."""
        return self.home / "cache"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.json"

    @property
    def window_state(self) -> Path:
        """Size and place of the window."""
        return self.home / "window.json"

    @property
    def logs(self) -> Path:
        """Diagnostics written by the app itself."""
        return self.home / "logs"


def find(home: Path | None = None) -> Paths:
    """Choose the home: the argument, INDOORS_HOME, a portable folder beside the program, the user's own.

    Args:
        home: an explicit choice (`--home`).
    """
    if home is not None:
        return Paths(home.expanduser().absolute())
    if value := os.environ.get(HOME_VARIABLE):
        return Paths(Path(value).expanduser().absolute())
    if (portable := _program_folder() / _PORTABLE_FOLDER).is_dir():
        return Paths(portable)
    return Paths(Path(platformdirs.user_data_dir("Indoors", appauthor=False)))


def guide() -> Path:
    """The built-in model's folder."""
    return _bundled("models") / "guide" / "onnx"


def translations() -> Path:
    """The folder of the window's translations."""
    return _bundled("resources") / "translations"


def _bundled(name: str) -> Path:
    inside = Path(__file__).parent / "_data" / name
    return inside if inside.exists() else Path(__file__).parent.parent / name


def _program_folder() -> Path:
    if getattr(sys, "frozen", False):
        return Path(sys.executable).parent
    return Path(__file__).parent.parent


def worker_command() -> list[str]:
    """How to start this same program as a worker process."""
    return command("worker")


def command(name: str) -> list[str]:
    """How to start this same program with a command."""
    if getattr(sys, "frozen", False):
        return [sys.executable, name]
    return [sys.executable, "-m", "app", name]
