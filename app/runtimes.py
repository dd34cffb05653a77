"""Runtimes: what a device needs besides the program, each in a folder of its own.

onnxruntime and onnxruntime-directml own the same module, so no two of them can lie in one folder: a worker is
started with the one that its device needs.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app import paths
from app.errors import DeviceFailed, UsageError, from_os_error
from app.files import rename
from app.paths import Paths

RECORD = "runtime.json"
"""The file that says what a runtime's folder holds; written last, so a folder without it is unfinished."""


@dataclass(frozen=True)
class Runtime:
    """What can be installed.

    Attributes:
        name: its own, and its folder's.
        package: in the index.
        versions: those that suit, as pip writes it.
        module: the package that Python imports.
        systems: `sys.platform` of those it exists for.
        carried: the program itself carries it.
        about: what it is for, in a clause.
    """

    name: str
    package: str
    versions: str
    module: str
    systems: tuple[str, ...]
    carried: bool
    about: str


CPU = Runtime(
    "cpu",
    "onnxruntime",
    ">=1.31,<1.33",
    "onnxruntime",
    ("linux", "darwin", "win32"),
    True,
    "the processor",
)
WEBGPU = Runtime(
    "webgpu",
    "onnxruntime-ep-webgpu",
    ">=0.4,<0.5",
    "onnxruntime_ep_webgpu",
    ("linux", "darwin", "win32"),
    False,
    "graphics adapters by WebGPU: Direct3D 12, Metal, Vulkan",
)
DIRECTML = Runtime(
    "directml",
    "onnxruntime-directml",
    ">=1.24,<1.25",
    "onnxruntime",
    ("win32",),
    False,
    "graphics adapters of Windows by DirectML",
)
ALL = (CPU, WEBGPU, DIRECTML)


@dataclass(frozen=True)
class Installed:
    """What `runtime.json` says.

    Attributes:
        name: of the runtime.
        package: it came as.
        version: of the package.
        sha256: of the wheel.
        system: `sys.platform` it was installed for.
        files: sha256 of each file, by its path in the folder (POSIX).
    """

    name: str
    package: str
    version: str
    sha256: str
    system: str
    files: Mapping[str, str]

    def to_json(self) -> str:
        """The file's content."""
        return json.dumps(asdict(self), indent=1)


class Condition(StrEnum):
    """How a runtime is."""

    CARRIED = "carried"
    INSTALLED = "installed"
    ABSENT = "not installed"
    BROKEN = "broken"
    FOREIGN = "not for this system"


@dataclass(frozen=True)
class Found:
    """A runtime on this computer.

    Attributes:
        runtime: which.
        condition: how it is.
        folder: where it lies; None where the program carries it, or it is not there.
        version: of the package; empty when unknown.
    """

    runtime: Runtime
    condition: Condition
    folder: Path | None = None
    version: str = ""

    @property
    def usable(self) -> bool:
        """A worker can be started with it."""
        return self.condition in {Condition.CARRIED, Condition.INSTALLED}

    @property
    def text(self) -> str:
        """Package and version."""
        return f"{self.runtime.package} {self.version}".rstrip()

    def to_json(self) -> dict[str, Any]:
        """The runtime as JSON."""
        return {
            "name": self.runtime.name,
            "package": self.runtime.package,
            "condition": str(self.condition),
            "version": self.version,
            "folder": str(self.folder) if self.folder else None,
            "about": self.runtime.about,
        }


def named(name: str) -> Runtime:
    """The runtime of a name.

    Raises:
        UsageError: there is none.
    """
    for runtime in ALL:
        if runtime.name == name:
            return runtime
    known = ", ".join(runtime.name for runtime in ALL)
    raise UsageError("There is no runtime {name}.", "Known: {known}.", name=repr(name), known=known)


def needed(device: str) -> Runtime:
    """The runtime that a device needs: "webgpu:1" needs "webgpu"."""
    road = device.partition(":")[0]
    return next((runtime for runtime in ALL if runtime.name == road), CPU)


def find(places: Paths, runtime: Runtime) -> Found:
    """How a runtime is on this computer; its files' content is not looked at."""
    if sys.platform not in runtime.systems and not places.runtime(runtime.name).exists():
        return Found(runtime, Condition.FOREIGN)
    for folder in (places.runtime(runtime.name), paths.carried_runtimes() / runtime.name):
        if folder.is_dir():
            return _described(runtime, folder)
    if runtime.carried or (runtime.module != CPU.module and find_spec(runtime.module) is not None):
        return Found(runtime, Condition.CARRIED, version=_version(runtime))
    return Found(runtime, Condition.ABSENT)


def require(places: Paths, device: str) -> Found:
    """The runtime that a device needs.

    Raises:
        DeviceFailed: it is not there, or broken.
    """
    found = find(places, needed(device))
    if not found.usable:
        raise DeviceFailed(
            "{device} needs the runtime {name}, which is {condition}.",
            "Install it: indoors runtimes install {name}."
            if found.condition is not Condition.FOREIGN
            else "Use another device: --device cpu.",
            device=device,
            name=found.runtime.name,
            condition=str(found.condition),
        )
    return found


def verify(places: Paths, runtime: Runtime) -> Found:
    """How a runtime is, the checksums of an installed one's files compared."""
    found = find(places, runtime)
    record = read(found.folder) if found.folder else None
    if found.folder is None or record is None:
        return found
    try:
        whole = all(sha256_of(found.folder / path) == known for path, known in record.files.items())
    except OSError:
        whole = False
    return found if whole else replace(found, condition=Condition.BROKEN)


def remove(places: Paths, runtime: Runtime) -> None:
    """Delete an installed runtime.

    Raises:
        UsageError: it is not installed.
        StorageError: the disk refused, or another program has it open.
    """
    place = places.runtime(runtime.name)
    if not place.exists():
        raise UsageError(
            "The runtime {name} is not installed.", "See: indoors runtimes list.", name=runtime.name
        )
    aside = place.with_name(f".removed-{runtime.name}")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        rename(place, aside)
    except OSError as error:
        raise from_os_error(error, "removing the runtime") from error
    shutil.rmtree(aside, ignore_errors=True)


def sha256_of(path: Path) -> str:
    """A file's checksum in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(folder: Path) -> Installed | None:
    """What a folder says of itself; None when it is damaged or unfinished."""
    try:
        return Installed(**json.loads((folder / RECORD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _version(runtime: Runtime) -> str:
    """Of what the program carries; empty where packages' descriptions were left out."""
    try:
        return version(runtime.package)
    except PackageNotFoundError:
        return ""


def _described(runtime: Runtime, folder: Path) -> Found:
    record = read(folder)
    if record is None or not (folder / runtime.module).is_dir():
        return Found(runtime, Condition.BROKEN, folder)
    condition = Condition.INSTALLED if record.system == sys.platform else Condition.FOREIGN
    return Found(runtime, condition, folder, record.version)
