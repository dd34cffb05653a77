"""Adapted graphs kept on disk, safe against concurrent processes, crashes and damage.

An entry is a folder named by its key: the parts' headers and `parts.json` with their checksums. It is
written beside its place and renamed into it, so it is there completely or not at all.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import onnx

from app.errors import from_os_error
from app.files import rename

_INDEX = "parts.json"
_UNFINISHED = ".unfinished-"
_ABANDONED_AFTER_S = 3600.0
_ATTEMPTS = 3


@dataclass(frozen=True)
class StoredPart:
    """One header of an entry, with the names at its borders."""

    path: Path
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


class AdaptedCache:
    """A folder of adapted graphs.

    Args:
        folder: made when the first entry is written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str, make: Callable[[], list[onnx.ModelProto]]) -> tuple[StoredPart, ...]:
        """Find an entry; make it when it is absent or damaged.

        Raises:
            StorageError: the disk refused; nothing half-written is left behind.
        """
        if (found := _read(self._folder / key)) is not None:
            return found
        models = make()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._drop_abandoned()
            return self._store(key, models)
        except OSError as error:
            raise from_os_error(error, "writing the adapted graph") from error

    def _store(self, key: str, models: list[onnx.ModelProto]) -> tuple[StoredPart, ...]:
        place = self._folder / key
        with tempfile.TemporaryDirectory(
            dir=self._folder, prefix=_UNFINISHED, ignore_cleanup_errors=True
        ) as name:
            entry = Path(name) / "entry"
            entry.mkdir()
            _write(entry, models)
            _put(entry, place, Path(name))
        found = _read(place)
        if found is None:
            raise OSError(f"{place} cannot be read back")
        return found

    def _drop_abandoned(self) -> None:
        for path in self._folder.glob(f"{_UNFINISHED}*"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _ABANDONED_AFTER_S:
                    shutil.rmtree(path, ignore_errors=True)


def _put(entry: Path, place: Path, aside: Path) -> None:
    """Rename a finished entry into its place, unless another process has put a sound one there.

    A damaged one is moved `aside` first.
    """
    for attempt in range(_ATTEMPTS):
        try:
            rename(entry, place)
        except OSError:
            if _read(place) is not None:
                return
            with suppress(FileNotFoundError):
                rename(place, aside / f"damaged-{attempt}")
        else:
            return


def _write(entry: Path, models: list[onnx.ModelProto]) -> None:
    records = []
    for number, model in enumerate(models):
        content = model.SerializeToString(deterministic=True)
        path = entry / f"part-{number}.onnx"
        path.write_bytes(content)
        records.append(
            {
                "file": path.name,
                "sha256": hashlib.sha256(content).hexdigest(),
                "inputs": [value.name for value in model.graph.input],
                "outputs": [value.name for value in model.graph.output],
            }
        )
    (entry / _INDEX).write_text(json.dumps(records, indent=1), encoding="utf-8")


def _read(entry: Path) -> tuple[StoredPart, ...] | None:
    """An entry whose files all have their checksums, else None."""
    try:
        records = json.loads((entry / _INDEX).read_text(encoding="utf-8"))
        for record in records:
            content = (entry / record["file"]).read_bytes()
            if hashlib.sha256(content).hexdigest() != record["sha256"]:
                return None
        return tuple(
            StoredPart(entry / record["file"], tuple(record["inputs"]), tuple(record["outputs"]))
            for record in records
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
