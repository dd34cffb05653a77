"""A Markdown text that grows: only its last block is ever parsed again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt

from app.ui.markdown.blocks import LONGEST_PROSE, Block, Kind, Piece, blocks_of, pieces, plain
from app.ui.markdown.safe_text import neutralise

_STEP = 4_096
_LONGEST_CODE = 131_072
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
        """Whether the new text only makes an open fence's code longer; that needs no parsing."""
        fence = _FENCE.match(self._tail, 0, known)
        if fence is None or len(self.blocks) != self.settled + 1 or self.blocks[-1].closed:
            return False
        line = self._tail.rfind("\n", 0, known) + 1
        if re.compile(rf"^ {{0,3}}{re.escape(fence[1])}", re.MULTILINE).search(self._tail, line):
            return False
        code = self._tail[fence.end() :].removesuffix("\n")
        self.blocks[-1] = replace(self.blocks[-1], source=self._tail, code=code)
        return True

    def _read(self) -> None:
        lines = self._tail.splitlines(keepends=True) if self._tail else []
        found = list(pieces(self._parser.parse(self._tail, {"references": self.references})))
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
        self._tail = "".join(lines[last.first :])
        self._number = last.number

    def _give_up_on_giants(self) -> None:
        """A block that outgrows every window is settled as it is: code as code, the rest as written."""
        open_blocks = self.blocks[self.settled :]
        is_code = any(block.kind is Kind.CODE for block in open_blocks)
        if len(self._tail) <= (_LONGEST_CODE if is_code else LONGEST_PROSE):
            return
        if not is_code:
            self.blocks[self.settled :] = plain(self._tail)
        self.settled = len(self.blocks)
        self._tail = ""
        self._number = 0


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
