"""Cuts what the parser found at the top level: blocks, the items of lists, bands of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from app.ui.markdown.bands import Columns, bands


@dataclass(frozen=True)
class Piece:
    """A top-level block, one item of a top-level list, or some rows of a top-level table.

    Attributes:
        tokens: from its opening to its closing token.
        first: its first line.
        end: the line after its last.
        number: an ordered list's item number, else 0.
        columns: widths of a table that was cut.
        head: the first line of that table.
    """

    tokens: Sequence[Token]
    first: int
    end: int
    number: int = 0
    columns: Columns | None = None
    head: int = 0


def pieces(tokens: Sequence[Token], columns: Columns | None = None) -> Iterator[Piece]:
    """All pieces of a text.

    Args:
        tokens: what the parser found.
        columns: the text begins with the header of a table that was cut before, which had these widths.
    """
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            whole = tokens[start : index + 1]
            opening = whole[0]
            if opening.type.endswith("list_open"):
                yield from _items(whole)
            elif opening.type == "table_open":
                yield from _bands(whole, None if start else columns)
            elif opening.map is not None:
                yield Piece(whole, opening.map[0], opening.map[1])
            start = index + 1


def _items(tokens: Sequence[Token]) -> Iterator[Piece]:
    opening, closing = tokens[0], tokens[-1]
    number = int(opening.attrs.get("start", 1)) if opening.type == "ordered_list_open" else 0
    start = 1
    for index, token in enumerate(tokens):
        if token.type == "list_item_close" and token.level == 1:
            item = tokens[start : index + 1]
            lines = item[0].map or [0, 0]
            yield Piece([opening, *item, closing], lines[0], lines[1], number)
            number += bool(number)
            start = index + 1


def _bands(tokens: Sequence[Token], columns: Columns | None) -> Iterator[Piece]:
    head = (tokens[0].map or [0])[0]
    for band in bands(tokens, columns):
        yield Piece(band.tokens, band.first, band.end, 0, band.columns, head)
