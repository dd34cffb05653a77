"""The title a conversation gets from its first turn."""

from __future__ import annotations

import json
import re
import sqlite3

from app.history.items import Item, attachments, typed_text

LONGEST = 60

_MARKUP = re.compile(r"^\s*(?:[#>*+-]+|\d+[.)]|`{3,}\w*)(?:\s+|$)")
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？؟])\s")
_LOOKED_AT = 2000  # a title comes from the beginning of a 5 MB paste


def propose(text: str) -> str:
    """The first sentence of the first line that says something, cut between words."""
    lines = (" ".join(_MARKUP.sub("", line).split()) for line in text[:_LOOKED_AT].splitlines())
    line = next((line for line in lines if any(char.isalnum() for char in line)), "")
    line = line or " ".join(text[:_LOOKED_AT].split())
    return _shorten(_SENTENCE_END.split(line, maxsplit=1)[0])


def _shorten(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    between_words = cut.rsplit(" ", 1)[0]
    return (between_words if len(between_words) > LONGEST // 2 else cut).rstrip(" ,;:–-") + "…"


def of_turn(items: list[Item]) -> str:
    """What a user's turn proposes: its words, else the name of its first attachment."""
    typed = propose(typed_text(items))
    files = attachments(items)
    return typed or (_shorten(files[0].name) if files else "")


def from_first_turn(connection: sqlite3.Connection, conversation_id: int) -> str:
    """What the first user's message on the shown branch proposes; empty when there is none."""
    row = connection.execute(
        "SELECT items FROM message WHERE conversation_id = ? AND role = 'user' ORDER BY id LIMIT 1",
        (conversation_id,),
    ).fetchone()
    return of_turn(json.loads(row[0])) if row else ""
