"""Paints what a search found: the title, and below it the excerpt with the matches marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from app.history.records import SearchHit
from app.ui.chat.sidebar.items import row_at, title_of
from app.ui.chat.sidebar.painted_row import ELIDE, Index, PaintedRow, start_of

_LINES = 2


class HitDelegate(PaintedRow):
    """Rows of search results."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: how much room a row takes."""
        hit, space = row_at(index), self._theme.tokens.space
        height = QFontMetrics(self._font(bold=True)).height()
        if isinstance(hit, SearchHit) and hit.message_id is not None:
            width = self._view.viewport().width() - 2 * space.s
            excerpt = self._laid_out(option, width, hit, bold=False).boundingRect()
            height += round(excerpt.height()) + space.xs
        return QSize(0, height + 2 * space.s)

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = row_at(index)
        if not isinstance(hit, SearchHit):
            return
        self._draw_ground(painter, option)
        space, colours = self._theme.tokens.space, self._theme.tokens.colours
        rect = QRect(option.rect).adjusted(space.s, space.s, -space.s, -space.s)
        painter.setPen(QColor(colours.text))
        if hit.message_id is None:
            self._draw_marked(painter, option, rect, hit, bold=True)
        else:
            self._paint_message(painter, option, rect, hit)

    def _paint_message(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, hit: SearchHit
    ) -> None:
        space, colours = self._theme.tokens.space, self._theme.tokens.colours
        painter.setFont(self._font(bold=True))
        heading = QRect(rect)
        heading.setHeight(QFontMetrics(painter.font()).height())
        title = title_of(hit)
        if not hit.active:
            title = self.tr("Another version · {title}").format(title=title)
        self._draw_line(painter, option, heading, title)
        painter.setPen(QColor(colours.muted))
        below = rect.adjusted(0, heading.height() + space.xs, 0, 0)
        self._draw_marked(painter, option, below, hit, bold=False)

    def _draw_marked(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, hit: SearchHit, *, bold: bool
    ) -> None:
        layout = self._laid_out(option, rect.width(), hit, bold=bold)
        painter.setClipRect(rect)
        layout.draw(painter, QPointF(rect.topLeft()))

    def _laid_out(
        self, option: QStyleOptionViewItem, width: int, hit: SearchHit, *, bold: bool
    ) -> QTextLayout:
        """The excerpt in a width, in as many lines as it may take."""
        font = self._font(bold=bold)
        text = QFontMetrics(font).elidedText(hit.excerpt, ELIDE, width) if bold else hit.excerpt
        layout = QTextLayout(text, font)
        text_option = QTextOption(start_of(option))
        text_option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        text_option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(text_option)
        layout.setFormats([self._mark(hit.excerpt, start, end) for start, end in hit.ranges])
        layout.beginLayout()
        top = 0.0
        for _ in range(1 if bold else _LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def _mark(self, text: str, start: int, end: int) -> QTextLayout.FormatRange:
        colours, found = self._theme.tokens.colours, QTextLayout.FormatRange()
        found.start = _utf16_length(text[:start])
        found.length = _utf16_length(text[start:end])
        look = QTextCharFormat()
        look.setBackground(QColor(colours.hit))
        look.setForeground(QColor(colours.text))
        found.format = look
        return found

    def _font(self, *, bold: bool) -> QFont:
        sizes = self._theme.tokens.type
        if bold:
            return self._font_of(sizes.body, QFont.Weight.Medium)
        return self._font_of(sizes.caption, QFont.Weight.Normal)


def _utf16_length(text: str) -> int:
    """Qt counts UTF-16 units; ranges come in code points."""
    return len(text) + sum(char > "\uffff" for char in text)
