"""What a Markdown text consists of: blocks, each small enough to be drawn on its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it.token import Token

from app.ui.markdown.bands import Columns
from app.ui.markdown.parser import DEEPEST
from app.ui.markdown.pieces import Piece

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
        columns: widths of a table that was cut into bands.
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
    columns: Columns | None = None

    @property
    def goes_on(self) -> bool:
        """It is a band of a table, but not the first."""
        return self.columns is not None and not any(token.type == "th_open" for token in self.tokens)

    @property
    def in_list(self) -> bool:
        """It belongs to a list's item."""
        if self.kind is Kind.CODE:
            return self.depth > 0
        return bool(self.tokens) and self.tokens[0].type.endswith("list_open")


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
        yield Block(Kind.PROSE, source, piece.number, part, run, columns=piece.columns)


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
