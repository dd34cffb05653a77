"""The piece of a text around the first match of a search, and where the matches lie in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.history.folding import fold_letters

BEFORE = 40
LENGTH = 160

_PIECE = 1 << 13
_SPACES = re.compile(r"\s+")
_PARTS = re.compile(r"[^\W_]+|[^\w\s]+")


@dataclass(frozen=True)
class Excerpt:
    """Text in one line, and (start, end) of each match in it, in code points."""

    text: str
    ranges: tuple[tuple[int, int], ...]


def excerpt_of(text: str, words: list[str]) -> Excerpt:
    """Cut a text to what surrounds its first match.

    Args:
        text: any length; only as much of it is folded as lies before the first match.
        words: the folded words of the query.
    """
    pattern = _pattern(words)
    start = max(0, _first_match(text, pattern) - BEFORE)
    if 0 < start < len(text) and (space := text.find(" ", start, start + BEFORE // 2)) > 0:
        start = space + 1
    piece = text[start : start + LENGTH]
    line = _SPACES.sub(" ", piece).strip()
    before, after = "…" if start else "", "…" if start + LENGTH < len(text) else ""
    shown = f"{before}{line}{after}"
    return Excerpt(shown, _ranges(shown, pattern))


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Each word where a word begins; a run of ideographs anywhere."""
    parts = [part for word in words for part in _PARTS.findall(word)]
    ordered = sorted(set(parts), key=len, reverse=True)
    return re.compile("|".join(_anchored(part) for part in ordered) or r"(?!)")


def _anchored(part: str) -> str:
    spaced_script = part[0].isalnum() and part[0] < "\u0e00"
    return rf"(?<![^\W_]){re.escape(part)}" if spaced_script else re.escape(part)


def _first_match(text: str, pattern: re.Pattern[str]) -> int:
    """Where the first match begins in the text itself, about; 0 when there is none."""
    overlap = 256
    for start in range(0, max(len(text), 1), _PIECE):
        folded, places = _folded_places(text[max(0, start - overlap) : start + _PIECE])
        if match := pattern.search(folded):
            return max(0, start - overlap) + places[match.start()]
    return 0


def _ranges(text: str, pattern: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    folded, places = _folded_places(text)
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(folded):
        start = max(places[match.start()], found[-1][1] if found else 0)  # one character may fold to several
        if start < (end := places[match.end() - 1] + 1):
            found.append((start, end))
    return tuple(found)


def _folded_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in the text it came from."""
    pieces, places = [], []
    for place, char in enumerate(text):
        folded = fold_letters(char)
        pieces.append(folded)
        places.extend([place] * len(folded))
    return "".join(pieces), places
