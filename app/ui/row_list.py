"""A list of widgets that follows a list of things: only what differs is made, moved or deleted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

Item = TypeVar("Item")
Row = TypeVar("Row", bound=QWidget)
Step = TypeVar("Step")
_TURN_S = 0.004


def _itself(item: object) -> Hashable:
    return item


class RowList(Generic[Item, Row]):
    """Rows under each other, each known by what it shows.

    Args:
        make: makes the row of an item.
        spacing: between rows.
        key: what an item is known by, in any state; None: it never changes.
        fits: whether a row can stay for an item of its key; another is made where it cannot.

    Attributes:
        layout: put it where the rows are to be.
    """

    def __init__(
        self,
        make: Callable[[Item], Row],
        spacing: int,
        key: Callable[[Item], Hashable] = _itself,
        fits: Callable[[Row, Item], bool] = lambda *_: True,
    ) -> None:
        self._make, self._key, self._fits = make, key, fits
        self._rows: dict[Hashable, Row] = {}
        self._shown: object = None
        self.layout = QVBoxLayout()
        self.layout.setSpacing(spacing)

    @property
    def rows(self) -> list[Row]:
        """From top to bottom."""
        return list(self._rows.values())

    def get(self, key: Hashable) -> Row | None:
        """The row of a key, if there is one."""
        return self._rows.get(key)

    def show(self, items: Iterable[Item]) -> None:
        """Show these at once."""
        for _ in self.steps(items):
            pass

    def steps(self, items: Iterable[Item]) -> Iterator[Row]:
        """Show these, and yield after each row that was made; ends early where others are shown meanwhile."""
        wanted = {self._key(item): item for item in items}
        self._shown = wanted
        for key, row in list(self._rows.items()):
            if key not in wanted or not self._fits(row, wanted[key]):
                self._drop(key)
        for place, (key, item) in enumerate(wanted.items()):
            known = self._rows.get(key)
            row = known if known is not None else self._make(item)
            if self.layout.indexOf(row) != place:
                self.layout.insertWidget(place, row)
            self._rows[key] = row
            if known is None:
                yield row
                if self._shown is not wanted:
                    return
        self._rows = {key: self._rows[key] for key in wanted}

    def _drop(self, key: Hashable) -> None:
        row = self._rows.pop(key)
        self.layout.removeWidget(row)
        row.hide()
        row.deleteLater()


async def in_turns(steps: Iterable[Step]) -> AsyncIterator[Step]:
    """The same steps; whenever they took some milliseconds, the event loop has a turn."""
    begun = time.perf_counter()
    for step in steps:
        yield step
        if time.perf_counter() - begun > _TURN_S:
            await asyncio.sleep(0)
            begun = time.perf_counter()
