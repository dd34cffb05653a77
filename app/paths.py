"""Every directory the app uses, and its bundled files; the only file that knows it may be frozen."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app.errors import UsageError

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
        """Installed models, one folder each; elsewhere once they were moved there.

        The place is read each time: another process may have moved them. It is kept relative to the home
        when it lies inside, so that a portable home can be carried about.
        """
        try:
            chosen = self.models_pointer.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            chosen = ""
        return self.home / (chosen or "models")

    @property
    def downloads_beside_models(self) -> Path:
        """Unfinished downloads, where the models lie on a disk of their own."""
        return self.models / ".downloads"

    @property
    def models_pointer(self) -> Path:
        """The file that says where the models were moved to; absent when they were not."""
        return self.home / "models-folder.txt"

    @property
    def downloads(self) -> Path:
        """Unfinished downloads, one folder each."""
        return self.home / "downloads"

    @property
    def accepted_licences(self) -> Path:
        """The licences that were accepted, with the day."""
        return self.home / "licences.json"

    @property
    def history(self) -> Path:
        """The conversations' database and its backups."""
        return self.home / "history"

    @property
    def responses(self) -> Path:
        """The database of responses that clients of the server asked to keep."""
        return self.home / "responses.sqlite"

    @property
    def server_keys(self) -> Path:
        """The keys that open the server, as hashes."""
        return self.home / "server-keys.json"

    @property
    def endpoints(self) -> Path:
        """The places elsewhere that can be asked; their keys are in the system's keyring."""
        return self.home / "endpoints.json"

    @property
    def cache(self) -> Path:
        """What can be made again: adapted graphs, prepacked weights."""
        return self.home / "cache"

    def runtime(self, name: str) -> Path:
        """The folder of an installed runtime."""
        return self.home / "runtimes" / name

    @property
    def measurements(self) -> Path:
        """What was measured of this computer and of the models on it."""
        return self.cache / "measurements.json"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.json"

    @property
    def device_choices(self) -> Path:
        """The devices that were chosen for single models."""
        return self.home / "devices.json"

    @property
    def upstream(self) -> Path:
        """What the places models come from said when they were asked."""
        return self.home / "upstream.json"

    @property
    def window_state(self) -> Path:
        """Size and place of the window."""
        return self.home / "window.json"


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


def adapted_prefix(sha256: str) -> str:
    """How the names of a graph's adapted forms in the cache begin.

    Args:
        sha256: of the graph's file; the manifest knows it, so a removed model's forms can be found.
    """
    return f"{sha256[:16]}-"


def guide() -> Path:
    """The built-in model's folder."""
    return _bundled("models/guide/onnx")


def carried_runtimes() -> Path:
    """The folder of runtimes that a packaged program carries; it need not exist."""
    return _bundled("runtimes")


def catalog() -> Path:
    """The catalogue of models."""
    return _bundled("models/catalog.json")


def advisories() -> Path:
    """The list of published advisories on models."""
    return _bundled("models/advisories.json")


def licences() -> Path:
    """The folder of licence texts, one SPDX identifier each."""
    return _bundled("resources/licences")


def translations() -> Path:
    """The folder of the window's translations."""
    return _bundled("resources/translations")


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


def module_command(name: str) -> list[str]:
    """How to start one module of this program as a process of its own.

    Raises:
        UsageError: this is a packaged program, which can only start itself.
    """
    if getattr(sys, "frozen", False):
        raise UsageError("The packaged program cannot start a part of itself.", "Install it as a package.")
    return [sys.executable, "-m", name]
