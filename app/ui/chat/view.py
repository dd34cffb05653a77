"""The conversation on the screen: a list of rows of which only those near the screen have widgets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.ui.chat.drawing import Drawing
from app.ui.chat.heights import Heights
from app.ui.chat.jump_button import JumpButton
from app.ui.chat.placing import EDGE, Place, Placing
from app.ui.chat.redrawing import Redrawing
from app.ui.chat.rows import Row, RowWidget
from app.ui.chat.scrolling import Scrolling
from app.ui.chat.shown_rows import ShownRows
from app.ui.chat.turn import Turn
from app.ui.tab_order import TabOrder

_INTO_SIGHT = 80


class ConversationView(QAbstractScrollArea):
    """Shows turns.

    While it follows, the newest row stands at the bottom; otherwise the row at the top stays where it is,
    whatever changes above or below. Heights of what was never shown are guesses, corrected as it is shown.

    Args:
        drawing: the means.
    """

    followed = Signal(bool)
    row_made = Signal(object, object)
    laid_out = Signal()

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing
        self.turns: list[Turn] = []
        self._rows = ShownRows(self.viewport(), self.row_made.emit)
        self._near: dict[Row, Place] = {}
        self._scrolling = Scrolling(self.verticalScrollBar(), self.turns)
        self._scrolling.followed.connect(self.followed)
        self._scrolling.moved.connect(self.lay_out)
        self._redrawing = Redrawing(self, self._rows, self._scrolling, self.lay_out)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.viewport().setAutoFillBackground(False)
        self._jump = JumpButton(self, self.tr("Jump to newest"), drawing.theme.icon("bottom"))
        self._jump.button.clicked.connect(self.jump_to_newest)
        self._tabs = TabOrder(self)
        drawing.maths.drawn.connect(self._formulas_drawn)
        drawing.theme.changed.connect(self.restyle)

    @property
    def following(self) -> bool:
        """It keeps showing what is newest."""
        return self._scrolling.following

    @property
    def shown(self) -> dict[Row, RowWidget]:
        """The rows near the screen."""
        return self._rows.widgets

    def place_of(self, row: Row) -> Place | None:
        """Where a row near the screen is."""
        return self._near.get(row)

    def set_turns(self, turns: Sequence[Turn]) -> None:
        """Show another conversation, from its end."""
        self._rows.release_all()
        self._redrawing.forget(self.turns)
        self.turns[:] = turns
        self._number_turns()
        self._scrolling.follow(follows=True)
        self.lay_out()

    def replace_from(self, index: int, turns: Sequence[Turn]) -> None:
        """Show other turns in the place of one and all after it."""
        gone = {row for turn in self.turns[index:] if turn.built for row in turn.rows}
        self._rows.release(gone)
        self._redrawing.forget(self.turns[index:])
        self.turns[index:] = turns
        self._number_turns()
        top = self._scrolling.top
        if top is not None and top.turn >= index:
            self._scrolling.follow(follows=True)
        self.lay_out()

    def touch(self, turn: Turn) -> None:
        """A turn has changed; if it is shown, it is redrawn within the next few hundredths of a second."""
        if self._has(turn):
            self._redrawing.soon(turn)

    def touch_now(self, turn: Turn) -> None:
        """A turn has changed by the user's hand; it is redrawn at once."""
        if self._has(turn):
            self._redrawing.now(turn)

    def jump_to_newest(self) -> None:
        """Show the end, and follow it."""
        self._scrolling.follow(follows=True)
        self.lay_out()

    def show_row(self, turn: int, index: int, y: float = _INTO_SIGHT) -> None:
        """Scroll a row into sight."""
        self._scrolling.stand_at(Place(self.turns[turn].rows[index], y, turn, index))
        self.lay_out()

    def restyle(self) -> None:
        """The theme has changed."""
        for turn in self.turns:
            for row in turn.rows if turn.built else ():
                row.width = 0
        self._rows.release_all()
        self.lay_out()

    def lay_out(self) -> None:
        """Give every row near the screen its place; make and release widgets as needed."""
        places = self._places()
        self._near = {place.row: place for place in places}
        self._rows.keep(self._near)
        left, width = self.column()
        for place in places:
            widget = self._rows.widget(place.row, width)
            far = place.row.trailing != self.isRightToLeft()
            over = place.row.overhang
            x = left + width + over - widget.width() if far else left - over
            widget.move(x, round(place.y))
            widget.show()
        self._scrolling.top = next((place for place in places if place.bottom > 0), None)
        self._tabs.keep([self._rows.widgets[place.row] for place in places])
        self._scrolling.show(self.viewport().height())
        self._jump.place(visible=self._scrolling.far_from_end)
        self.laid_out.emit()

    def column(self) -> tuple[int, int]:
        """Where the column of text begins, and its width."""
        room = self.viewport().width()
        width = max(min(self._drawing.theme.tokens.column, room - 2 * EDGE), 4 * EDGE)
        middle = (self.width() - width) // 2 - self.viewport().x()  # whether or not there is a scroll bar
        return max(min(middle, room - EDGE - width), EDGE), width

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; turning it up ends following at once."""
        if event.angleDelta().y() > 0 and self.verticalScrollBar().maximum() > 0:
            self._scrolling.follow(follows=False)
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the ends."""
        if event.key() == Qt.Key.Key_Home and self.turns:
            self.show_row(0, 0, EDGE)
        elif event.key() == Qt.Key.Key_End:
            self.jump_to_newest()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        self.lay_out()

    def _places(self) -> list[Place]:
        placing = Placing(self.turns, self._measured, self.viewport().height())
        top = self._scrolling.top
        if not self.turns:
            return []
        if self._scrolling.following or top is None:
            return placing.from_end()
        turn = min(top.turn, len(self.turns) - 1)
        index = min(top.index, len(self.turns[turn].rows) - 1)
        return placing.around(turn, index, top.y)

    def _measured(self, turn: Turn, index: int) -> Row:
        was_built = turn.built
        row = turn.rows[index]
        guessed = row.height
        self._rows.widget(row, self.column()[1])
        if turn.behind:
            self.touch(turn)
        if row.height != guessed or not was_built:
            self._scrolling.heights.set(turn.index, turn.height)
        return row

    def _has(self, turn: Turn) -> bool:
        return turn.index < len(self.turns) and self.turns[turn.index] is turn

    def _number_turns(self) -> None:
        for index, turn in enumerate(self.turns):
            turn.index = index
        self._scrolling.heights = Heights(turn.height for turn in self.turns)

    def _formulas_drawn(self) -> None:
        if self._rows.complete():
            self._redrawing.soon()
