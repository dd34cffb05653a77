"""Fuzzy matching for the command palette."""

from __future__ import annotations

import unicodedata

_START, _WORD, _RUN, _PLAIN = 12, 8, 6, 1
_GAP = 0.2


def score(query: str, text: str) -> float | None:
    """How well the query's characters are found in the text, in their order; None when they are not.

    The beginning of the text and of words and unbroken runs count more, skipped characters a little less.
    Case and accents do not matter; a blank in the query matches anything.
    """
    wanted = _plain(query).replace(" ", "")
    return _best(wanted, _plain(text)) if wanted else 0.0


def _best(wanted: str, text: str) -> float | None:
    """Dynamic programming over the text; `best[i]` is the best score of a match that ends at `text[i]`."""
    best: list[float | None] = [None] * len(text)
    for number, character in enumerate(wanted):
        best = _advance(best, character, text, first=number == 0)
    found = [value for value in best if value is not None]
    return max(found) - _GAP * len(text) if found else None


def _advance(before: list[float | None], character: str, text: str, *, first: bool) -> list[float | None]:
    after: list[float | None] = [None] * len(text)
    earlier: float | None = 0.0 if first else None
    for position, candidate in enumerate(text):
        if candidate == character and earlier is not None:
            after[position] = earlier + _bonus(text, position)
        if position and candidate == character and (run := before[position - 1]) is not None and not first:
            after[position] = max(after[position] or 0.0, run + _RUN)
        if (value := before[position]) is not None and (earlier is None or value > earlier):
            earlier = value
    return after


def _bonus(text: str, position: int) -> float:
    if position == 0:
        return _START
    return _PLAIN if text[position - 1].isalnum() else _WORD


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
