"""A few figures as horizontal bars with their words: the chart of a measurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme

_BAR = 10


@dataclass(frozen=True)
class Figure:
    """One bar.

    Attributes:
        name: what was measured.
        value: how long the bar is, beside the others.
        words: the value in words.
        strong: drawn in the accent; else it is there to compare with.
    """

    name: str
    value: float
    words: str
    strong: bool = True


class Chart(QWidget):
    """Bars under each other; hidden while there is nothing to show.

    Args:
        name: for a screen reader.
        theme: colours and sizes.
    """

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.figures: Sequence[Figure] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures; none hides the chart."""
        self.figures = figures
        self.setAccessibleDescription(", ".join(f"{each.name}: {each.words}" for each in figures))
        self.setVisible(bool(figures))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a line of words and a bar for each figure."""
        return QSize(20 * _BAR, len(self.figures) * self._row())

    def minimumSizeHint(self) -> QSize:
        """Qt: no less high."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        painter, colours = QPainter(self), self._theme.tokens.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        largest = max((figure.value for figure in self.figures), default=0.0) or 1.0
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for number, figure in enumerate(self.figures):
            top, height = number * self._row(), self.fontMetrics().height()
            words = QRectF(0, top, self.width(), height)
            painter.setPen(QColor(colours.text))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeading), figure.name)
            painter.setPen(QColor(colours.muted))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignTrailing), figure.words)
            length = max(2.0, self.width() * figure.value / largest)
            left = self.width() - length if mirrored else 0.0
            bar = QRectF(left, top + height + self._theme.tokens.space.xs, length, _BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent if figure.strong else colours.control))
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)

    def _row(self) -> int:
        space = self._theme.tokens.space
        return self.fontMetrics().height() + space.xs + _BAR + space.m
