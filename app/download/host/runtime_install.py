"""Installing a runtime: pip fetches the wheel, every file of it is checked, then the folder gets its name."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from app.download.safety import check_paths
from app.download.sources.pip import Pip
from app.errors import Cancelled, ChecksumMismatch, ModelDamaged, UsageError, from_os_error
from app.files import rename
from app.paths import Paths
from app.runtimes import RECORD, Installed, Runtime, sha256_of

_SYSTEMS = {"win": "win32", "macosx": "darwin", "manylinux": "linux", "linux": "linux"}
_CHUNK = 1 << 20
_PREFIX = ".unfinished-"


def install(
    runtime: Runtime, places: Paths, pip: Pip, platform: str, cancelled: Callable[[], bool]
) -> Installed:
    """Fetch a runtime and put it into its folder, in place of the one that is there.

    Args:
        runtime: which.
        places: where runtimes are kept.
        pip: fetches.
        platform: a tag of pip's for another system; empty for this one.
        cancelled: asked often.

    Raises:
        UsageError: the program carries it, or it is not for the system.
        NetworkError, Hindrance: it cannot be fetched.
        ChecksumMismatch, ModelDamaged, UnsafeModel: the wheel is not as its own list says.
        StorageError: the disk refused; nothing half-written is left.
        Cancelled: it was.
    """
    system = _system(platform)
    _require(runtime, system)
    place = places.runtime(runtime.name)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=place.parent, prefix=_PREFIX, ignore_cleanup_errors=True
        ) as name:
            fresh = Path(name) / "fresh"
            wheel = _fetched(runtime, Path(name) / "wheel", pip, platform, cancelled)
            record = _unpacked(runtime, wheel, fresh, system, cancelled)
            (fresh / RECORD).write_text(record.to_json(), encoding="utf-8")
            if place.exists():
                rename(place, Path(name) / "before")
            rename(fresh, place)
    except OSError as error:
        raise from_os_error(error, "installing the runtime") from error
    return record


def _require(runtime: Runtime, system: str) -> None:
    if runtime.carried:
        raise UsageError(
            "The program carries the runtime {name}.", "There is nothing to install.", name=runtime.name
        )
    if system not in runtime.systems:
        raise UsageError(
            "The runtime {name} does not exist for this system.",
            "Use another one: indoors runtimes list.",
            name=runtime.name,
        )


def _system(platform: str) -> str:
    if not platform:
        return sys.platform
    for beginning, system in _SYSTEMS.items():
        if platform.startswith(beginning):
            return system
    raise UsageError(
        "{platform} is no platform.", "Write it as pip does: win_amd64.", platform=repr(platform)
    )


def _fetched(runtime: Runtime, folder: Path, pip: Pip, platform: str, cancelled: Callable[[], bool]) -> Path:
    """The wheel; pip has compared it with the index's checksum."""
    elsewhere = ["--platform", platform] if platform else []
    requirement = f"{runtime.package}{runtime.versions}"
    pip.run(["download", "--dest", str(folder), *elsewhere, requirement], cancelled)
    [wheel] = folder.glob("*.whl")
    return wheel


def _unpacked(
    runtime: Runtime, wheel: Path, folder: Path, system: str, cancelled: Callable[[], bool]
) -> Installed:
    """Write the files that the wheel's RECORD lists, each with its checksum; scripts are left out."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            listed = _listed(archive)
            for path, stored in listed.items():
                if cancelled():
                    raise Cancelled("The installation was stopped.")
                _extract(archive, path, stored, folder / path)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ModelDamaged(
            "{wheel} is no wheel: {reason}.", "Try again.", wheel=wheel.name, reason=error
        ) from error
    if not (folder / runtime.module).is_dir():
        raise ModelDamaged(
            "{wheel} holds no {module}.", "Try again.", wheel=wheel.name, module=runtime.module
        )
    version = wheel.name.split("-")[1]
    files = {path: _decoded(stored).hex() for path, stored in listed.items()}
    return Installed(runtime.name, runtime.package, version, sha256_of(wheel), system, files)


def _listed(archive: zipfile.ZipFile) -> dict[str, str]:
    """Paths and checksums of all files but those that pip would put elsewhere, and the list itself."""
    [name] = [each for each in archive.namelist() if each.endswith(".dist-info/RECORD")]
    rows = csv.reader(io.StringIO(archive.read(name).decode("utf-8")))
    listed = {row[0]: row[1] for row in rows if len(row) > 1 and row[1]}
    found = {path: stored for path, stored in listed.items() if ".data" not in path.partition("/")[0]}
    check_paths(list(found))
    return found


def _extract(archive: zipfile.ZipFile, path: str, stored: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(path) as packed, target.open("wb") as file:
        while piece := packed.read(_CHUNK):
            digest.update(piece)
            file.write(piece)
    if digest.digest() != _decoded(stored):
        raise ChecksumMismatch("{path} is not as the package lists it.", "Try again.", path=path)


def _decoded(stored: str) -> bytes:
    """A checksum as RECORD writes it: "sha256=" and base64 without its end (PEP 376)."""
    kind, _, text = stored.partition("=")
    if kind != "sha256":
        raise ValueError(f"checksums by {kind}")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
