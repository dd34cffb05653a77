"""The branch of a conversation that is shown: read quickly, for it stands between a click and the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from app.database.connection import Database, Row
from app.history.message_rows import COLUMNS, message_of
from app.history.records import Message

_SELECTED = f"SELECT {COLUMNS}, 0 AS place, 1 AS siblings FROM message WHERE conversation_id = ? AND selected"  # noqa: S608
_ALTERNATIVES = "SELECT id, parent_id FROM message WHERE conversation_id = ? AND NOT selected"


def read(database: Database, conversation_id: int) -> list[Message]:
    """The selected messages from the root down.

    At most one of the messages below the same one is selected, so that each has one successor at most. Two
    plain scans and a walk take half the time of a recursive query that counts siblings.
    """
    below: dict[int | None, Row] = {row[2]: row for row in database.rows(_SELECTED, (conversation_id,))}
    others: dict[int | None, list[int]] = defaultdict(list)
    for row in database.rows(_ALTERNATIVES, (conversation_id,)):
        others[row[1]].append(row[0])
    branch: list[Message] = []
    parent: int | None = None
    while parent in below:
        message = message_of(below[parent])
        branch.append(_placed(message, others.get(parent)))
        parent = message.id
    return branch


def _placed(message: Message, others: list[int] | None) -> Message:
    if not others:
        return message
    earlier = sum(other < message.id for other in others)
    return replace(message, sibling_index=earlier, sibling_count=len(others) + 1)
