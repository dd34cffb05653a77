"""Redraws the turns that have changed: many changes that follow each other closely are drawn as one."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QTimer

from app.ui.chat.scrolling import Scrolling
from app.ui.chat.shown_rows import ShownRows
from app.ui.chat.turn import Turn

REPAINT_MS = 40


class Redrawing(QObject):
    """Brings rows and heights of changed turns up to date.

    Args:
        parent: it lives as long.
        rows: the widgets.
        scrolling: keeps the heights.
        lay_out: gives the rows their places afterwards.
    """

    def __init__(
        self, parent: QObject, rows: ShownRows, scrolling: Scrolling, lay_out: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._scrolling = scrolling
        self._lay_out = lay_out
        self._changed: set[Turn] = set()
        self._timer = QTimer(self, singleShot=True, interval=REPAINT_MS)
        self._timer.timeout.connect(self._redraw)

    def soon(self, *turns: Turn) -> None:
        """Redraw turns within the next few hundredths of a second."""
        self._changed.update(turns)
        if not self._timer.isActive():
            self._timer.start()

    def now(self, turn: Turn) -> None:
        """Redraw a turn, and all that wait, at once."""
        self._changed.add(turn)
        self._redraw()

    def forget(self, turns: Collection[Turn]) -> None:
        """These are gone."""
        self._changed.difference_update(turns)

    def _redraw(self) -> None:
        self._timer.stop()
        changed, self._changed = self._changed, set()
        for turn in changed:
            before = set(turn.rows)
            turn.refresh()
            self._rows.release(before.difference(turn.rows))
            self._scrolling.heights.set(turn.index, turn.height)
            if turn.behind:
                self.soon(turn)
        self._lay_out()
