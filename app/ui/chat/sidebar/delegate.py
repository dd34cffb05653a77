"""Paints the headings and conversations of the sidebar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from app.history.records import ConversationSummary
from app.ui.chat.sidebar.groups import Group
from app.ui.chat.sidebar.items import ItemRole, row_at, title_of
from app.ui.chat.sidebar.painted_row import Index, PaintedRow


class RowDelegate(PaintedRow):
    """Headings and conversations."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: how much room a row takes."""
        space, row = self._theme.tokens.space, row_at(index)
        height = QFontMetrics(self._font(row)).height()
        if isinstance(row, Group):
            return QSize(
                0, height + space.s + (space.l if index.row() and row.folder_id is None else space.s)
            )
        return QSize(0, height + 2 * space.s)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: a field to type a title in."""
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: the field takes the row, and more where its own look needs more."""
        rect = QRect(option.rect)
        missing = max(0, editor.sizeHint().height() - rect.height())
        editor.setGeometry(rect.adjusted(0, -(missing // 2), 0, missing - missing // 2))

    def _font(self, row: object) -> QFont:
        sizes = self._theme.tokens.type
        if isinstance(row, Group):
            return self._font_of(sizes.caption, QFont.Weight.DemiBold)
        return self._font_of(sizes.body, QFont.Weight.Normal)

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = row_at(index)
        if isinstance(row, Group):
            self._paint_group(painter, option, index, row)
        elif isinstance(row, ConversationSummary):
            self._draw_ground(painter, option)
            self._paint_conversation(painter, option, row)

    def _paint_group(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, group: Group
    ) -> None:
        space, colours = self._theme.tokens.space, self._theme.tokens.colours
        font = self._font(group)
        line = QFontMetrics(font).height()
        rect = QRect(option.rect)
        rect.setTop(rect.bottom() - line - space.xs - 1)
        if group.folder_id is not None:
            ground = QStyleOptionViewItem(option)
            ground.rect = rect.adjusted(0, -space.xs // 2, 0, 0)
            self._draw_ground(painter, ground)
        rect.adjust(space.s, 0, -space.s, -space.xs)
        painter.setFont(font)
        painter.setPen(QColor(colours.muted))
        if group.folder_id is not None:
            folded = bool(index.data(ItemRole.FOLDED))
            rect = self._paint_icon(painter, option, rect, "next" if folded else "down")
        self._draw_line(painter, option, rect, group.title)

    def _paint_conversation(
        self, painter: QPainter, option: QStyleOptionViewItem, row: ConversationSummary
    ) -> None:
        space, colours = self._theme.tokens.space, self._theme.tokens.colours
        rect = QRect(option.rect).adjusted(space.s, 0, -space.s, 0)
        marks = [name for name, is_so in (("edit", row.has_draft), ("pin", row.pinned)) if is_so]
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            marks = ["more"]
        for name in marks:
            rect = self._paint_icon(painter, option, rect, name, at_end=True)
        painter.setFont(self._font(row))
        painter.setPen(QColor(colours.text if row.title else colours.muted))
        self._draw_line(painter, option, rect, title_of(row))

    def _paint_icon(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, name: str, *, at_end: bool = False
    ) -> QRect:
        """Draw an icon at the beginning or the end of a line; gives what is left of the line."""
        size, gap = self._theme.tokens.type.body, self._theme.tokens.space.xs
        flag = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        flag |= Qt.AlignmentFlag.AlignVCenter
        place = QStyle.alignedRect(option.direction, flag, QSize(size, size), rect)
        self._theme.icon(name).paint(painter, place)
        at_left = at_end == (option.direction is Qt.LayoutDirection.RightToLeft)
        return rect.adjusted(size + gap, 0, 0, 0) if at_left else rect.adjusted(0, 0, -(size + gap), 0)
