"""A stretch of a conversation's text, across its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.ui.chat.rows import Row
from app.ui.chat.turn import Turn


@dataclass(frozen=True, order=True)
class Spot:
    """A place in the text of a conversation.

    Attributes:
        turn: index of the turn.
        index: index of the row in the turn.
        position: in the row's text, in UTF-16 units.
    """

    turn: int
    index: int
    position: int


@dataclass(frozen=True)
class Span:
    """What lies between two places.

    Attributes:
        first: where it begins.
        last: where it ends; not before `first`.
    """

    first: Spot
    last: Spot

    @property
    def is_wide(self) -> bool:
        """It covers more than one row."""
        return _row(self.first) != _row(self.last)

    def text(self, turns: Sequence[Turn]) -> str:
        """Its text; rows are parted by an empty line."""
        texts = (row.text_between(*part) for spot, row in self._rows(turns) if (part := self.part_of(spot)))
        return "\n\n".join(text for text in texts if text)

    def part_of(self, spot: Spot) -> tuple[int, int | None] | None:
        """What of a row is in it: from, to; None for nothing, an open end for all the rest."""
        here, start, end = _row(spot), _row(self.first), _row(self.last)
        if not start <= here <= end:
            return None
        return self.first.position if here == start else 0, self.last.position if here == end else None

    def _rows(self, turns: Sequence[Turn]) -> Iterator[tuple[Spot, Row]]:
        for turn in turns[self.first.turn : self.last.turn + 1]:
            start = self.first.index if turn.index == self.first.turn else 0
            end = self.last.index + 1 if turn.index == self.last.turn else len(turn.rows)
            for index in range(start, min(end, len(turn.rows))):
                yield Spot(turn.index, index, 0), turn.rows[index]


def _row(spot: Spot) -> tuple[int, int]:
    return spot.turn, spot.index
