"""A memory drawn as a bar: what the model takes, its KV cache, other programs, and what is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.controls import label
from app.ui.frame.words import size
from app.ui.theme import Theme

_HEIGHT = 14
_SWATCH = 10


@dataclass(frozen=True)
class Segment:
    """A part of a memory.

    Attributes:
        name: what takes it.
        bytes: how much.
        colour: a field of `Colours`; empty for what is free.
    """

    name: str
    bytes: int
    colour: str = ""


class MemoryBar(QFrame):
    """A title, figures, the bar, and below it what each colour means.

    Args:
        title: which memory.
        theme: colours.
    """

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = label(title, wrap=True)
        self.figures = label("", "muted")
        self.strip = Strip(title, theme)
        self._legend = QHBoxLayout()
        self._legend.setSpacing(theme.tokens.space.l)
        self._legend.addStretch(1)
        self._entries: list[Entry] = []
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.figures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens.space.s)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addLayout(self._legend)

    def name_it(self, title: str) -> None:
        """Call it something else."""
        self.title.setText(title)
        self.strip.setAccessibleName(title)

    def show_segments(self, segments: Sequence[Segment], total: int) -> None:
        """Show parts of a memory, in bytes; the last one is free."""
        free = segments[-1].bytes if segments else 0
        words = self.tr("{free} free of {total}").format(free=size(free), total=size(total))
        if self.figures.text() != words:
            self.figures.setText(words)
        self.strip.show_segments(segments, total)
        self._show_legend([each for each in segments if each.bytes])

    def show_unknown(self, total: int | None) -> None:
        """Nobody says what is free."""
        unknown = self.tr("what is free is unknown")
        self.figures.setText(f"{size(total)}, {unknown}" if total else unknown)
        self.strip.show_segments((), 0)

    def _show_legend(self, segments: Sequence[Segment]) -> None:
        while len(self._entries) > len(segments):
            self._entries.pop().deleteLater()
        while len(self._entries) < len(segments):
            self._entries.append(Entry(self._theme))
            self._legend.insertWidget(len(self._entries) - 1, self._entries[-1])
        for entry, segment in zip(self._entries, segments, strict=True):
            entry.show_segment(segment)


class Entry(QWidget):
    """A colour and what it means."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.swatch = Swatch(theme)
        self.words: QLabel = label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.tokens.space.xs)
        row.addWidget(self.swatch)
        row.addWidget(self.words)

    def show_segment(self, segment: Segment) -> None:
        """Show another part."""
        self.swatch.show_colour(segment.colour)
        self.words.setText(f"{segment.name}: {size(segment.bytes)}")


class Swatch(QWidget):
    """A small square of a colour of the palette."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._colour = ""
        self.setFixedSize(_SWATCH, _SWATCH)
        theme.changed.connect(self.update)

    def show_colour(self, colour: str) -> None:
        """Show another colour; empty for what is free."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        painter, colours = QPainter(self), self._theme.tokens.colours
        painter.fillRect(self.rect(), QColor(getattr(colours, self._colour or "sunken")))
        painter.setPen(QColor(colours.control))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Strip(QWidget):
    """The bar itself; the words are for the screen reader and the tool tip."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._segments: Sequence[Segment] = ()
        self._total = 0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_segments(self, segments: Sequence[Segment], total: int) -> None:
        """Draw other parts."""
        self._segments, self._total = segments, total
        words = ", ".join(f"{each.name}: {size(each.bytes)}" for each in segments if each.bytes)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: as wide as there is room."""
        return QSize(10 * _HEIGHT, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the parts one after the other, from the side where reading begins."""
        painter, colours = QPainter(self), self._theme.tokens.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        radius = self._theme.tokens.radius.small
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(outline, QColor(colours.sunken))
        painter.setClipPath(outline)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        left = 0.0
        for segment in self._segments:
            width = self.width() * segment.bytes / self._total if self._total else 0.0
            if segment.colour:
                painter.fillRect(
                    QRectF(left, 0, width, self.height()), QColor(getattr(colours, segment.colour))
                )
            left += width
        painter.resetTransform()
        painter.setClipping(False)
        painter.setPen(QColor(colours.control))
        painter.drawPath(outline)
