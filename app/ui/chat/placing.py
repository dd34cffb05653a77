"""Where the rows of a conversation stand: only those near the screen, around one whose place is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.ui.chat.rows import Row
from app.ui.chat.turn import Turn

EDGE = 20
"""Pixels between the conversation's ends and the edges of the screen."""

_MARGIN = 300


@dataclass(frozen=True)
class Place:
    """A row and where its top is, measured from the top of the screen.

    Attributes:
        turn: index of its turn.
        index: its index in the turn.
    """

    row: Row
    y: float
    turn: int
    index: int

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.row.height


Measure = Callable[[Turn, int], Row]
"""Gives a row of a turn, its height being true."""


class Placing:
    """Finds the places of the rows near the screen.

    Args:
        turns: the conversation; turns without rows are passed over.
        measure: makes a row's height true.
        height: of the screen.
    """

    def __init__(self, turns: Sequence[Turn], measure: Measure, height: int) -> None:
        self._turns = turns
        self._measure = measure
        self._height = height

    def from_end(self) -> list[Place]:
        """The last row at the bottom; everything at the top when it does not fill the screen."""
        places: list[Place] = []
        y = float(self._height - EDGE)
        for turn, index in self._backward(len(self._turns) - 1, None):
            row = self._measure(self._turns[turn], index)
            y -= row.height
            places.append(Place(row, y, turn, index))
            if y < -_MARGIN:
                break
            y -= row.gap
        places.reverse()
        return _shifted(places, min(0.0, EDGE - places[0].y)) if places else []

    def around(self, turn: int, index: int, y: float) -> list[Place]:
        """A row at a place, and its neighbours; the conversation's ends stay at the edges of the screen."""
        anchor = Place(self._measure(self._turns[turn], index), y, turn, index)
        places = [*reversed(self._above(anchor)), anchor]
        first = places[0]
        if first.y > EDGE and next(self._backward(first.turn, first.index), None) is None:
            places = _shifted(places, EDGE - first.y)
        places += self._below(places[-1])
        last = places[-1]
        at_end = next(self._forward(last.turn, last.index + 1), None) is None
        return self.from_end() if at_end and last.bottom < self._height - EDGE else places

    def _above(self, anchor: Place) -> list[Place]:
        found: list[Place] = []
        lower = anchor
        for turn, index in self._backward(anchor.turn, anchor.index):
            if lower.y < -_MARGIN:
                break
            row = self._measure(self._turns[turn], index)
            lower = Place(row, lower.y - lower.row.gap - row.height, turn, index)
            found.append(lower)
        return found

    def _below(self, anchor: Place) -> list[Place]:
        found: list[Place] = []
        upper = anchor
        for turn, index in self._forward(anchor.turn, anchor.index + 1):
            if upper.bottom > self._height + _MARGIN:
                break
            row = self._measure(self._turns[turn], index)
            upper = Place(row, upper.bottom + row.gap, turn, index)
            found.append(upper)
        return found

    def _forward(self, turn: int, first: int) -> Iterator[tuple[int, int]]:
        for number in range(turn, len(self._turns)):
            for index in range(first, len(self._turns[number].rows)):
                yield number, index
            first = 0

    def _backward(self, turn: int, before: int | None) -> Iterator[tuple[int, int]]:
        for number in range(turn, -1, -1):
            last = len(self._turns[number].rows) if before is None else before
            for index in range(last - 1, -1, -1):
                yield number, index
            before = None


def _shifted(places: list[Place], by: float) -> list[Place]:
    return [Place(place.row, place.y + by, place.turn, place.index) for place in places] if by else places
