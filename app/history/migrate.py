"""Brings a database to the current version, one migration at a time, with a backup before each."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.database.connection import Database
from app.database.failures import explained
from app.errors import NewerVersion
from app.history.backup import Backups
from app.history.schema import APPLICATION_ID, MIGRATIONS


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(database: Database, backups: Backups | None, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Run the migrations the file has not seen.

    Args:
        database: the file.
        backups: where the copy before each migration goes; None for a database that needs none.
        migrations: all of them, in order.

    Raises:
        NewerVersion: the file has seen migrations unknown here; nothing was changed.
        StorageError: one failed; the file is as it was before that one.
    """
    with explained(database.path, "reading the version"):
        version = version_of(database.connection)
    if version > len(migrations):
        raise NewerVersion(
            "{path} was written by a newer version of Indoors.",
            "Update Indoors, or move the file away to start a new history.",
            path=database.path,
        )
    for number in range(version + 1, len(migrations) + 1):
        if backups is not None and version > 0:  # a file made just now holds nothing
            backups.make(database, f"before-{number}")
        _apply(database, number, migrations[number - 1])


def _apply(database: Database, number: int, script: str) -> None:
    with database.writing("bringing the history up to date") as connection:
        if version_of(connection) >= number:  # another process was faster
            return
        for statement in _statements(script):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> list[str]:
    """Cut a script apart; `executescript` would commit before it starts."""
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def is_sound(path: Path) -> bool:
    """Whether a file is a whole database of the history (`PRAGMA quick_check`)."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            return is_whole(connection) and version_of(connection) > 0
        finally:
            connection.close()
    except sqlite3.Error:
        return False


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds the file in order.

    Raises:
        sqlite3.DatabaseError: it is too damaged to check.
    """
    return [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]
