"""Heights of many things one above the other: sums and places in logarithmic time."""

from __future__ import annotations

from collections.abc import Iterable


class Heights:
    """A Fenwick tree of heights.

    Source: P. M. Fenwick, "A new data structure for cumulative frequency tables", 1994.

    Args:
        heights: the first ones, from the top.
    """

    def __init__(self, heights: Iterable[float] = ()) -> None:
        self._heights = list(heights)
        self._tree = [0.0, *self._heights]
        for place in range(1, len(self._tree)):
            upper = place + (place & -place)
            if upper < len(self._tree):
                self._tree[upper] += self._tree[place]

    def __len__(self) -> int:
        return len(self._heights)

    def set(self, index: int, height: float) -> None:
        """Change one."""
        change = height - self._heights[index]
        if not change:
            return
        self._heights[index] = height
        place = index + 1
        while place < len(self._tree):
            self._tree[place] += change
            place += place & -place

    def above(self, index: int) -> float:
        """The sum of all before this one."""
        total = 0.0
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    @property
    def total(self) -> float:
        """The sum of all."""
        return self.above(len(self._heights))

    def at(self, y: float) -> int:
        """Which one a place is in; the nearest where it is outside."""
        place, step = 0, 1 << len(self._heights).bit_length()
        while step:
            further = place + step
            if further < len(self._tree) and self._tree[further] <= y:
                place = further
                y -= self._tree[further]
            step >>= 1
        return max(0, min(place, len(self._heights) - 1))
