"""Text selected across the rows of a conversation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor

from app.ui.chat.rows import Row, RowWidget
from app.ui.chat.span import Span, Spot
from app.ui.chat.text_view import TextView
from app.ui.chat.view import ConversationView

_SCROLL_MS = 50
_SCROLL_STEP = 40


class Selection(QObject):
    """Extends a drag that leaves a row over the rows it crosses; keeps rows selected while they come and go.

    Args:
        view: the conversation.
    """

    def __init__(self, view: ConversationView) -> None:
        super().__init__(view)
        self._view = view
        self._anchor: Spot | None = None
        self._head: Spot | None = None
        self._pointer = QPoint()
        self._scrolling = QTimer(self, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)
        self._viewports: dict[QObject, tuple[Row, TextView]] = {}
        view.installEventFilter(self)
        view.row_made.connect(self._adopt)
        view.laid_out.connect(self._keep)

    @property
    def spans(self) -> bool:
        """It covers more than one row."""
        span = self._span()
        return span is not None and span.is_wide

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = self._head = None
        for row in self._view.shown:
            self._apply(row)

    def select_all(self) -> None:
        """Select the whole conversation."""
        turns = self._view.turns
        if turns:
            last = len(turns) - 1
            self._anchor = Spot(0, 0, 0)
            self._head = Spot(last, len(turns[last].rows), 0)
            self._apply_all()

    def text(self) -> str:
        """The selected text; rows are parted by an empty line."""
        span = self._span()
        return span.text(self._view.turns) if span is not None else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the mouse over text, and the keys that copy and select all."""
        if watched is self._view and isinstance(event, QKeyEvent):
            return event.type() is QEvent.Type.KeyPress and self._key(event)
        known = self._viewports.get(watched)
        if known is None or not isinstance(event, QMouseEvent):
            return False
        row, view = known
        if event.type() is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            return self._press(row, view, event)
        if event.type() is QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            return self._drag(event.globalPosition().toPoint())
        if event.type() is QEvent.Type.MouseButtonRelease:
            self._scrolling.stop()
            return self.spans
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
            return True
        if event.matches(QKeySequence.StandardKey.Copy) and (text := self.text()):
            QGuiApplication.clipboard().setText(text)
            return True
        return False

    def _press(self, row: Row, view: TextView, event: QMouseEvent) -> bool:
        spot = self._spot(row, view.cursorForPosition(event.position().toPoint()).position())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None:
            self._head = spot
            self._apply_all()
            return self.spans
        self.clear()
        self._anchor = self._head = spot
        return False

    def _drag(self, pointer: QPoint) -> bool:
        if self._anchor is None:
            return False
        spanned = self.spans
        self._pointer = pointer
        self._head = self._spot_at(pointer) or self._head
        inside = self._view.viewport().rect().contains(self._view.viewport().mapFromGlobal(pointer))
        if inside:
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()
        if spanned or self.spans:
            self._apply_all()
            return True
        return False

    def _scroll(self) -> None:
        if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._scrolling.stop()
            return
        upward = self._view.viewport().mapFromGlobal(self._pointer).y() < 0
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (-_SCROLL_STEP if upward else _SCROLL_STEP))
        self._drag(self._pointer)

    def _adopt(self, row: Row, widget: RowWidget) -> None:
        view = widget.text_view
        if view is None:
            return
        viewport = view.viewport()
        self._viewports[viewport] = (row, view)
        viewport.installEventFilter(self)
        viewport.destroyed.connect(lambda: self._viewports.pop(viewport, None))
        view.spanning_text = lambda: self.text() if self.spans else ""

    def _keep(self) -> None:
        if self.spans:
            self._apply_all()

    def _spot_at(self, pointer: QPoint) -> Spot | None:
        """The text nearest to a place on the screen."""
        y = self._view.viewport().mapFromGlobal(pointer).y()
        best: tuple[int, Row, TextView] | None = None
        for row, widget in self._view.shown.items():
            if (text_view := widget.text_view) is None:
                continue
            distance = max(widget.y() - y, y - widget.y() - widget.height(), 0)
            if best is None or distance < best[0]:
                best = distance, row, text_view
        if best is None:
            return None
        place = best[2].viewport().mapFromGlobal(pointer)
        return self._spot(best[1], best[2].cursorForPosition(place).position())

    def _spot(self, row: Row, position: int) -> Spot | None:
        place = self._view.place_of(row)
        return Spot(place.turn, place.index, position) if place is not None else None

    def _span(self) -> Span | None:
        if self._anchor is None or self._head is None:
            return None
        return Span(*sorted((self._anchor, self._head)))

    def _apply_all(self) -> None:
        for row in self._view.shown:
            self._apply(row)

    def _apply(self, row: Row) -> None:
        view = self._view.shown[row].text_view
        if view is None:
            return
        span, spot = self._span(), self._spot(row, 0)
        chosen = span.part_of(spot) if span is not None and span.is_wide and spot is not None else None
        cursor = view.textCursor()
        if chosen is None:
            cursor.clearSelection()
        else:
            last = view.document().characterCount() - 1
            cursor.setPosition(min(chosen[0], last))
            end = last if chosen[1] is None else min(chosen[1], last)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)
