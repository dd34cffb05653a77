"""A list of rows with the keys and clicks that both the conversations and the search results have."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView


class RowView(QListView):
    """A list view.

    Args:
        items: the rows.
        name: what a screen reader calls the list.

    Signals:
        chosen: a row was clicked, or Enter or Space pressed on it.
        deletion: Delete was pressed on a row.
        menu_wanted: the mark of a row's menu was clicked, or the key for menus pressed: the row, and where on
            the screen the menu belongs.

    Attributes:
        menu_strip: width at a row's end that opens its menu.
    """

    chosen = Signal(QModelIndex)
    deletion = Signal(QModelIndex)
    menu_wanted = Signal(QModelIndex, QPoint)

    def __init__(self, items: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self.menu_strip = 0
        self._pressed_at = QPoint()
        self.setModel(items)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setStyleSheet("RowView, RowView:focus { border: none; }")  # the current row wears the ring
        self.clicked.connect(self._on_clicked)

    def let_drag(self) -> None:
        """Rows can be dragged onto others; the model says which, and what it means."""
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(True)

    def go_to_first(self) -> None:
        """Make the first row that can be chosen the current one."""
        items = self.model()
        for number in range(items.rowCount()):
            index = items.index(number, 0)
            if items.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the keyboard always has a row to start from."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() in _BY_KEYBOARD:
            self.go_to_first()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: remember where, since `clicked` does not say it."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and Space open, Delete deletes; the rest is Qt's own."""
        index = self.currentIndex()
        editing = self.state() is QAbstractItemView.State.EditingState
        if index.isValid() and not editing and event.modifiers() in _PLAIN:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
                self.chosen.emit(index)
                return
            if event.key() == Qt.Key.Key_Delete:
                self.deletion.emit(index)
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu of the row under the pointer, or of the current row by the keyboard."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        place = event.globalPos() if by_mouse else self._below(index)
        self.menu_wanted.emit(index, place)

    def _on_clicked(self, index: QModelIndex) -> None:
        rect, place = self.visualRect(index), self._pressed_at
        from_left = place.x() - rect.left()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        from_end = from_left if is_mirrored else rect.width() - from_left
        if 0 <= from_end < self.menu_strip:
            self.menu_wanted.emit(index, self.viewport().mapToGlobal(place))
        else:
            self.chosen.emit(index)

    def _below(self, index: QModelIndex) -> QPoint:
        rect = self.visualRect(index)
        return self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(rect.height(), 0))


_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
