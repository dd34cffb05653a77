"""Conversations without their messages: making, listing, naming, ordering, deleting."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from app.database.connection import Database, Row
from app.errors import UsageError
from app.history import titles
from app.history.folding import fold
from app.history.records import Conversation, ConversationSummary, Options
from app.history.stored_text import clean, to_json
from app.history.summaries import local_day, summaries_of

Clock = Callable[[], float]

_TICK = 0.001

_SUMMARY = """
    SELECT id, title, pinned, folder_id, created_at, updated_at, draft <> '' AS has_draft
    FROM conversation WHERE deleted_at IS {deleted} NULL ORDER BY touched DESC
"""


class Conversations:
    """The table of conversations.

    Args:
        database: the open file.
        clock: seconds since 1970, UTC; what it says may go backwards.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def create(self, options: Options | None = None, folder_id: int | None = None) -> int:
        """Begin a conversation; it has no title until its first turn."""
        now, chosen = self._clock(), options or Options()
        with self._database.writing("creating the conversation") as connection:
            cursor = connection.execute(
                "INSERT INTO conversation (created_at, updated_at, touched, folder_id,"
                " instructions, sampling, model, effort) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (now, now, _latest(connection, now), folder_id, *option_values(chosen)),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def get(self, conversation_id: int) -> Conversation:
        """One conversation, deleted or not.

        Raises:
            UsageError: there is none of that id.
        """
        row = self._database.row("SELECT * FROM conversation WHERE id = ?", (conversation_id,))
        if row is None:
            raise _unknown(conversation_id)
        return _conversation(row)

    def summaries(self, folder_id: int | None = None) -> list[ConversationSummary]:
        """All conversations that are not deleted, the last changed first; of one folder when it is given."""
        found = summaries_of(self._database.rows(_SUMMARY.format(deleted="")), self._today())
        return [line for line in found if folder_id is None or line.folder_id == folder_id]

    def deleted(self) -> list[ConversationSummary]:
        """What was deleted and can still be brought back, the last changed first."""
        return summaries_of(self._database.rows(_SUMMARY.format(deleted="NOT")), self._today())

    def rename(self, conversation_id: int, title: str) -> None:
        """Give a title; an empty one goes back to what the first turn proposes."""
        own = " ".join(title.split())
        with self._database.writing("renaming the conversation") as connection:
            _update(connection, conversation_id, "title_is_own = ?", (bool(own),))
            set_title(connection, conversation_id, own or titles.from_first_turn(connection, conversation_id))

    def pin(self, conversation_id: int, pinned: bool) -> None:
        """Keep it at the top of the list, or no longer."""
        self._change("pinning the conversation", conversation_id, "pinned = ?", (pinned,))

    def move(self, conversation_id: int, folder_id: int | None) -> None:
        """Put it into a folder, or into none."""
        self._change("moving the conversation", conversation_id, "folder_id = ?", (folder_id,))

    def set_options(self, conversation_id: int, options: Options) -> None:
        """Replace what the conversation says about how it is answered."""
        columns = "instructions = ?, sampling = ?, model = ?, effort = ?"
        self._change("saving the instructions", conversation_id, columns, option_values(options))

    def delete(self, conversation_id: int) -> None:
        """Take it out of the list and out of search; `restore` brings it back until it is purged."""
        with self._database.writing("deleting the conversation") as connection:
            _update(connection, conversation_id, "deleted_at = ?", (self._clock(),))

    def restore(self, conversation_id: int) -> None:
        """Undo a deletion."""
        self._change("restoring the conversation", conversation_id, "deleted_at = ?", (None,))

    def purge(self, conversation_ids: Sequence[int]) -> None:
        """Erase conversations for good, with their messages and their words in the index."""
        with self._database.writing("erasing conversations") as connection:
            for conversation_id in conversation_ids:
                connection.execute(
                    "DELETE FROM search WHERE rowid IN (SELECT id FROM message WHERE conversation_id = ?)",
                    (conversation_id,),
                )
                connection.execute("DELETE FROM search WHERE rowid = ?", (-conversation_id,))
                connection.execute("DELETE FROM conversation WHERE id = ?", (conversation_id,))
            if conversation_ids:
                connection.execute("INSERT INTO search(search) VALUES ('optimize')")

    def purge_deleted(self, older_than_s: float) -> int:
        """Erase what was deleted longer ago than that; returns how many."""
        doomed = self._database.rows(
            "SELECT id FROM conversation WHERE deleted_at < ?", (self._clock() - older_than_s,)
        )
        self.purge([row["id"] for row in doomed])
        return len(doomed)

    def _change(self, doing: str, conversation_id: int, columns: str, values: Sequence[Any]) -> None:
        with self._database.writing(doing) as connection:
            _update(connection, conversation_id, columns, values)

    def _today(self) -> date:
        return local_day(self._clock())


def touch(connection: sqlite3.Connection, conversation_id: int, now: float) -> None:
    """Note that a conversation changed: it comes first in the list.

    Raises:
        UsageError: there is none of that id.
    """
    _update(connection, conversation_id, "updated_at = ?, touched = ?", (now, _latest(connection, now)))


def _latest(connection: sqlite3.Connection, now: float) -> float:
    """A time for `touched`: now, or just after the last one when the clock went back."""
    last = connection.execute("SELECT max(touched) FROM conversation").fetchone()[0]
    return now if last is None else max(now, last + _TICK)


def set_title(connection: sqlite3.Connection, conversation_id: int, title: str) -> None:
    """Write a title and its words in the index."""
    _update(connection, conversation_id, "title = ?", (clean(title),))
    connection.execute("DELETE FROM search WHERE rowid = ?", (-conversation_id,))
    connection.execute(
        "INSERT INTO search(rowid, body) VALUES (?, ?)", (-conversation_id, fold(clean(title)))
    )


def _update(
    connection: sqlite3.Connection, conversation_id: int, columns: str, values: Sequence[Any]
) -> None:
    statement = f"UPDATE conversation SET {columns} WHERE id = ?"  # noqa: S608, columns are literals
    if connection.execute(statement, (*values, conversation_id)).rowcount == 0:
        raise _unknown(conversation_id)


def _unknown(conversation_id: int) -> UsageError:
    return UsageError(
        "There is no conversation {number}.", "It may have been erased.", number=str(conversation_id)
    )


def option_values(options: Options) -> tuple[str, str, str, str]:
    """The columns instructions, sampling, model, effort."""
    return clean(options.instructions), to_json(options.sampling), options.model, options.effort


def _conversation(row: Row) -> Conversation:
    options = Options(row["instructions"], json.loads(row["sampling"]), row["model"], row["effort"])
    return Conversation(
        row["id"],
        row["title"],
        bool(row["title_is_own"]),
        bool(row["pinned"]),
        row["folder_id"],
        row["created_at"],
        row["updated_at"],
        options,
    )
