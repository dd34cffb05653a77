"""Zip archives (wheels are such): their files into a folder, none beside it, none larger than it says."""

from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.download.protocol import RemoteFile
from app.download.safety import HEAD_BYTES, refuse_code
from app.download.selection import Selection, select
from app.errors import ModelDamaged, UnsafeModel

_MOST_FILES = 10_000
_MOST_GROWTH = 20
"""Weights hardly shrink in an archive; what grows more is a bomb."""
_SMALL_BYTES = 64 << 20
_READ_BYTES = 1 << 20
_METADATA = ".dist-info/"


class Archive:
    """An archive that is looked at before anything is written.

    Args:
        path: the file.
        patterns: which of its files are wanted; empty: all.

    Raises:
        ModelDamaged: it is no zip archive.
        UnsafeModel: it holds a link, a path out of the folder, a bomb, or nothing but code.
        ModelNotFound: nothing in it fits the patterns.
    """

    def __init__(self, path: Path, patterns: Sequence[str]) -> None:
        self._path = path
        try:
            with zipfile.ZipFile(path) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _damaged(path, error) from error
        self._refuse_tricks(entries)
        listed = [
            RemoteFile(entry.filename, entry.file_size, None)
            for entry in entries
            if _METADATA not in entry.filename or "licen" in entry.filename.lower()
        ]
        self.selection: Selection = select(listed, patterns, path.name)

    @property
    def bytes(self) -> int:
        """What its wanted files take on the disk."""
        return sum(file.bytes or 0 for file in self.selection.files)

    def unpack(self, folder: Path, local: Mapping[str, str], advance: Callable[[int], None]) -> None:
        """Write the wanted files.

        Args:
            folder: where to.
            local: what each is called there.
            advance: hears of bytes written since its last call, and may raise.

        Raises:
            ModelDamaged: a checksum in the archive is wrong.
            UnsafeModel: a file is code under another name.
            OSError: the disk refused.
        """
        try:
            with zipfile.ZipFile(self._path) as archive:
                for file in self.selection.files:
                    target = folder / local[file.path]
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with archive.open(file.path) as source, target.open("wb") as sink:
                        while data := source.read(_READ_BYTES):
                            if sink.tell() == 0:
                                refuse_code(file.path, data[:HEAD_BYTES])
                            sink.write(data)
                            advance(len(data))
        except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise _damaged(self._path, error) from error

    def _refuse_tricks(self, entries: Sequence[zipfile.ZipInfo]) -> None:
        if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
            raise UnsafeModel(
                "{archive} holds a link to another place.",
                "Do not use this model; tell its publisher.",
                archive=self._path.name,
            )
        total = sum(entry.file_size for entry in entries)
        packed = self._path.stat().st_size
        if len(entries) > _MOST_FILES or total > max(packed * _MOST_GROWTH, _SMALL_BYTES):
            raise UnsafeModel(
                "{archive} would grow from {packed} to {total} bytes or has too many files: it is a trap.",
                "Do not use this model; tell its publisher.",
                archive=self._path.name,
                packed=packed,
                total=total,
            )


def _damaged(path: Path, error: Exception) -> ModelDamaged:
    return ModelDamaged(
        "{archive} cannot be unpacked: {reason}.",
        "Fetch it again.",
        archive=path.name,
        reason=str(error).rstrip("."),
    )
