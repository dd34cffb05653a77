"""The conversation on the screen: a list of rows of which only those near the screen have widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QPushButton

from app.ui.chat.drawing import Drawing
from app.ui.chat.heights import Heights
from app.ui.chat.placing import EDGE, Place, Placing
from app.ui.chat.prose_row import ProseRow
from app.ui.chat.rows import Row, RowWidget
from app.ui.chat.tab_order import TabOrder
from app.ui.chat.turn import Turn
from app.ui.controls import button

REPAINT_MS = 40
_FAR_PAGES = 3
_LINE = 48
_NEAR_END = 80


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
        self._heights = Heights()
        self._shown: dict[Row, RowWidget] = {}
        self._near: dict[Row, Place] = {}
        self._top: Place | None = None
        self._following = True
        self._setting_bar = False
        self._last_value = 0
        self._changed: set[Turn] = set()
        self._repaint = QTimer(self, singleShot=True, interval=REPAINT_MS)
        self._repaint.timeout.connect(self._refresh_changed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setSingleStep(_LINE)
        self._jump = self._make_jump_button()
        self._tabs = TabOrder(self)
        drawing.maths.drawn.connect(self._formulas_drawn)
        drawing.theme.changed.connect(self.restyle)

    @property
    def following(self) -> bool:
        """It keeps showing what is newest."""
        return self._following

    @property
    def shown(self) -> dict[Row, RowWidget]:
        """The rows near the screen."""
        return self._shown

    def place_of(self, row: Row) -> Place | None:
        """Where a row near the screen is."""
        return self._near.get(row)

    def set_turns(self, turns: Sequence[Turn]) -> None:
        """Show another conversation, from its end."""
        self._release(list(self._shown))
        self._changed.clear()
        self.turns = list(turns)
        self._number_turns()
        self._follow(follows=True)
        self.lay_out()

    def append_turn(self, turn: Turn) -> None:
        """Show one more turn at the end, and follow it."""
        turn.index = len(self.turns)
        self.turns.append(turn)
        self._heights.append(turn.height)
        self._follow(follows=True)
        self.lay_out()

    def replace_from(self, index: int, turns: Sequence[Turn]) -> None:
        """Show other turns in the place of one and all after it."""
        gone = {row for turn in self.turns[index:] if turn.built for row in turn.rows}
        self._release([row for row in self._shown if row in gone])
        self._changed -= set(self.turns[index:])
        self.turns[index:] = turns
        self._number_turns()
        if self._top is not None and self._top.turn >= index:
            self._follow(follows=True)
        self.lay_out()

    def touch(self, turn: Turn) -> None:
        """A turn has changed; if it is shown, it is redrawn within the next few hundredths of a second."""
        if self._has(turn):
            self._changed.add(turn)
            if not self._repaint.isActive():
                self._repaint.start()

    def touch_now(self, turn: Turn) -> None:
        """A turn has changed by the user's hand; it is redrawn at once."""
        if self._has(turn):
            self._changed.add(turn)
            self._refresh_changed()

    def jump_to_newest(self) -> None:
        """Show the end, and follow it."""
        self._follow(follows=True)
        self.lay_out()

    def show_row(self, turn: int, index: int, y: float = _NEAR_END) -> None:
        """Scroll a row into sight."""
        self._follow(follows=False)
        self._top = Place(self.turns[turn].rows[index], y, turn, index)
        self.lay_out()

    def restyle(self) -> None:
        """The theme has changed."""
        for turn in self.turns:
            for row in turn.rows if turn.built else ():
                row.width = 0
        self._release(list(self._shown))
        self.lay_out()

    def lay_out(self) -> None:
        """Give every row near the screen its place; make and release widgets as needed."""
        places = self._places()
        self._near = {place.row: place for place in places}
        self._release([row for row in self._shown if row not in self._near and not self._holds_focus(row)])
        left, width = self.column()
        for place in places:
            widget = self._widget(place.row, width)
            far = place.row.trailing != self.isRightToLeft()
            widget.move(left + width - widget.width() if far else left, round(place.y))
            widget.show()
        self._top = next((place for place in places if place.bottom > 0), None)
        self._tabs.keep([self._shown[place.row] for place in places])
        self._update_bar()
        self._place_jump()
        self.laid_out.emit()

    def column(self) -> tuple[int, int]:
        """Where the column of text begins, and its width."""
        whole = self.viewport().width()
        width = max(min(self._drawing.theme.tokens.column, whole - 2 * EDGE), 4 * EDGE)
        return (whole - width) // 2, width

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; turning it up ends following at once."""
        if event.angleDelta().y() > 0 and self.verticalScrollBar().maximum() > 0:
            self._follow(follows=False)
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
        top = self._top
        if not self.turns:
            return []
        if self._following or top is None:
            return placing.from_end()
        turn = min(top.turn, len(self.turns) - 1)
        index = min(top.index, len(self.turns[turn].rows) - 1)
        return placing.around(turn, index, top.y)

    def _measured(self, turn: Turn, index: int) -> Row:
        row = turn.rows[index]
        self._widget(row, self.column()[1])
        if turn.behind:
            self.touch(turn)
        self._heights.set(turn.index, turn.height)
        return row

    def _widget(self, row: Row, width: int) -> RowWidget:
        widget = self._shown.get(row)
        if widget is None:
            widget = row.make()
            widget.setParent(self.viewport())
            self._shown[row] = widget
            row.width = 0
            self.row_made.emit(row, widget)
        elif row.stale:
            row.refresh(widget)
            row.width = 0
        if row.width != width:
            size = widget.fit(width)
            widget.resize(size)
            row.height = float(size.height())
            row.width = width
        return widget

    def _has(self, turn: Turn) -> bool:
        return turn.index < len(self.turns) and self.turns[turn.index] is turn

    def _number_turns(self) -> None:
        for index, turn in enumerate(self.turns):
            turn.index = index
        self._heights = Heights(turn.height for turn in self.turns)

    def _release(self, rows: Iterable[Row]) -> None:
        for row in rows:
            widget = self._shown.pop(row)
            widget.hide()
            widget.deleteLater()

    def _holds_focus(self, row: Row) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self._shown[row].isAncestorOf(focused)

    def _refresh_changed(self) -> None:
        self._repaint.stop()
        changed, self._changed = self._changed, set()
        for turn in changed:
            before = set(turn.rows)
            turn.refresh()
            dropped = before.difference(turn.rows)
            self._release([row for row in dropped if row in self._shown])
            self._heights.set(turn.index, turn.height)
            if turn.behind:
                self.touch(turn)
        self.lay_out()

    def _update_bar(self) -> None:
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        most = max(0, round(self._heights.total + 2 * EDGE - page))
        self._setting_bar = True
        bar.setPageStep(page)
        bar.setRange(0, most)
        bar.setValue(most if self._following else min(self._value(), most))
        self._last_value = bar.value()
        self._setting_bar = False

    def _value(self) -> int:
        """Where the bar stands for the row at the top."""
        top = self._top
        if top is None:
            return 0
        above = sum(row.height + row.gap for row in self.turns[top.turn].rows[: top.index])
        return max(0, round(self._heights.above(top.turn) + above + top.row.gap + EDGE - top.y))

    def _scrolled(self, value: int) -> None:
        if self._setting_bar:
            return
        change = value - self._last_value
        self._follow(follows=value >= self.verticalScrollBar().maximum() and change >= 0)
        top = self._top
        if top is not None and abs(change) < _FAR_PAGES * self.viewport().height():
            self._top = Place(top.row, top.y - change, top.turn, top.index)
        elif self.turns:
            self._seek(value)
        self.lay_out()

    def _seek(self, value: int) -> None:
        y = max(value - EDGE, 0)
        turn = self._heights.at(y)
        self._top = Place(self.turns[turn].rows[0], self._heights.above(turn) - y, turn, 0)

    def _follow(self, *, follows: bool) -> None:
        if follows != self._following:
            self._following = follows
            self.followed.emit(follows)

    def _formulas_drawn(self) -> None:
        waiting = [row for row in self._shown if isinstance(row, ProseRow) and not row.whole]
        for row in waiting:
            row.stale = True
        if waiting and not self._repaint.isActive():
            self._repaint.start()

    def _make_jump_button(self) -> QPushButton:
        made = button(self.tr("Jump to newest"), "", self._drawing.theme.icon("bottom"))
        made.setParent(self)
        made.clicked.connect(self.jump_to_newest)
        made.hide()
        return made

    def _place_jump(self) -> None:
        bar, size = self.verticalScrollBar(), self._jump.sizeHint()
        self._jump.setVisible(not self._following and bar.maximum() - bar.value() > _NEAR_END)
        x = (self.viewport().width() - size.width()) // 2
        self._jump.setGeometry(
            x, self.viewport().height() - size.height() - EDGE // 2, size.width(), size.height()
        )
        self._jump.raise_()
