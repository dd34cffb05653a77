"""Writes a table into a text document."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from app.ui.markdown.bands import Columns
from app.ui.markdown.inline import InlineWriter
from app.ui.markdown.look import Look


class TableWriter:
    """Writes tables at a cursor.

    Args:
        cursor: where; it stands behind the table afterwards.
        inline: writes what a cell holds.
        look: formats.
    """

    def __init__(self, cursor: QTextCursor, inline: InlineWriter, look: Look) -> None:
        self._cursor = cursor
        self._inline = inline
        self._look = look
        self._header = True

    def write(self, tokens: Sequence[Token], columns: Columns | None) -> None:
        """Write a table.

        Args:
            tokens: from its opening to its closing token.
            columns: its widths; None leaves them to what is in the cells.
        """
        rows = _rows(tokens)
        width = max(len(row) for row in rows)
        self._header = any(token.type == "th_open" for token in tokens)
        table = self._cursor.insertTable(len(rows), width, self._table_format(columns))
        for y, row in enumerate(rows):
            for x, (content, alignment) in enumerate(row):
                self._cell(table, y, x, content, alignment)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _cell(self, table: QTextTable, y: int, x: int, content: str, alignment: Qt.AlignmentFlag) -> None:
        cursor = table.cellAt(y, x).firstCursorPosition()
        block = QTextBlockFormat()
        block.setAlignment(alignment)
        cursor.setBlockFormat(block)
        body = self._look.body()
        if y == 0 and self._header:
            body.setFontWeight(600)
            cell_format = table.cellAt(y, x).format()
            cell_format.setBackground(QColor(self._look.tokens.colours.sunken))
            table.cellAt(y, x).setFormat(cell_format)
        self._inline.write(cursor, content, body)

    def _table_format(self, columns: Columns | None) -> QTextTableFormat:
        made = QTextTableFormat()
        made.setHeaderRowCount(int(self._header))
        if columns is not None:
            made.setWidth(_percent(columns.width))
            made.setColumnWidthConstraints([_percent(share) for share in columns.shares])
        made.setBorderCollapse(True)
        made.setBorder(1)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderBrush(QColor(self._look.tokens.colours.border))
        made.setCellPadding(6)
        made.setCellSpacing(0)
        return made


def _percent(value: float) -> QTextLength:
    return QTextLength(QTextLength.Type.PercentageLength, value)


_ALIGNMENTS = {
    "text-align:center": Qt.AlignmentFlag.AlignHCenter,
    "text-align:right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
}


def _rows(tokens: Sequence[Token]) -> list[list[tuple[str, Qt.AlignmentFlag]]]:
    rows: list[list[tuple[str, Qt.AlignmentFlag]]] = []
    alignment = Qt.AlignmentFlag.AlignLeading
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            style = str(token.attrs.get("style", ""))
            alignment = _ALIGNMENTS.get(style, Qt.AlignmentFlag.AlignLeading)
        elif token.type == "inline":
            rows[-1].append((token.content, alignment))
    return rows
