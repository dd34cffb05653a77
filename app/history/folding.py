"""Text folded for search: case, accents, vowel signs and width do not count; ideographs are words.

SQLite's own trigram tokenizer cannot find a word of two characters, and its unicode61 takes a Chinese
sentence for one word. So the words are made here: Unicode compatibility decomposition (UAX #15) without the
marks, case folding, and a space around each ideograph, kana and symbol, which a phrase query finds again.
"""

from __future__ import annotations

import re
import unicodedata

from app.history.stored_text import clean

_CHUNK = 1 << 16  # folding is done in pieces, so that a long text never holds the interpreter for long

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]"
)
_ALONE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2190-\u2bff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)


def fold(text: str) -> str:
    """The form of a text that goes into the index."""
    if text.isascii():
        return text.lower()
    pieces = (text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK))
    return "".join(_ALONE.sub(r" \g<0> ", fold_letters(piece)) for piece in pieces)


def fold_letters(text: str) -> str:
    """The same without the spaces: letters only."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def query_words(query: str) -> list[str]:
    """The words of a query, folded; a run of ideographs stays together."""
    folded = fold_letters(clean(query).replace("\0", " "))
    return [word for word in folded.split() if any(_is_indexed(char) for char in word)]


def match_expression(query: str) -> str:
    """The query in FTS5's language: every word, or a word that begins so, must be there, in any order.

    Returns:
        An empty string when the query holds nothing that is indexed.
    """
    phrases = [fold(word).replace('"', " ").split() for word in query_words(query)]
    terms = ['"' + " ".join(phrase) + '"' for phrase in phrases if phrase]
    return " ".join(f"{term}*" for term in terms)


def _is_indexed(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LN" or category in {"So", "Co"}
