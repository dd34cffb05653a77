"""Copies of the history's file: a few daily ones, and one before each migration."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from app.database.connection import Database
from app.database.failures import explained
from app.errors import from_os_error
from app.files import rename

KEPT = 5

_PREFIX = "history-"
_SUFFIX = ".sqlite3"


class Backups:
    """The folder of copies.

    Args:
        folder: where they lie; made when the first is written.
        kept: how many stay, the newest.
    """

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self.folder = folder
        self._kept = kept

    def newest_first(self) -> list[Path]:
        """All copies. The number in the name orders them, since clocks go wrong."""
        if not self.folder.is_dir():
            return []
        found = [path for path in self.folder.glob(f"{_PREFIX}*{_SUFFIX}") if _number(path) >= 0]
        return sorted(found, key=_number, reverse=True)

    def is_due(self, today: date) -> bool:
        """Whether no copy carries today's date."""
        return not any(today.isoformat() in path.stem for path in self.newest_first())

    def make(self, database: Database, reason: str) -> Path:
        """Copy the database as it is now, then delete copies beyond the number kept.

        Args:
            database: what to copy.
            reason: part of the file's name: a date, or what comes next.

        Raises:
            StorageError: the copy could not be written; no half of it stays.
        """
        existing = self.newest_first()
        number = _number(existing[0]) + 1 if existing else 1
        path = self.folder / f"{_PREFIX}{number:05d}-{reason}{_SUFFIX}"
        temporary = path.with_suffix(".tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with explained(path, "writing the backup"):
                copy_to(database.connection, temporary)
            rename(temporary, path)
            for old in self.newest_first()[self._kept :]:
                old.unlink(missing_ok=True)
        except OSError as error:
            raise from_os_error(error, "writing the backup") from error
        finally:
            temporary.unlink(missing_ok=True)
        return path


def copy_to(source: sqlite3.Connection, path: Path) -> None:
    """Write all of a database into a new file, in one consistent state."""
    path.unlink(missing_ok=True)
    target = sqlite3.connect(path)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, nothing beside it
    finally:
        target.close()


def _number(path: Path) -> int:
    digits = path.name.removeprefix(_PREFIX).split("-", 1)[0]
    return int(digits) if digits.isascii() and digits.isdigit() else -1
