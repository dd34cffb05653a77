"""Where in a conversation its view stands, and the scroll bar that says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollBar

from app.ui.chat.heights import Heights
from app.ui.chat.placing import EDGE, Place
from app.ui.chat.turn import Turn

_FAR_PAGES = 3
_LINE = 48
_NEAR_END = 80


class Scrolling(QObject):
    """Follows the end of a conversation, or keeps a row at the top where it is.

    Args:
        bar: the view's.
        turns: the conversation; the view keeps it up to date.

    Signals:
        followed: it begins or ends to follow.
        moved: the user has scrolled.

    Attributes:
        top: the row at the top and its place, while it is known.
        following: it keeps showing what is newest.
        heights: of all turns.
    """

    followed = Signal(bool)
    moved = Signal()

    def __init__(self, bar: QScrollBar, turns: Sequence[Turn]) -> None:
        super().__init__(bar)
        self._bar = bar
        self._turns = turns
        self._setting = False
        self._last = 0
        self.top: Place | None = None
        self.following = True
        self.heights = Heights()
        bar.setSingleStep(_LINE)
        bar.valueChanged.connect(self._scrolled)

    @property
    def far_from_end(self) -> bool:
        """The end is out of sight, and not followed."""
        return not self.following and self._bar.maximum() - self._bar.value() > _NEAR_END

    def follow(self, *, follows: bool) -> None:
        """Begin or end to follow what is newest."""
        if follows != self.following:
            self.following = follows
            self.followed.emit(follows)

    def stand_at(self, row: Place) -> None:
        """Keep a row at a place."""
        self.follow(follows=False)
        self.top = row

    def show(self, page: int) -> None:
        """Bring the bar up to date; `page` is the height of the screen."""
        most = max(0, round(self.heights.total + 2 * EDGE - page))
        self._setting = True
        self._bar.setPageStep(page)
        self._bar.setRange(0, most)
        self._bar.setValue(most if self.following else min(self._value(), most))
        self._last = self._bar.value()
        self._setting = False

    def _value(self) -> int:
        """Where the bar stands for the row at the top."""
        top = self.top
        if top is None:
            return 0
        above = sum(row.height + row.gap for row in self._turns[top.turn].rows[: top.index])
        return max(0, round(self.heights.above(top.turn) + above + top.row.gap + EDGE - top.y))

    def _scrolled(self, value: int) -> None:
        if self._setting:
            return
        change = value - self._last
        self.follow(follows=value >= self._bar.maximum() and change >= 0)
        top = self.top
        if top is not None and abs(change) < _FAR_PAGES * self._bar.pageStep():
            self.top = Place(top.row, top.y - change, top.turn, top.index)
        elif self._turns:
            self._seek(value)
        self.moved.emit()

    def _seek(self, value: int) -> None:
        y = max(value - EDGE, 0)
        turn = self.heights.at(y)
        self.top = Place(self._turns[turn].rows[0], self.heights.above(turn) - y, turn, 0)
