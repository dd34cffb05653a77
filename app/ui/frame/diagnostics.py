"""A bundle that helps to find a fault and tells nothing about its user."""

from __future__ import annotations

import getpass
import json
import platform
import re
import socket
import sys
import traceback
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from app import __version__, settings
from app.errors import from_os_error
from app.files import rename
from app.settings import Settings
from app.worker.client import Outcome

_PACKAGES = ("PySide6-Essentials", "qasync", "onnxruntime", "onnx", "numpy", "tokenizers")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


class Redactor:
    """Takes out of a text what names a person or a computer.

    Args:
        home: where the program keeps its data.
    """

    def __init__(self, home: Path) -> None:
        names = [(str(home), "<data>"), (str(Path.home()), "<home>")]
        names += [(_user(), "<user>"), (socket.gethostname(), "<computer>")]
        known = [(name, substitute) for name, substitute in names if len(name) > 1]
        self._names = [(re.compile(_pattern(name), re.IGNORECASE), substitute) for name, substitute in known]

    def redact(self, text: str) -> str:
        """The text without names of folders above the program's own, of the user and of the computer."""
        for name, substitute in self._names:
            text = name.sub(substitute, text)
        return _ADDRESS.sub("<address>", text)


def collect(
    home: Path, values: Settings, failure: BaseException | None, outcome: Outcome | None
) -> dict[str, str]:
    """The files of the bundle, redacted: never a conversation, never a draft.

    Args:
        home: where the program keeps its data.
        values: the settings in force.
        failure: what went wrong; None when nothing did.
        outcome: how the last worker ended; None when none did.
    """
    files = {"system.txt": _system(), "settings.json": _settings(values)}
    if failure is not None:
        files["failure.txt"] = "".join(traceback.format_exception(failure))
    if outcome is not None:
        files["worker.txt"] = f"exit code {outcome.exit_code}\n" + "\n".join(outcome.stderr)
    redactor = Redactor(home)
    return {name: redactor.redact(text) for name, text in files.items()}


def write(path: Path, files: Mapping[str, str]) -> None:
    """Write the bundle as a zip file.

    Raises:
        StorageError: the disk refused; nothing is left behind.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        rename(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise from_os_error(error, "writing the diagnostics") from error


def _system() -> str:
    lines = [
        f"Indoors {__version__}",
        f"Python {sys.version.split()[0]}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"{psutil.cpu_count()} logical processors",
        f"{psutil.virtual_memory().total} bytes of memory",
        *_versions(_PACKAGES),
    ]
    return "\n".join(lines) + "\n"


def _versions(packages: Iterable[str]) -> Iterable[str]:
    for package in packages:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} not installed"


def _settings(values: Settings) -> str:
    """Only declared settings, since an unknown key may hold anything; addresses without passwords."""
    content = {setting.name: values.get(setting.name) for setting in settings.ALL}
    for name in ("proxy", "hub-endpoint"):
        content[name] = re.sub(r"//[^/@]*@", "//…@", str(content[name]))
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _pattern(name: str) -> str:
    """Match a name as a whole, with either slash and escaped as in a traceback."""
    separators = r"(?:\\\\|\\|/)"
    parts = [re.escape(part) for part in re.split(r"[\\/]", name)]
    return rf"(?<!\w){separators.join(parts)}(?!\w)"
