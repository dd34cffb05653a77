"""The order in which the Tab key goes through the rows of a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class TabOrder:
    """Keeps it from top to bottom: Qt's own order is that in which the rows' widgets were made.

    Args:
        view: it comes before its rows.
    """

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._rows: list[QWidget] = []

    def keep(self, rows: Sequence[QWidget]) -> None:
        """Put rows into the order they are given in; nothing happens when they are in it."""
        if self._rows == rows:
            return
        self._rows = list(rows)
        stops = [stop for row in rows for stop in row.findChildren(QWidget) if _is_stop(stop)]
        for one, other in pairwise([self._view, *stops]):
            QWidget.setTabOrder(one, other)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
