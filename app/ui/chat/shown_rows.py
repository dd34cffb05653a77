"""The widgets of the rows near the screen."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from PySide6.QtWidgets import QWidget

from app.ui.chat.prose_row import ProseRow
from app.ui.chat.rows import Row, RowWidget


class ShownRows:
    """Makes a row's widget when it comes near, keeps it up to date, and gives it up when it goes.

    Args:
        viewport: what the widgets stand in.
        made: hears of each new widget.

    Attributes:
        widgets: by row.
    """

    def __init__(self, viewport: QWidget, made: Callable[[Row, RowWidget], None]) -> None:
        self._viewport = viewport
        self._made = made
        self.widgets: dict[Row, RowWidget] = {}

    def widget(self, row: Row, width: int) -> RowWidget:
        """A row's widget, up to date and laid out in a width; the row's height is true then."""
        widget = self.widgets.get(row)
        if widget is None:
            widget = row.make()
            widget.setParent(self._viewport)
            self.widgets[row] = widget
            row.width = 0
            self._made(row, widget)
        elif row.stale:
            row.refresh(widget)
            row.width = 0
        if row.width != width:
            size = widget.fit(width + row.overhang)
            widget.resize(size)
            row.height = float(size.height())
            row.width = width
        return widget

    def keep(self, near: Container[Row]) -> None:
        """Give up the widgets of all other rows, but for one that holds the focus."""
        self.release([row for row in self.widgets if row not in near and not self._holds_focus(row)])

    def release(self, rows: Iterable[Row]) -> None:
        """Give up the widgets of rows, where they have one."""
        for row in rows:
            widget = self.widgets.pop(row, None)
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def release_all(self) -> None:
        """Give up all widgets."""
        self.release(list(self.widgets))

    def complete(self) -> bool:
        """Mark rows that wait for a formula as stale; says whether there are any."""
        waiting = [row for row in self.widgets if isinstance(row, ProseRow) and not row.whole]
        for row in waiting:
            row.stale = True
        return bool(waiting)

    def _holds_focus(self, row: Row) -> bool:
        focused = self._viewport.window().focusWidget()
        return focused is not None and self.widgets[row].isAncestorOf(focused)
