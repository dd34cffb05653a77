"""The lines of the list of conversations, and the day each is listed under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.database.connection import Row
from app.history.records import ConversationSummary


def local_day(seconds: float) -> date:
    """The day on this computer's calendar; the epoch for a time that no calendar holds."""
    try:
        return datetime.fromtimestamp(seconds).date()
    except (OverflowError, OSError, ValueError):
        return date(1970, 1, 1)


def summaries_of(rows: Sequence[Row], today: date) -> list[ConversationSummary]:
    """Lines in the rows' order, the last changed first.

    A day never lies below an earlier one: a line takes the latest day of those below it and its own, days in
    the future left out, so a clock that went wrong cannot tear the groups apart.
    """
    lines, latest = [], date.min
    for row in reversed(rows):
        day = local_day(row["updated_at"])
        if day <= today:
            latest = max(latest, day)
        lines.append(_summary(row, latest if latest > date.min else today))
    return lines[::-1]


def _summary(row: Row, day: date) -> ConversationSummary:
    return ConversationSummary(
        row["id"],
        row["title"],
        bool(row["pinned"]),
        row["folder_id"],
        row["created_at"],
        row["updated_at"],
        day,
        bool(row["has_draft"]),
    )
