"""The order in which the Tab key goes through rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_STOPS = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)
"""The policies with TabFocus in them: to compare costs a tenth of what it costs to look for the flag."""


class TabOrder:
    """Keeps it from top to bottom: Qt's own order is that in which the rows' widgets were made.

    Args:
        view: it comes before its rows.
    """

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._rows: list[QWidget] = []

    def keep(self, rows: Sequence[QWidget]) -> None:
        """Put rows into the order they are given in; only those that are not in it are touched."""
        if self._rows == rows:
            return
        places = {row: place for place, row in enumerate(self._rows)}
        self._rows = list(rows)
        reached = -1
        for number, row in enumerate(rows):
            if (place := places.get(row, -1)) > reached:
                reached = place
            else:
                follow(self._end(rows[:number]), row)

    def _end(self, rows: Sequence[QWidget]) -> QWidget:
        """What the Tab key reaches last in some rows."""
        ends = (stops[-1] for row in reversed(rows) if (stops := stops_of(row)))
        return next(ends, self._view)


def follow(before: QWidget, row: QWidget) -> None:
    """Let the Tab key go through a row right after a widget."""
    for one, other in pairwise([before, *stops_of(row)]):
        QWidget.setTabOrder(one, other)


def stops_of(row: QWidget) -> list[QWidget]:
    """What the Tab key can reach in a row, in the order in which it was made."""
    return [stop for stop in row.findChildren(QWidget) if _is_stop(stop)]


def _is_stop(widget: QWidget) -> bool:
    return widget.focusPolicy() in _STOPS and widget.focusProxy() is None
