"""One connection to a database file: pragmas, transactions, errors.

A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.database.failures import explained

BUSY_TIMEOUT_S = 5.0

Row = sqlite3.Row
Parameters = Sequence[Any] | Mapping[str, Any]

# https://www.sqlite.org/pragma.html. FULL syncs the WAL at every commit, so that a committed message survives
# a loss of power; on macOS only F_FULLFSYNC reaches the disk. Deleted text is overwritten with zeros.
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_size_limit = 16777216",
)


class Database:
    """SQLite with the app's settings, its errors explained.

    Args:
        path: the file; it is made when it is missing. None for a database in memory.
        label: the path named in errors, when it differs from `path`.
        busy_timeout_s: how long to wait for another process's write.

    Raises:
        sqlite3.Error: the file cannot be opened or written, or is no database. Only opening raises this;
            every other method raises StorageError.
    """

    def __init__(
        self, path: Path | None, label: Path | None = None, busy_timeout_s: float = BUSY_TIMEOUT_S
    ) -> None:
        self.path = label or path or Path("database")
        self._connection = sqlite3.connect(
            path or ":memory:", timeout=busy_timeout_s, isolation_level=None, cached_statements=256
        )
        self._connection.row_factory = sqlite3.Row
        try:
            for pragma in _PRAGMAS:
                self._connection.execute(pragma).fetchall()
        except sqlite3.Error:
            self._connection.close()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """The raw connection, for backups and migrations."""
        return self._connection

    def rows(self, sql: str, parameters: Parameters = (), doing: str = "reading") -> list[Row]:
        """All rows of a query."""
        with explained(self.path, doing):
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = (), doing: str = "reading") -> Row | None:
        """The first row of a query, if any."""
        with explained(self.path, doing):
            row: Row | None = self._connection.execute(sql, parameters).fetchone()
            return row

    @contextmanager
    def writing(self, doing: str) -> Iterator[sqlite3.Connection]:
        """A transaction: on disk when the block ends, undone when it raises.

        Args:
            doing: what it does, as a gerund phrase for the error: "saving the message".
        """
        with explained(self.path, doing):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back on a full disk
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Give the file back; the last connection folds the WAL into it."""
        self._connection.close()
