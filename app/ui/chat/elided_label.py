"""A line of text that gives way when there is little room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_CHANGES = {QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange}


class Refit(QObject):
    """Fits a widget's text anew whenever its room, its font or its direction is another.

    Args:
        widget: whose text it is.
        fit: shows as much of the text as fits.
    """

    def __init__(self, widget: QWidget, fit: Callable[[], None]) -> None:
        super().__init__(widget)
        self._fit = fit
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the widget has its new size and font by now."""
        if event.type() in _CHANGES:
            self._fit()
        return False


class ElidedLabel(QLabel):
    """Ends in an ellipsis where there is no room; all of the text is its tool tip.

    Args:
        text: the text.
        kind: its look; see `theme.stylesheet`.
    """

    def __init__(self, text: str, kind: str) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_text(text)
        Refit(self, self._fit)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._fit()

    def _fit(self) -> None:
        """A name in another script stands where the others do, not on the side where it is read from."""
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        room = max(self.width() - 2, 0)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
