"""Copying a folder so that it can be cut off at any point and go on, with every copy checked."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from app.errors import Cancelled, DiskFull, StorageError
from app.files import rename
from app.manifest import sha256_of
from app.progress import Progress

_CHUNK = 4 << 20
_PART = ".part"
MARK = ".indoors-copy"
"""A file at the top of every target: it is a copy that the app made, and what else lies in it may go."""
_MOST_ROUNDS = 10


class Copier:
    """Copies what is in a folder into another, but for hidden folders at its top: those are unfinished.

    A file gets its own name only once it is complete, checked and on the disk; such a file is not copied
    again.

    Args:
        source: the folder to copy.
        target: made if it is not there.
        progress: hears "copy" in bytes, those already there included.
        cancelled: asked for every few megabytes.
    """

    def __init__(self, source: Path, target: Path, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._source = source
        self._target = target
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0
        self._total = 0

    def run(self) -> None:
        """Copy, again until nothing was added meanwhile.

        Raises:
            DiskFull: the target's disk has less room than needed.
            StorageError: a copy differs from its source.
            Cancelled: it was.
            OSError: a disk refused.
        """
        self._target.mkdir(parents=True, exist_ok=True)
        (self._target / MARK).touch()
        for _ in range(_MOST_ROUNDS):
            missing = self._missing()
            if not missing:
                self._drop_strangers()
                return
            self._check_room()
            for path in missing:
                self._copy(path)
        raise StorageError(
            "{folder} changes all the time.", "Close what writes into it.", folder=self._source
        )

    def _files(self) -> list[Path]:
        tops = sorted(self._source.iterdir())
        shown = [top for top in tops if not top.name.startswith(".")]
        below = [path for top in shown for path in sorted(top.rglob("*"))]
        return [path.relative_to(self._source) for path in (*shown, *below) if path.is_file()]

    def _missing(self) -> list[Path]:
        files = self._files()
        sizes = {path: (self._source / path).stat().st_size for path in files}
        missing = [path for path in files if not self._is_there(path, sizes[path])]
        self._total = sum(sizes.values())
        self._done = self._total - sum(sizes[path] for path in missing)
        return missing

    def _is_there(self, path: Path, size: int) -> bool:
        copy = self._target / path
        if not copy.is_file() or copy.stat().st_size != size:
            return False
        return abs(copy.stat().st_mtime - (self._source / path).stat().st_mtime) < 2  # FAT keeps even seconds

    def _check_room(self) -> None:
        needed = self._total - self._done
        free = shutil.disk_usage(self._target).free
        if free < needed:
            raise DiskFull(
                "Moving needs {needed} GB more in {folder}, but only {free} GB are free.",
                "Free some space, or choose another folder.",
                needed=f"{needed / 1e9:,.2f}",
                folder=self._target.parent,
                free=f"{free / 1e9:,.2f}",
            )

    def _copy(self, path: Path) -> None:
        source, target = self._source / path, self._target / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + _PART)
        digest = hashlib.sha256()
        with source.open("rb") as reader, part.open("wb") as writer:
            while block := reader.read(_CHUNK):
                if self._cancelled():
                    raise Cancelled("Moving was cancelled.", "What was copied is kept: move again to go on.")
                writer.write(block)
                digest.update(block)
                self._done += len(block)
                self._progress("copy", self._done, self._total)
            writer.flush()
            os.fsync(writer.fileno())
        if sha256_of(part) != digest.hexdigest():
            part.unlink()
            raise StorageError(
                "{file} was not copied right: its checksum differs.", "Check the disk.", file=target
            )
        shutil.copystat(source, part)
        rename(part, target)

    def _drop_strangers(self) -> None:
        """Delete from the target what the source no longer has: a model that was removed meanwhile."""
        known = {*self._files(), Path(MARK)}
        for path in sorted(self._target.rglob("*"), reverse=True):
            if path.is_file() and path.relative_to(self._target) not in known:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()
