"""Rows of the table of messages: reading one into a `Message`, writing one inside a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from app.database.connection import Row
from app.errors import UsageError
from app.history.folding import fold
from app.history.items import Item, visible_text
from app.history.records import Answer, Message, Role, Status
from app.history.stored_text import clean, to_json

COLUMNS = (
    "message.id, message.conversation_id, message.parent_id, message.role, message.status, message.items,"
    " message.created_at, message.model, message.device, message.effort, message.finish_reason,"
    " message.usage, message.timings, message.thinking_s, message.error"
)
"""What `message_of` reads, before `place` and `siblings`."""

ALL_OF_CONVERSATION = (
    f"SELECT {COLUMNS}, 0 AS place, 1 AS siblings, selected FROM message"  # noqa: S608
    " WHERE conversation_id = ? ORDER BY id"
)

_ROLES = {role.value: role for role in Role}
_STATES = {status.value: status for status in Status}
_NO_ANSWER = Answer()
_BLANK = ["", "", "", "", None, None, None, ""]  # its columns
_DECODER = json.JSONDecoder()
_NUMBER_READ = COLUMNS.count(",") + 3


def conversation_of(connection: sqlite3.Connection, message_id: int) -> int:
    """The conversation a message belongs to.

    Raises:
        UsageError: there is no such message.
    """
    row = connection.execute("SELECT conversation_id FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise unknown(message_id)
    return int(row[0])


def unknown(message_id: int) -> UsageError:
    """The error for a message that is not there."""
    return UsageError(
        "There is no message {message_id}.",
        "Its conversation may have been erased.",
        message_id=str(message_id),
    )


def insert(
    connection: sqlite3.Connection,
    conversation_id: int,
    parent_id: int | None,
    role: Role,
    status: Status,
    items: Sequence[Item],
    created_at: float,
) -> int:
    """Add a message that is not shown yet.

    Raises:
        UsageError: the parent is missing or belongs to another conversation.
    """
    if parent_id is not None and conversation_of(connection, parent_id) != conversation_id:
        raise UsageError(
            "Message {parent_id} is not part of conversation {number}.",
            "Reload the conversation.",
            parent_id=str(parent_id),
            number=str(conversation_id),
        )
    cursor = connection.execute(
        "INSERT INTO message (conversation_id, parent_id, selected, role, status, items, created_at)"
        " VALUES (?, ?, 0, ?, ?, ?, ?)",
        (conversation_id, parent_id, role, status, to_json(items), created_at),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def show(connection: sqlite3.Connection, message_id: int) -> None:
    """Select one of its siblings; first none, since at most one may be."""
    connection.execute(
        "UPDATE message SET selected = 0 WHERE selected AND id <> :id AND"
        " (conversation_id, ifnull(parent_id, 0)) ="
        " (SELECT conversation_id, ifnull(parent_id, 0) FROM message WHERE id = :id)",
        {"id": message_id},
    )
    connection.execute("UPDATE message SET selected = 1 WHERE id = ?", (message_id,))


def index(connection: sqlite3.Connection, message_id: int, items: Sequence[Item]) -> None:
    """Make a message's words findable."""
    connection.execute("DELETE FROM search WHERE rowid = ?", (message_id,))
    body = fold(clean(visible_text(items)))
    connection.execute("INSERT INTO search(rowid, body) VALUES (?, ?)", (message_id, body))


def write_answer(connection: sqlite3.Connection, message_id: int, answer: Answer) -> None:
    """Write what is known of an answer besides its items."""
    connection.execute(
        "UPDATE message SET model = ?, device = ?, effort = ?, finish_reason = ?, usage = ?, timings = ?,"
        " thinking_s = ?, error = ? WHERE id = ?",
        (
            answer.model,
            answer.device,
            answer.effort,
            answer.finish_reason,
            _json(answer.usage),
            _json(answer.timings),
            answer.thinking_s,
            clean(answer.error),
            message_id,
        ),
    )


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else to_json(value)


def _object(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _answer(
    model: str,
    device: str,
    effort: str,
    finish_reason: str,
    usage: str | None,
    timings: str | None,
    thinking_s: float | None,
    error: str,
) -> Answer:
    return Answer(model, device, effort, finish_reason, _object(usage), _object(timings), thinking_s, error)


def message_of(row: Row) -> Message:
    """A message from a row that begins with `COLUMNS`, `place` and `siblings`.

    By position: a long conversation has thousands of rows, and a name takes a search through all names.
    """
    (key, conversation, parent, role, status, items, created, *answer, place, siblings) = row[:_NUMBER_READ]
    return Message(
        key,
        conversation,
        parent,
        _ROLES[role],
        _STATES[status],
        _DECODER.raw_decode(items)[0],
        created,
        _NO_ANSWER if answer == _BLANK else _answer(*answer),
        place,
        siblings,
    )
