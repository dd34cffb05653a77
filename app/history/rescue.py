"""What can still be read of a damaged file is added to the history that takes its place.

SQLite reads a table page by page, so a damaged page costs its own rows only: each table is read from the
front until it fails, then from the back. What comes out is believed only as far as it makes sense. Folders
are not rescued.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.database.connection import Database
from app.history import titles
from app.history.conversations import set_title
from app.history.copying import readable_copy
from app.history.message_rows import index, show
from app.history.records import Role, Status

Fields = dict[str, Any]

_CONVERSATION = [
    "id",
    "title",
    "title_is_own",
    "pinned",
    "created_at",
    "updated_at",
    "touched",
    "deleted_at",
    "instructions",
    "sampling",
    "model",
    "effort",
    "draft",
]
_MESSAGE = [
    "id",
    "conversation_id",
    "parent_id",
    "selected",
    "role",
    "status",
    "items",
    "created_at",
    "model",
    "device",
    "effort",
    "finish_reason",
    "usage",
    "timings",
    "thinking_s",
    "error",
]


def rescue(damaged: Path, database: Database) -> int:
    """Add the conversations and messages of a damaged file that the database does not have.

    Args:
        damaged: the file that was set aside; it is not changed.
        database: what took its place, of the current version.

    Returns:
        How many messages were added.

    Raises:
        StorageError: the database could not be written; nothing was added.
        OSError: the damaged file could not be copied.
    """
    with readable_copy(damaged) as connection:
        conversations = [
            row for row in _rows(connection, "conversation", _CONVERSATION) if _is_conversation(row)
        ]
        messages = [row for row in _rows(connection, "message", _MESSAGE) if _is_message(row)]
    with database.writing("rescuing conversations") as connection:
        known = _ids(connection, "message")
        lost = [row for row in messages if row["id"] not in known]
        _add_conversations(connection, conversations, {row["conversation_id"] for row in lost})
        _add_messages(connection, lost, known)
    return len(lost)


def _rows(connection: sqlite3.Connection, table: str, columns: list[str]) -> list[Fields]:
    found: dict[int, Fields] = {}
    query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid"  # noqa: S608, columns are literals
    for order in ("ASC", "DESC"):
        try:
            for row in connection.execute(f"{query} {order}"):
                found.setdefault(row["id"], dict(row))
        except sqlite3.Error:  # here the damage begins
            continue
    return [found[key] for key in sorted(found)]


def _is_conversation(row: Fields) -> bool:
    numbers = (row["created_at"], row["updated_at"], row["touched"])
    texts = (row["title"], row["instructions"], row["model"], row["effort"])
    return (
        all(isinstance(number, int | float) for number in numbers)
        and all(isinstance(text, str) for text in texts)
        and isinstance(_parsed(row["sampling"]), dict)
        and (row["draft"] == "" or isinstance(_parsed(row["draft"]), dict))
    )


def _is_message(row: Fields) -> bool:
    items = _parsed(row["items"])
    return (
        row["role"] in set(Role)
        and row["status"] in set(Status)
        and isinstance(row["conversation_id"], int)
        and isinstance(row["created_at"], int | float)
        and isinstance(items, list)
        and all(isinstance(item, dict) for item in items)
        and all(row[name] is None or isinstance(_parsed(row[name]), dict) for name in ("usage", "timings"))
    )


def _parsed(text: object) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def _ids(connection: sqlite3.Connection, table: str) -> set[int]:
    return {row[0] for row in connection.execute(f"SELECT id FROM {table}")}  # noqa: S608


def _add_conversations(
    connection: sqlite3.Connection, conversations: Iterable[Fields], needed: set[int]
) -> None:
    """Add what is missing; a conversation whose own row is lost is begun anew for its messages."""
    known = _ids(connection, "conversation")
    for row in conversations:
        if row["id"] not in known:
            _insert(connection, "conversation", _CONVERSATION, row)
            set_title(connection, row["id"], row["title"])
            known.add(row["id"])
    for number in needed - known:
        connection.execute(
            "INSERT INTO conversation (id, created_at, updated_at, touched) VALUES (?, 0, 0, 0)", (number,)
        )


def _add_messages(connection: sqlite3.Connection, lost: list[Fields], known: set[int]) -> None:
    there = known | {row["id"] for row in lost}
    for row in lost:
        parent = row["parent_id"] if row["parent_id"] in there else None
        _insert(connection, "message", _MESSAGE, row | {"parent_id": parent, "selected": 0})
        index(connection, row["id"], json.loads(row["items"]))
    for row in lost:
        if row["selected"] or not _has_shown_sibling(connection, row["id"]):
            show(connection, row["id"])
    for number in {row["conversation_id"] for row in lost}:
        _name(connection, number)


def _has_shown_sibling(connection: sqlite3.Connection, message_id: int) -> bool:
    found = connection.execute(
        "SELECT 1 FROM message AS s JOIN message AS m ON s.conversation_id = m.conversation_id"
        " AND s.parent_id IS m.parent_id WHERE m.id = ? AND s.selected",
        (message_id,),
    )
    return found.fetchone() is not None


def _name(connection: sqlite3.Connection, conversation_id: int) -> None:
    row = connection.execute("SELECT title FROM conversation WHERE id = ?", (conversation_id,)).fetchone()
    if not row["title"]:
        set_title(connection, conversation_id, titles.from_first_turn(connection, conversation_id))


def _insert(connection: sqlite3.Connection, table: str, columns: list[str], row: Fields) -> None:
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608, columns are literals
    connection.execute(statement, [row[name] for name in columns])
