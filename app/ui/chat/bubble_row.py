"""Rows of what the user said."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextDocument

from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import Row, RowWidget, guessed_height
from app.ui.chat.text_view import ProseView, TextView
from app.ui.markdown.blocks import Block
from app.ui.markdown.look import Look
from app.ui.markdown.plain import document_text


class BubbleRow(Row):
    """A portion of what the user said, on a ground of its own.

    Args:
        block: what to show.
        drawing: the means.
        first: it is the turn's first portion.
        last: it is the turn's last portion.
    """

    trailing = True
    searchable = True

    def __init__(self, block: Block, drawing: Drawing, *, first: bool, last: bool) -> None:
        super().__init__(guessed_height(block.source) + 2 * drawing.theme.tokens.space.m)
        self.block = block
        self.first = first
        self.last = last
        self.drawing = drawing
        self.gap = drawing.theme.tokens.space.xl if first else 0

    def make(self) -> BubbleWidget:
        """A widget that shows it."""
        widget = BubbleWidget(self)
        self.refresh(widget)
        return widget

    def refresh(self, widget: RowWidget) -> None:
        """Draw the text anew."""
        assert isinstance(widget, BubbleWidget)
        widget.tokens = self.drawing.theme.tokens
        self._write(widget.view.document())
        self.stale = False

    def text_between(self, start: int = 0, end: int | None = None) -> str:
        """The text."""
        document = QTextDocument()
        self._write(document)
        return document_text(document, start, end)

    def _write(self, document: QTextDocument) -> None:
        self.drawing.prose.write(document, self.block, {}, Look(self.drawing.theme.tokens))


class BubbleWidget(RowWidget):
    """What the user said, on the screen."""

    def __init__(self, row: BubbleRow) -> None:
        super().__init__()
        self._row = row
        self.view = ProseView()
        self.view.setAccessibleName(self.tr("You said"))
        self.view.setParent(self)
        self.setFocusProxy(self.view)
        self.tokens = row.drawing.theme.tokens

    @property
    def text_view(self) -> TextView:
        """The text."""
        return self.view

    def fit(self, width: int) -> QSize:
        """As wide as the text, up to most of the width."""
        space = self.tokens.space
        widest = round(width * 0.85) - 2 * space.l
        inner = self.view.fit(widest)
        text_width = inner.width() + 1 if self._row.first and self._row.last else widest
        self.view.fit(text_width)  # a document wider than its view can be scrolled sideways, out of sight
        above = space.m + 2 if self._row.first else 0
        below = space.s if self._row.last else 0
        self.view.setGeometry(space.l, above, text_width, inner.height())
        return QSize(text_width + 2 * space.l, inner.height() + above + below)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the ground; portions of one turn join."""
        radius = self.tokens.radius.large
        ground = QRect(QPoint(), self.size())
        ground.adjust(0, 0 if self._row.first else -radius, 0, 0 if self._row.last else radius)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.tokens.colours.sunken))
        painter.drawRoundedRect(ground, radius, radius)
