"""Long tables in bands of a few rows, so that a table that grows is not drawn anew from its beginning."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

_CELLS = 60
_CHARACTERS = 3_000
_LEAST_ROWS = 5
_MOST_COLUMNS = 40
_WIDEST = 60  # characters that a cell asks for; what is longer is wrapped
_PADDING = 2  # characters
_LINE = 92  # characters of usual text in the widest column of text


@dataclass(frozen=True)
class Columns:
    """How wide all bands of a table are, in percent: what is in the first one tells it.

    Attributes:
        width: of the table, of all there is.
        shares: of each column, of the table.
    """

    width: float
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Band:
    """Some rows of a table, the first ones with its header.

    Attributes:
        tokens: a table of these rows.
        first: its first line.
        end: the line after its last.
        columns: its widths; None for a table that is not cut.
    """

    tokens: Sequence[Token]
    first: int
    end: int
    columns: Columns | None


def bands(table: Sequence[Token], known: Columns | None) -> Iterator[Band]:
    """Cut a table.

    Args:
        table: from its opening to its closing token.
        known: the widths, where bands of it were cut before; then its header is not shown again.
    """
    head, *body = _rows(table)
    first = _full(body)
    lines = table[0].map or [0, 0]
    columns = known or _columns([head, *body[:first]])
    if known is None and (first == len(body) or columns is None):
        yield Band(table, lines[0], lines[1], None)
        return
    start, shown = 0, [] if known else [head]
    while start < len(body):
        end = start + _full(body[start:])
        shown += body[start:end]
        inside = [token for row in shown for token in row]
        yield Band([table[0], *inside, table[-1]], _lines(shown[0])[0], _lines(shown[-1])[1], columns)
        start, shown = end, []


def _rows(table: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for index, token in enumerate(table):
        if token.type == "tr_open":
            start = index
        elif token.type == "tr_close":
            yield table[start : index + 1]


def _full(rows: Sequence[Sequence[Token]]) -> int:
    """How many rows the next band takes."""
    cells = characters = 0
    for count, row in enumerate(rows, 1):
        contents = _contents(row)
        cells += len(contents)
        characters += sum(map(len, contents))
        if count >= _LEAST_ROWS and (cells >= _CELLS or characters >= _CHARACTERS):
            return count
    return len(rows)


def _columns(rows: Sequence[Sequence[Token]]) -> Columns | None:
    """Widths by what the rows hold; None for more columns than can be told apart."""
    wanted = [0] * max(len(_contents(row)) for row in rows)
    for row in rows:
        for place, content in enumerate(_contents(row)):
            wanted[place] = max(wanted[place], min(_characters(content), _WIDEST) + _PADDING)
    if len(wanted) > _MOST_COLUMNS:
        return None
    total = sum(wanted)
    return Columns(min(100.0, 100 * total / _LINE), tuple(100 * width / total for width in wanted))


def _contents(row: Sequence[Token]) -> list[str]:
    return [token.content for token in row if token.type == "inline"]


def _characters(text: str) -> int:
    """How many letters of usual width take as much room."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _lines(row: Sequence[Token]) -> Sequence[int]:
    return row[0].map or (0, 0)
