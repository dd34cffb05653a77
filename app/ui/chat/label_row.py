"""A row with a caption: it says what follows."""

from __future__ import annotations

from PySide6.QtCore import QSize

from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import LINE, Row, RowWidget
from app.ui.controls import label


class LabelRow(Row):
    """A line that says what follows: commentary.

    Args:
        text: what it says.
        drawing: the means.
    """

    def __init__(self, text: str, drawing: Drawing) -> None:
        super().__init__(LINE)
        self._text = text
        self.gap = drawing.theme.tokens.space.m

    def make(self) -> LabelWidget:
        """A widget that shows it."""
        return LabelWidget(self._text)

    def refresh(self, widget: RowWidget) -> None:
        """It never changes."""
        self.stale = False


class LabelWidget(RowWidget):
    """A caption on the screen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._label = label(text, "caption")
        self._label.setParent(self)

    def fit(self, width: int) -> QSize:
        """The whole width."""
        height = self._label.sizeHint().height()
        self._label.setGeometry(0, 0, width, height)
        return QSize(width, height)
