"""What a Markdown text consists of: blocks, each small enough to be drawn on its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it.token import Token

from app.ui.markdown.parser import DEEPEST

LONGEST_PROSE = 12_000
LONGEST_PLAIN = 3_000
_MOST_SPECIALS = 1_500
_MOST_CELLS = 1_000
_SPECIALS = "[<&_*$`~\\!"
_DEEP = DEEPEST - 4


class Kind(StrEnum):
    """How a block is drawn."""

    PROSE = "prose"
    CODE = "code"
    PLAIN = "plain"


@dataclass(frozen=True)
class Block:
    """One piece of a text.

    Attributes:
        kind: how it is drawn.
        source: what was written.
        number: an ordered list's item number, else 0; it tells blocks apart that read the same.
        part: which part of the source, where it was cut at a piece of code.
        tokens: what the parser found; a piece of code has none.
        code: the code, without its fence.
        language: what the fence said.
        depth: how many lists and quotes it stands in.
        closed: the fence has ended.
    """

    kind: Kind
    source: str
    number: int = 0
    part: int = 0
    tokens: Sequence[Token] = field(default=(), compare=False, repr=False)
    code: str = field(default="", compare=False, repr=False)
    language: str = ""
    depth: int = 0
    closed: bool = True

    @property
    def in_list(self) -> bool:
        """It belongs to a list's item."""
        if self.kind is Kind.CODE:
            return self.depth > 0
        return bool(self.tokens) and self.tokens[0].type.endswith("list_open")


@dataclass(frozen=True)
class Piece:
    """A top-level block, or one item of a top-level list.

    Attributes:
        tokens: from its opening to its closing token.
        first: its first line.
        end: the line after its last.
        number: an ordered list's item number, else 0.
    """

    tokens: Sequence[Token]
    first: int
    end: int
    number: int = 0


def pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """Cut what the parser found at the top level, and top-level lists into their items."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            whole = tokens[start : index + 1]
            opening = whole[0]
            if opening.type.endswith("list_open"):
                yield from _items(whole)
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


def blocks_of(piece: Piece, source: str) -> Iterator[Block]:
    """The blocks a piece is drawn as: code on its own, the rest as prose, what is too much as it was written.

    Args:
        piece: one piece.
        source: its lines.
    """
    if not _is_drawable(piece, source):
        yield from plain(source)
        return
    run: list[Token] = []
    open_tokens: list[Token] = []
    part = 0
    for token in piece.tokens:
        if token.type in {"fence", "code_block"}:
            if any(inner.content for inner in run):
                yield Block(Kind.PROSE, source, piece.number, part, run)
                part += 1
            yield _code(token, source, piece.number, part, len(open_tokens))
            part += 1
            run = [_again(opening) for opening in open_tokens]
            continue
        run.append(token)
        if token.nesting == 1:
            open_tokens.append(token)
        elif token.nesting == -1:
            open_tokens.pop()
    if part == 0 or any(inner.content for inner in run):
        yield Block(Kind.PROSE, source, piece.number, part, run)


def plain(source: str) -> Iterator[Block]:
    """Text as it was written, in bounded portions, cut where a line or a word ends if one does nearby."""
    start = 0
    while start < len(source):
        end = _good_cut(source, start)
        yield Block(Kind.PLAIN, source[start:end], part=start)
        start = end


def _good_cut(source: str, start: int) -> int:
    end = start + LONGEST_PLAIN
    if end >= len(source):
        return len(source)
    for mark in ("\n", " "):
        place = source.rfind(mark, end - LONGEST_PLAIN // 4, end)
        if place >= 0:
            return place + 1
    return end


def _is_drawable(piece: Piece, source: str) -> bool:
    if piece.tokens[0].type in {"fence", "code_block"}:
        return True
    if len(source) > LONGEST_PROSE or sum(map(source.count, _SPECIALS)) > _MOST_SPECIALS:
        return False
    cells = sum(token.type in {"td_open", "th_open"} for token in piece.tokens)
    return cells <= _MOST_CELLS and max(token.level for token in piece.tokens) < _DEEP


def _code(token: Token, source: str, number: int, part: int, depth: int) -> Block:
    language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
    closed = token.type == "code_block" or _ends_with_fence(token, source)
    code = token.content.removesuffix("\n")
    text = source if depth == 0 else code
    return Block(Kind.CODE, text, number, part, (), code, language, depth // 2, closed)


def _ends_with_fence(token: Token, source: str) -> bool:
    lines = source.rstrip("\n").split("\n")
    return len(lines) > 1 and lines[-1].strip().startswith(token.markup)


def _again(token: Token) -> Token:
    """The token of a container that goes on after a piece of code."""
    copy = token.copy()
    copy.meta = {**token.meta, "goes_on": True}
    return copy
