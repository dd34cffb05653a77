"""Responses that clients asked to keep: SQLite, bounded in count and bytes."""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.database.connection import Database
from app.database.failures import is_damage

UNENDED = frozenset({"queued", "in_progress"})
"""What a response's status is before its end."""
MOST_RESPONSES = 2_000
MOST_BYTES = 256 << 20
_LONGEST_CHAIN = 1_000
_FAST = 1  # zlib's level: events repeat themselves, so any level makes them small
_BROKEN_OFF = {"code": "worker_died", "message": "The server ended before the answer was whole."}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS responses (
    id TEXT PRIMARY KEY,
    previous_id TEXT,
    used_at REAL NOT NULL,
    bytes INTEGER NOT NULL,
    input TEXT NOT NULL,
    response TEXT NOT NULL
) WITHOUT ROWID
"""
# What was told of a response goes with it.
_EVENTS = """
CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY REFERENCES responses ON DELETE CASCADE,
    events BLOB NOT NULL
) WITHOUT ROWID
"""
_PUT = "INSERT OR REPLACE INTO responses VALUES (?, ?, ?, ?, ?, ?)"
_USED = "CREATE INDEX IF NOT EXISTS responses_used ON responses (used_at)"
_CHAIN = """
WITH RECURSIVE chain (id, previous_id, depth) AS (
    SELECT id, previous_id, 0 FROM responses WHERE id = ?
    UNION ALL
    SELECT r.id, r.previous_id, depth + 1
    FROM responses r JOIN chain c ON r.id = c.previous_id WHERE depth < ?
)
SELECT chain.id, chain.previous_id, input, response FROM chain JOIN responses USING (id) ORDER BY depth DESC
"""


@dataclass(frozen=True)
class StoredResponse:
    """One response and what it answered.

    Attributes:
        response: the response object.
        input: the items that this request brought, without those of the responses before.
    """

    response: Mapping[str, Any]
    input: Sequence[Mapping[str, Any]]

    @property
    def id(self) -> str:
        """The response's id."""
        return str(self.response["id"])

    @property
    def previous_id(self) -> str | None:
        """The response that it follows."""
        return self.response.get("previous_response_id")


class ResponseStore:
    """Keeps responses; the ones not used for longest go first. Not for several threads.

    Args:
        path: the file. One that is damaged is thrown away: it holds copies of what clients have.
        clock: seconds since 1970.
        most: responses to keep.
        most_bytes: of text, all together.

    Raises:
        sqlite3.Error: the file cannot be opened.
    """

    def __init__(
        self,
        path: Path | None,
        clock: Callable[[], float] = time.time,
        most: int = MOST_RESPONSES,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._clock = clock
        self._most = most
        self._most_bytes = most_bytes
        self._database = _open(path)

    def put(self, stored: StoredResponse, events: Sequence[Mapping[str, Any]] = ()) -> None:
        """Keep a response; it is on disk when this returns.

        Args:
            stored: the response; it takes the place of one with the same id.
            events: what was told of it.

        Raises:
            StorageError: the disk refused.
        """
        asked, answered = (json.dumps(value) for value in (stored.input, stored.response))
        told = zlib.compress(json.dumps(events).encode(), _FAST) if events else b""
        size = len(asked) + len(answered) + len(told)
        row = (stored.id, stored.previous_id, self._clock(), size, asked, answered)
        with self._database.writing("keeping the response") as connection:
            connection.execute(_PUT, row)
            if told:
                connection.execute("INSERT INTO events VALUES (?, ?)", (stored.id, told))
            self._make_room(connection)

    def get(self, response_id: str) -> StoredResponse | None:
        """The response of that id."""
        row = self._database.row("SELECT input, response FROM responses WHERE id = ?", (response_id,))
        return _stored(row) if row else None

    def events(self, response_id: str) -> Sequence[Mapping[str, Any]]:
        """What was told of the response of that id; empty where that is not known."""
        row = self._database.row("SELECT events FROM events WHERE id = ?", (response_id,))
        found: list[Mapping[str, Any]] = json.loads(zlib.decompress(row["events"])) if row else []
        return found

    def chain(self, response_id: str) -> list[StoredResponse] | None:
        """A response and all before it, the oldest first; None where one is not there any more."""
        rows = self._database.rows(_CHAIN, (response_id, _LONGEST_CHAIN))
        if not rows or rows[0]["previous_id"] is not None:
            return None
        with self._database.writing("reading the response") as connection:
            used = [(self._clock(), row["id"]) for row in rows]
            connection.executemany("UPDATE responses SET used_at = ? WHERE id = ?", used)
        return [_stored(row) for row in rows]

    def delete(self, response_id: str) -> bool:
        """Forget a response; says whether there was one."""
        with self._database.writing("deleting the response") as connection:
            return connection.execute("DELETE FROM responses WHERE id = ?", (response_id,)).rowcount > 0

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def _make_room(self, connection: sqlite3.Connection) -> None:
        count, size = connection.execute("SELECT count(*), coalesce(sum(bytes), 0) FROM responses").fetchone()
        while count > 1 and (count > self._most or size > self._most_bytes):
            row = connection.execute("SELECT id, bytes FROM responses ORDER BY used_at LIMIT 1").fetchone()
            connection.execute("DELETE FROM responses WHERE id = ?", (row["id"],))
            count, size = count - 1, size - row["bytes"]


def _stored(row: sqlite3.Row) -> StoredResponse:
    """A row of the table; an answer without an end was cut by the end of the server that gave it."""
    response = json.loads(row["response"])
    if response.get("status") in UNENDED:
        response |= {"status": "failed", "error": _BROKEN_OFF}
    return StoredResponse(response, json.loads(row["input"]))


def _open(path: Path | None) -> Database:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _prepared(path)
    except sqlite3.Error as error:
        if path is None or not is_damage(error):
            raise
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    return _prepared(path)


def _prepared(path: Path | None) -> Database:
    database = Database(path)
    try:
        database.connection.execute(_SCHEMA)
        database.connection.execute(_EVENTS)
        database.connection.execute(_USED)
    except sqlite3.Error:
        database.close()
        raise
    return database
