"""Full-text search over titles and messages, on shown and on other branches."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.database.connection import Database, Row
from app.history.excerpt import Excerpt, excerpt_of
from app.history.folding import match_expression, query_words
from app.history.items import visible_text
from app.history.records import Role, SearchHit

_TITLES = """
    SELECT c.id, c.title, c.updated_at FROM search JOIN conversation AS c ON c.id = -search.rowid
    WHERE search MATCH ? AND search.rowid < 0 AND c.deleted_at IS NULL ORDER BY c.touched DESC LIMIT ?
"""

_MESSAGES = """
    SELECT m.id, m.conversation_id, m.role, m.items, m.created_at, c.title
    FROM search JOIN message AS m ON m.id = search.rowid JOIN conversation AS c ON c.id = m.conversation_id
    WHERE search MATCH ? AND search.rowid > 0 AND c.deleted_at IS NULL ORDER BY search.rowid DESC LIMIT ?
"""

_SHOWN = """
    WITH RECURSIVE path(id) AS (
        SELECT id FROM message WHERE conversation_id = :conversation AND parent_id IS NULL AND selected
        UNION ALL
        SELECT m.id FROM message AS m JOIN path ON m.parent_id = path.id
            WHERE m.conversation_id = :conversation AND m.selected
    )
    SELECT id FROM path
"""


class Search:
    """Finds conversations by their words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, query: str, limit: int = 100) -> list[SearchHit]:
        """Titles and messages that hold every word of the query, or words that begin so.

        Case, accents and vowel signs do not count; a run of ideographs is found anywhere.

        Args:
            query: what was typed; nothing in it is an operator.
            limit: the most titles, and the most messages, that are wanted.

        Returns:
            Titles first, then messages; the newest first.
        """
        expression, words = match_expression(query), query_words(query)
        if not expression:
            return []
        titles = self._database.rows(_TITLES, (expression, limit), "searching")
        messages = self._database.rows(_MESSAGES, (expression, limit), "searching")
        shown = self._shown({row["conversation_id"] for row in messages})
        found = [_message_hit(row, words, active=row["id"] in shown) for row in messages]
        return [_title_hit(row, words) for row in titles] + found

    def _shown(self, conversation_ids: Iterable[int]) -> set[int]:
        """The messages on the branches that are shown."""
        queries = (self._database.rows(_SHOWN, {"conversation": number}) for number in conversation_ids)
        return {row["id"] for rows in queries for row in rows}


def _message_hit(row: Row, words: list[str], *, active: bool) -> SearchHit:
    excerpt = excerpt_of(visible_text(json.loads(row["items"])), words)
    role = Role(row["role"])
    return _hit(row["conversation_id"], row["title"], row["id"], role, excerpt, active, row["created_at"])


def _title_hit(row: Row, words: list[str]) -> SearchHit:
    return _hit(row["id"], row["title"], None, None, excerpt_of(row["title"], words), True, row["updated_at"])


def _hit(
    conversation_id: int,
    title: str,
    message_id: int | None,
    role: Role | None,
    excerpt: Excerpt,
    active: bool,
    created_at: float,
) -> SearchHit:
    return SearchHit(
        conversation_id, title, message_id, role, excerpt.text, excerpt.ranges, active, created_at
    )
