"""SQLite's refusals in the words of the app's error tree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import AccessDenied, DiskFull, StorageError
from app.phrases import Phrase

_PRIMARY = 0xFF  # an extended result code keeps its primary code in the low byte
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REFUSED = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; SQLITE_ERROR when the error did not come from SQLite itself."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is not, or no longer, a sound database."""
    return primary_code(error) in _DAMAGED


def explain(error: sqlite3.Error, path: Path, doing: str) -> StorageError:
    """The error to show.

    Args:
        error: what sqlite3 raised.
        path: the database.
        doing: what was attempted, as a gerund phrase: "saving the message".
    """
    code, values = primary_code(error), {"doing": Phrase(doing), "path": str(path)}
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(
            "The disk is full: {doing} in {path} failed.", "Free some space and try again.", **values
        )
    if code in _REFUSED:
        return AccessDenied(
            "Access was refused: {doing} in {path} failed.",
            "Change the permissions, or choose another folder with --home or INDOORS_HOME.",
            **values,
        )
    if code in _BUSY:
        return StorageError(
            "Another program holds {path}: {doing} failed.",
            "Close the other window of Indoors, or what is copying the file, and try again.",
            **values,
        )
    if code in _DAMAGED:
        return StorageError(
            "The history {path} is damaged: {doing} failed.",
            "Start Indoors again: it sets the file aside and takes up the newest backup.",
            **values,
        )
    return StorageError(
        "The database refused: {doing} in {path} failed ({reason}).",
        "Check the disk and try again.",
        reason=error,
        **values,
    )


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn any sqlite3 error inside into a StorageError."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path, doing) from error
