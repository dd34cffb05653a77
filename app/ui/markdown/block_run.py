"""Writes the parts of a prose block one after the other: paragraphs, headings, lists, quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextListFormat

from app.ui.markdown.bands import Columns
from app.ui.markdown.inline import InlineWriter
from app.ui.markdown.look import DONE, LINE_HEIGHT, OPEN, QUOTE_DEPTH, QUOTE_STEP, RULE, TASK, Look
from app.ui.markdown.table import TableWriter

_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)
_MOST_INDENT = 12
_SINGLE = 100  # percent: a formula is as high as it is
_TASKS = {
    "[ ] ": OPEN,
    "[x] ": DONE,
    "[X] ": DONE,
}


class BlockRun:
    """One block being written: where the cursor is within lists, quotes and tables.

    Args:
        cursor: where.
        inline: writes lines.
        look: formats.
        number: of an ordered list's item, else 0.
        columns: widths of a table that was cut.
    """

    def __init__(
        self,
        cursor: QTextCursor,
        inline: InlineWriter,
        look: Look,
        number: int = 0,
        columns: Columns | None = None,
    ) -> None:
        self._cursor = cursor
        self._inline = inline
        self._look = look
        self._number = number
        self._columns = columns
        self._fresh = True
        self._lists: list[QTextListFormat] = []
        self._marker_due: list[bool] = []
        self._quotes = 0
        self._made: dict[int, Any] = {}
        self._tight = False
        self._heading = 0

    def write(self, tokens: Sequence[Token]) -> None:
        """Write what the parser found."""
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "table_open":
                end = next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[position : end + 1])
                position = end
            else:
                self._take(token)
            position += 1

    def _take(self, token: Token) -> None:
        handlers: dict[str, Callable[[Token], None]] = {
            "bullet_list_open": self._open_list,
            "ordered_list_open": self._open_list,
            "bullet_list_close": self._close_list,
            "ordered_list_close": self._close_list,
            "list_item_open": self._open_item,
            "list_item_close": self._close_item,
            "blockquote_open": self._step_quote,
            "blockquote_close": self._step_quote,
            "heading_open": self._open_heading,
            "heading_close": self._close_heading,
            "paragraph_open": self._open_paragraph,
            "inline": self._paragraph,
            "math_block": self._formula,
            "math_block_label": self._formula,
            "amsmath": self._formula,
            "hr": self._rule,
        }
        handler = handlers.get(token.type)
        if handler is not None:
            handler(token)

    def _open_list(self, token: Token) -> None:
        depth = len(self._lists)
        made = QTextListFormat()
        made.setIndent(min(depth + 1, _MOST_INDENT))
        if token.type == "ordered_list_open":
            made.setStyle(QTextListFormat.Style.ListDecimal)
            first = self._number if depth == 0 and self._number else int(token.attrs.get("start", 1))
            made.setStart(first)
            made.setNumberSuffix(token.markup or ".")
        else:
            made.setStyle(_BULLETS[min(depth, len(_BULLETS) - 1)])
        self._lists.append(made)

    def _close_list(self, _: Token) -> None:
        made = self._lists.pop()
        self._made.pop(id(made), None)

    def _open_item(self, token: Token) -> None:
        self._marker_due.append(not token.meta.get("goes_on"))

    def _close_item(self, _: Token) -> None:
        self._marker_due.pop()

    def _step_quote(self, token: Token) -> None:
        self._quotes += token.nesting

    def _open_heading(self, token: Token) -> None:
        self._heading = int(token.tag[1:])

    def _close_heading(self, _: Token) -> None:
        self._heading = 0

    def _open_paragraph(self, token: Token) -> None:
        self._tight = token.hidden

    def _paragraph(self, token: Token) -> None:
        task = 0
        content = token.content
        if self._marker_due and self._marker_due[-1] and content[:4] in _TASKS:
            task, content = _TASKS[content[:4]], content[4:]
        self._begin_block(task)
        body = self._look.heading(self._heading) if self._heading else self._look.body()
        self._inline.write(self._cursor, content, body)

    def _formula(self, token: Token) -> None:
        self._begin_block(alignment=Qt.AlignmentFlag.AlignHCenter, line_height=_SINGLE)
        self._inline.formula(self._cursor, token.content, self._look.body(), display=True)

    def _rule(self, _: Token) -> None:
        made = self._block_format()
        made.setProperty(RULE, True)
        self._insert(made)

    def _begin_block(
        self,
        task: int = 0,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading,
        line_height: int = LINE_HEIGHT,
    ) -> None:
        made = self._block_format()
        made.setLineHeight(line_height, made.lineHeightType())
        made.setAlignment(alignment)
        if self._heading:
            made.setHeadingLevel(self._heading)
        starts_item = bool(self._marker_due) and self._marker_due[-1]
        if self._lists and not starts_item:
            made.setIndent(self._lists[-1].indent())
        if task:
            made.setProperty(TASK, task)
        self._insert(made)
        if starts_item:
            self._marker_due[-1] = False
            self._join_list(task)

    def _join_list(self, task: int) -> None:
        wanted = self._lists[-1]
        if task:
            bare = QTextListFormat()
            bare.setIndent(wanted.indent())
            bare.setStyle(QTextListFormat.Style.ListStyleUndefined)
            self._cursor.createList(bare)
            return
        existing = self._made.get(id(wanted))
        if existing is None:
            self._made[id(wanted)] = self._cursor.createList(wanted)
        else:
            existing.add(self._cursor.block())

    def _block_format(self) -> QTextBlockFormat:
        made = self._look.block()
        if not self._fresh:
            made.setTopMargin(self._look.tokens.space.xs if self._tight else self._look.tokens.space.s)
        if self._quotes:
            depth = min(self._quotes, _MOST_INDENT)
            made.setLeftMargin(depth * QUOTE_STEP)
            made.setProperty(QUOTE_DEPTH, depth)
        return made

    def _insert(self, block_format: QTextBlockFormat) -> None:
        if self._fresh:
            self._cursor.setBlockFormat(block_format)
            self._cursor.setBlockCharFormat(self._look.body())
        else:
            self._cursor.insertBlock(block_format, self._look.body())
        self._fresh = False

    def _table(self, tokens: Sequence[Token]) -> None:
        if not self._fresh:
            self._insert(self._block_format())
        TableWriter(self._cursor, self._inline, self._look).write(tokens, self._columns)
        self._fresh = False
