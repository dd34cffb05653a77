"""What the rows of the list and those of the search results have in common when they are painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ELIDE = Qt.TextElideMode.ElideRight


class PaintedRow(QStyledItemDelegate):
    """Paints rows in the theme's colours and at its text size; a subclass says what is in them.

    Args:
        theme: colours, sizes, icons.
        view: where the rows are shown.
    """

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, option, index)
        painter.restore()

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        raise NotImplementedError

    def _font_of(self, pixels: int, weight: QFont.Weight) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(pixels)
        font.setWeight(weight)
        return font

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """What lies under a row that is selected, hovered or has the keyboard's focus."""
        tokens, state = self._theme.tokens, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if not (selected or hovered or focused):
            return
        ground = tokens.colours.accent_soft if selected else tokens.colours.sunken
        painter.setBrush(QColor(ground) if selected or hovered else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.colours.accent), 2) if focused else Qt.PenStyle.NoPen)
        rect = QRect(option.rect).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(rect, tokens.radius.small, tokens.radius.small)

    def _draw_line(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str) -> None:
        """One line of plain text in its own direction, cut with an ellipsis, where the layout begins."""
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        shown = QFontMetrics(painter.font()).elidedText(text, ELIDE, rect.width())
        painter.drawText(rect, int(start_of(option) | Qt.AlignmentFlag.AlignVCenter), shown)


def start_of(option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
    """The side on which lines begin, whatever the direction of their text."""
    side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    return side | Qt.AlignmentFlag.AlignAbsolute
