"""Short ways to fill a history."""

from __future__ import annotations

from pathlib import Path

from app.database.connection import Database
from app.history.backup import Backups
from app.history.items import Item, user_item
from app.history.migrate import migrate
from app.history.opening import Opened
from app.history.records import Answer, Message, Status
from app.history.store import History


def in_memory() -> History:
    """A history without a file, for tests that write a great deal."""
    path = Path("history")
    database = Database(None, path)
    migrate(database, None)
    return History(Opened(database, Backups(path), persistent=False), lambda: 1_800_000_000.0)


def answer_item(text: str) -> Item:
    return {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]}


def thinking_item(text: str) -> Item:
    return {"type": "reasoning", "summary": [], "content": [{"type": "reasoning_text", "text": text}]}


def say(history: History, conversation_id: int, text: str, parent_id: int | None = None) -> Message:
    return history.messages.append(conversation_id, parent_id, [user_item(text)])


def reply(history: History, to: Message, text: str, answer: Answer | None = None) -> Message:
    begun = history.messages.begin_answer(to.conversation_id, to.id, answer or Answer("guide"))
    return history.messages.finish_answer(
        begun.id, [answer_item(text)], Status.COMPLETE, answer or Answer("guide")
    )


def talk(history: History, *texts: str) -> int:
    """A conversation of turns that alternate."""
    conversation_id = history.conversations.create()
    last: Message | None = None
    for place, text in enumerate(texts):
        if last is None or place % 2 == 0:
            last = say(history, conversation_id, text, last.id if last else None)
        else:
            last = reply(history, last, text)
    return conversation_id


def texts(messages: list[Message]) -> list[str]:
    return [message.text for message in messages]
