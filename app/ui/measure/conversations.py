"""The conversations that are measured, written into a history."""

from __future__ import annotations

from pathlib import Path

from app.history.items import user_item
from app.history.records import Answer, Status
from app.history.store import History
from app.ui.measure import prepared

MESSAGE_BYTES = 500
"""2,000 messages of this size are 1 MB."""


def write(folder: Path, lengths: list[int]) -> list[int]:
    """Write a conversation of each length.

    Args:
        folder: the history's.
        lengths: in messages.

    Returns:
        The conversations' ids.
    """
    history = History.open(folder)
    try:
        return [_converse(history, length) for length in lengths]
    finally:
        history.close()


def write_answer(folder: Path, text: str) -> int:
    """Write a conversation with one answer; gives its id."""
    history = History.open(folder)
    try:
        conversation = history.conversations.create()
        asked = history.messages.append(conversation, None, [user_item("Write a program.")]).id
        _answer(history, conversation, asked, text)
    finally:
        history.close()
    return conversation


def _converse(history: History, length: int) -> int:
    conversation = history.conversations.create()
    last: int | None = None
    for number in range(length):
        text = prepared.message(MESSAGE_BYTES, number)
        if number % 2 == 0:
            last = history.messages.append(conversation, last, [user_item(text)]).id
        else:
            last = _answer(history, conversation, last, text)
    return conversation


def _answer(history: History, conversation: int, parent: int | None, text: str) -> int:
    begun = history.messages.begin_answer(conversation, parent, Answer("guide"))
    item = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]}
    return history.messages.finish_answer(begun.id, [item], Status.COMPLETE, Answer("guide")).id
