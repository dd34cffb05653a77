"""Documents out of the database and into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from app.database.connection import Database
from app.history.conversations import option_values, set_title
from app.history.drafts import Drafts, draft_to_text
from app.history.folders import find_or_create
from app.history.message_rows import ALL_OF_CONVERSATION, index, insert, message_of, write_answer
from app.history.store import History
from app.history.transfer.document import Document, Node, settled, with_one_selected


def take(history: History, conversation_id: int) -> Document:
    """A conversation with all its branches.

    Raises:
        UsageError: there is none of that id.
    """
    about = history.conversations.get(conversation_id)
    folders = {folder.id: folder.name for folder in history.folders.all()}
    return Document(
        about.title,
        about.title_is_own,
        about.pinned,
        folders.get(about.folder_id, "") if about.folder_id is not None else "",
        about.created_at,
        about.updated_at,
        about.options,
        Drafts(history.database).load(conversation_id),
        settled(_nodes(history.database, conversation_id)),
    )


def put(history: History, documents: Iterable[Document]) -> list[int]:
    """Add documents as new conversations: all of them, or none when one fails.

    Each takes its place in the list by its `updated_at`, at most now.

    Raises:
        StorageError: the disk refused.
    """
    with history.database.writing("importing conversations") as connection:
        now = history.clock()
        return [_put(connection, document, now) for document in documents]


def _nodes(database: Database, conversation_id: int) -> list[Node]:
    rows = database.rows(ALL_OF_CONVERSATION, (conversation_id,), "exporting the conversation")
    places = {row["id"]: place for place, row in enumerate(rows)}
    return [
        Node(
            None if row["parent_id"] is None else places[row["parent_id"]],
            message.role,
            message.items,
            message.created_at,
            message.status,
            message.answer,
            bool(row["selected"]),
        )
        for row in rows
        for message in [message_of(row)]
    ]


def _put(connection: sqlite3.Connection, document: Document, now: float) -> int:
    conversation_id = _put_conversation(connection, document, now)
    ids: list[int] = []
    for node in with_one_selected(document.nodes):
        parent = None if node.parent is None else ids[node.parent]
        message_id = insert(
            connection, conversation_id, parent, node.role, node.status, node.items, node.created_at
        )
        write_answer(connection, message_id, node.answer)
        index(connection, message_id, node.items)
        if node.selected:
            connection.execute("UPDATE message SET selected = 1 WHERE id = ?", (message_id,))
        ids.append(message_id)
    return conversation_id


def _put_conversation(connection: sqlite3.Connection, document: Document, now: float) -> int:
    folder_id = find_or_create(connection, document.folder) if document.folder.strip() else None
    cursor = connection.execute(
        "INSERT INTO conversation (title_is_own, pinned, folder_id, created_at, updated_at, touched, draft,"
        " instructions, sampling, model, effort)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.title_is_own,
            document.pinned,
            folder_id,
            document.created_at,
            document.updated_at,
            min(document.updated_at, now),
            draft_to_text(document.draft),
            *option_values(document.options),
        ),
    )
    assert cursor.lastrowid is not None
    set_title(connection, cursor.lastrowid, document.title)
    return cursor.lastrowid
