"""A Markdown text that grows: only its last block is ever parsed again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt

from app.ui.markdown.bands import Columns
from app.ui.markdown.blocks import LONGEST_PROSE, Block, Kind, blocks_of, plain
from app.ui.markdown.pieces import Piece, pieces
from app.ui.markdown.safe_text import neutralise

_STEP = 4_096
_LONGEST_CODE = 2_000_000
_LONGEST_INNER_CODE = 131_072
_TABLE_HEAD = 2  # lines: the header, and the line that tells the alignment
_FENCE_INDENT = 3
_FENCE = re.compile(r"(`{3,}|~{3,})[^`\n]*\n")


class MarkdownStream:
    """Cuts a growing text into blocks.

    Appending costs nothing; `parse` reads what is new, a bounded amount at a time. All blocks but the last
    few are settled: their parsing never changes again, and neither do their objects.

    Args:
        parser: the dialect.

    Attributes:
        blocks: what there is so far.
        settled: how many of them will not change.
        references: the link definitions met so far, as the parser keeps them.
    """

    def __init__(self, parser: MarkdownIt) -> None:
        self._parser = parser
        self._new: list[str] = []
        self._tail = ""
        self._number = 0
        self._columns: Columns | None = None
        self._ended = False
        self.blocks: list[Block] = []
        self.settled = 0
        self.references: dict[str, Any] = {}

    @property
    def behind(self) -> bool:
        """There is text that `parse` can read."""
        return bool(self._new) and (self._ended or self._new != ["\r"])

    def append(self, text: str) -> None:
        """More of the text."""
        if text:
            self._new.append(text)

    def end(self) -> None:
        """The text is whole."""
        self._ended = True

    def parse(self) -> None:
        """Read what is new, but no more than a few thousand characters; see `behind`."""
        known = len(self._tail)
        self._tail += neutralise(self._take())
        if not self._lengthens_code(known):
            del self.blocks[self.settled :]
            self._read()
        self._give_up_on_giants()

    def _take(self) -> str:
        fresh = "".join(self._new)
        self._new.clear()
        room = len(fresh) if len(fresh) <= _STEP else _line_end(fresh, _STEP)
        if fresh[:room].endswith("\r") and not (self._ended and room == len(fresh)):
            room -= 1
        if room < len(fresh):
            self._new.append(fresh[room:])
        return fresh[:room]

    def _lengthens_code(self, known: int) -> bool:
        """Whether the new text only makes an open fence's code longer, or ends it; that needs no parsing."""
        fence = _FENCE.match(self._tail, 0, known)
        if fence is None or len(self.blocks) != self.settled + 1 or self.blocks[-1].closed:
            return False
        line = self._tail.rfind("\n", 0, known) + 1
        start = line if known - line < len(fence[0]) + _FENCE_INDENT else known
        mark, least = fence[1][0], len(fence[1])
        ending = rf"^ {{0,{_FENCE_INDENT}}}{mark}{{{least},}}([^{mark}\n]*)(\n?)"
        end = re.compile(ending, re.MULTILINE).search(self._tail, start)
        if end is not None and (end[1].strip() or not end[2]):
            return False
        text = self._tail[: end.end() if end else None]
        code = self._tail[fence.end() : end.start() if end else None].removesuffix("\n")
        self.blocks[-1] = replace(self.blocks[-1], source=text, code=code, closed=end is not None)
        if end is not None:
            self._settle(self._tail[end.end() :])
            self._read()
        return True

    def _read(self) -> None:
        lines = self._tail.splitlines(keepends=True) if self._tail else []
        found = list(pieces(self._parser.parse(self._tail, {"references": self.references}), self._columns))
        if found and self._number and found[0].number:
            found = _renumbered(found, self._number)
        last = found[-1] if found else None
        for piece in found:
            source = "".join(lines[piece.first : piece.end])
            if piece is last:
                self._cut(lines, piece)
            self.blocks += blocks_of(piece, source)
            if piece is not last:
                self.settled = len(self.blocks)

    def _cut(self, lines: list[str], last: Piece) -> None:
        head = last.columns and lines[last.head : last.head + _TABLE_HEAD]
        self._tail = "".join([*(head or ()), *lines[last.first :]])
        self._number = last.number
        self._columns = last.columns

    def _give_up_on_giants(self) -> None:
        """A block that outgrows every window is settled as it is: code as code, the rest as written."""
        if len(self._tail) <= LONGEST_PROSE:
            return
        fence = _FENCE.match(self._tail)
        if fence is not None and not self.blocks[-1].closed:
            self._go_on_in_another_block(fence)
            return
        if any(block.kind is Kind.CODE for block in self.blocks[self.settled :]):
            if len(self._tail) <= _LONGEST_INNER_CODE:
                return
        else:
            self.blocks[self.settled :] = plain(self._tail)
        self._settle("")

    def _go_on_in_another_block(self, fence: re.Match[str]) -> None:
        if len(self._tail) > _LONGEST_CODE and self._tail.endswith("\n"):
            self._settle(fence[0])

    def _settle(self, tail: str) -> None:
        """No block changes any more; what comes is read as if it followed upon `tail`."""
        self.settled = len(self.blocks)
        self._tail = tail
        self._number = 0
        self._columns = None


def _line_end(text: str, position: int) -> int:
    """Where to cut near a position: after a line's end when there is one, never inside a CR LF."""
    newline = text.rfind("\n", 0, position)
    if newline >= 0:
        return newline + 1
    return position - 1 if text[position - 1] == "\r" else position


def _renumbered(found: list[Piece], number: int) -> list[Piece]:
    """An ordered list goes on counting where its settled items ended."""
    opening = found[0].tokens[0]
    shift = number - found[0].number
    return [
        Piece(piece.tokens, piece.first, piece.end, piece.number + shift)
        if piece.tokens[0] is opening
        else piece
        for piece in found
    ]
