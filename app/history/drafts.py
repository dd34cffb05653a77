"""What is typed and not sent, for each conversation and for the one not begun."""

from __future__ import annotations

import json

from app.database.connection import Database
from app.history.items import Attachment
from app.history.records import Draft
from app.history.stored_text import clean, to_json

_NEW = "draft of a new conversation"


class Drafts:
    """Drafts by conversation; None stands for the conversation that is not begun."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, conversation_id: int | None) -> Draft:
        """The draft kept last; an empty one when there is none."""
        if conversation_id is None:
            row = self._database.row("SELECT value FROM state WHERE key = ?", (_NEW,))
        else:
            row = self._database.row("SELECT draft FROM conversation WHERE id = ?", (conversation_id,))
        return draft_from_text(row[0]) if row else Draft()

    def save(self, conversation_id: int | None, draft: Draft) -> None:
        """Keep a draft; an empty one takes its place away. The order of the list does not change."""
        text = draft_to_text(draft)
        with self._database.writing("saving the draft") as connection:
            if conversation_id is None:
                connection.execute(
                    "INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)",
                    (_NEW, text),
                )
            else:
                connection.execute("UPDATE conversation SET draft = ? WHERE id = ?", (text, conversation_id))


def draft_to_text(draft: Draft) -> str:
    """A draft as it is stored; empty for an empty one."""
    if not draft:
        return ""
    files = [{"name": file.name, "text": file.text, "size": file.size} for file in draft.attachments]
    return to_json({"text": clean(draft.text), "attachments": files})


def draft_from_text(text: str) -> Draft:
    """A draft out of what is stored."""
    if not text:
        return Draft()
    stored = json.loads(text)
    files = tuple(Attachment(file["name"], file["text"], file["size"]) for file in stored["attachments"])
    return Draft(stored["text"], files)
