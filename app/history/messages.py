"""The tree of messages of a conversation: writing, branching, streaming.

A message's children are alternatives; the selected ones from the root down are the branch that is shown.
Editing a turn adds a sibling to it, regenerating adds a sibling to the answer; nothing is overwritten.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from app.database.connection import Database
from app.history import branch, titles
from app.history.conversations import Clock, set_title, touch
from app.history.items import Item
from app.history.message_rows import (
    COLUMNS,
    conversation_of,
    index,
    insert,
    message_of,
    show,
    unknown,
    write_answer,
)
from app.history.records import Answer, Message, Role, Status
from app.history.stored_text import to_json
from app.history.token_ids import pack, unpack

_ONE = f"""
    SELECT {COLUMNS},
        (SELECT count(*) FROM message AS s WHERE s.conversation_id = message.conversation_id
            AND s.parent_id IS message.parent_id AND s.id < message.id) AS place,
        (SELECT count(*) FROM message AS s WHERE s.conversation_id = message.conversation_id
            AND s.parent_id IS message.parent_id) AS siblings
    FROM message WHERE message.id = ?
"""  # noqa: S608

_HIDDEN_ANCESTORS = """
    WITH RECURSIVE up(id, parent_id, selected) AS (
        SELECT id, parent_id, selected FROM message WHERE id = :message
        UNION ALL
        SELECT m.id, m.parent_id, m.selected FROM message AS m JOIN up ON m.id = up.parent_id
    )
    SELECT id FROM up WHERE NOT selected
"""


class Messages:
    """The table of messages.

    Args:
        database: the open file.
        clock: seconds since 1970, UTC.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def branch(self, conversation_id: int) -> list[Message]:
        """The messages that are shown, from the first on."""
        return branch.read(self._database, conversation_id)

    def get(self, message_id: int) -> Message:
        """One message.

        Raises:
            UsageError: there is none of that id.
        """
        row = self._database.row(_ONE, (message_id,))
        if row is None:
            raise unknown(message_id)
        return message_of(row)

    def siblings(self, message_id: int) -> list[int]:
        """The ids of a message and its alternatives, in the order of writing."""
        rows = self._database.rows(
            "SELECT s.id FROM message AS s JOIN message AS m ON s.conversation_id = m.conversation_id"
            " AND s.parent_id IS m.parent_id WHERE m.id = ? ORDER BY s.id",
            (message_id,),
        )
        return [row["id"] for row in rows]

    def append(
        self, conversation_id: int, parent_id: int | None, items: Sequence[Item], role: Role = Role.USER
    ) -> Message:
        """Add a whole message below another and show it; it is on disk when this returns.

        The first turn of the user names a conversation that has no title.

        Raises:
            UsageError: no such conversation, or the parent belongs to another.
            StorageError: the disk refused; nothing was written.
        """
        with self._database.writing("saving the message") as connection:
            message_id = self._insert(connection, conversation_id, parent_id, role, Status.COMPLETE, items)
            index(connection, message_id, items)
            if role is Role.USER:
                _name(connection, conversation_id, list(items))
        return self.get(message_id)

    def begin_answer(self, conversation_id: int, parent_id: int | None, answer: Answer) -> Message:
        """Add an empty answer below a message and show it."""
        with self._database.writing("saving the answer") as connection:
            message_id = self._insert(
                connection, conversation_id, parent_id, Role.ASSISTANT, Status.STREAMING, []
            )
            write_answer(connection, message_id, answer)
        return self.get(message_id)

    def extend_answer(self, message_id: int, items: Sequence[Item], thinking_s: float | None = None) -> None:
        """Replace the items of an answer that is being written; call it at most once a second.

        Another window, opened meanwhile, may have taken it for a cut one: it is `streaming` again.
        """
        with self._database.writing("saving the answer") as connection:
            changed = connection.execute(
                "UPDATE message SET items = ?, status = 'streaming', thinking_s = ifnull(?, thinking_s)"
                " WHERE id = ?",
                (to_json(items), thinking_s, message_id),
            )
            if changed.rowcount == 0:
                raise unknown(message_id)

    def finish_answer(
        self,
        message_id: int,
        items: Sequence[Item],
        status: Status,
        answer: Answer,
        token_ids: Sequence[int] = (),
    ) -> Message:
        """Write an answer's last state, and its words into the index."""
        with self._database.writing("saving the answer") as connection:
            changed = connection.execute(
                "UPDATE message SET items = ?, status = ?, token_ids = ? WHERE id = ?",
                (to_json(items), status, pack(token_ids), message_id),
            )
            if changed.rowcount == 0:
                raise unknown(message_id)
            write_answer(connection, message_id, answer)
            index(connection, message_id, items)
            touch(connection, conversation_of(connection, message_id), self._clock())
        return self.get(message_id)

    def token_ids(self, message_id: int) -> list[int]:
        """The tokens the model wrote; none where they are not known."""
        row = self._database.row("SELECT token_ids FROM message WHERE id = ?", (message_id,))
        return unpack(row["token_ids"] if row is not None else None)

    def select(self, message_id: int) -> list[Message]:
        """Show the branch a message is on; below it, what was shown there last.

        Returns:
            The branch that is shown now.
        """
        with self._database.writing("changing the branch") as connection:
            conversation_id = conversation_of(connection, message_id)
            for row in connection.execute(_HIDDEN_ANCESTORS, {"message": message_id}).fetchall():
                show(connection, row["id"])
        return self.branch(conversation_id)

    def step(self, message_id: int, by: int) -> list[Message]:
        """Show the alternative that lies `by` places further; stops at either end."""
        ids = self.siblings(message_id)
        if not ids:
            raise unknown(message_id)
        place = min(max(ids.index(message_id) + by, 0), len(ids) - 1)
        return self.select(ids[place])

    def close_cut_answers(self) -> int:
        """Mark answers that were being written when the program ended as incomplete; returns how many."""
        cut = self._database.rows("SELECT id, items FROM message WHERE status = 'streaming'")
        if cut:
            with self._database.writing("marking cut answers") as connection:
                for row in cut:
                    connection.execute("UPDATE message SET status = 'incomplete' WHERE id = ?", (row["id"],))
                    index(connection, row["id"], json.loads(row["items"]))
        return len(cut)

    def _insert(
        self,
        connection: sqlite3.Connection,
        conversation_id: int,
        parent_id: int | None,
        role: Role,
        status: Status,
        items: Sequence[Item],
    ) -> int:
        now = self._clock()
        touch(connection, conversation_id, now)
        message_id = insert(connection, conversation_id, parent_id, role, status, items, now)
        show(connection, message_id)
        return message_id


def _name(connection: sqlite3.Connection, conversation_id: int, items: list[Item]) -> None:
    row = connection.execute(
        "SELECT title, title_is_own FROM conversation WHERE id = ?", (conversation_id,)
    ).fetchone()
    if not row["title"] and not row["title_is_own"]:
        set_title(connection, conversation_id, titles.of_turn(items))
