"""Rows of prose: each shows a block of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QTextCursor, QTextDocument

from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import Row, RowWidget, guessed_height
from app.ui.chat.text_view import ProseView, TextView
from app.ui.markdown.blocks import Block
from app.ui.markdown.look import Look
from app.ui.markdown.plain import copied_text, document_text

_DECORATED = frozenset({"blockquote_open", "hr"})
_CARET = "\u258d"
_SHARED_BORDER = -1

OpenLink = Callable[[str], None]


class ProseRow(Row):
    """One block of prose.

    Args:
        block: what to show.
        drawing: the means.
        references: the link definitions of the whole text; they may grow.
        open_link: called with the address of a link that was chosen.
        leads: it does not go on with the list that the block before it belongs to.
        muted: in the second colour.

    Attributes:
        whole: no formula is missing.
        caret: the answer is being written here.
    """

    searchable = True

    def __init__(
        self,
        block: Block,
        drawing: Drawing,
        references: Mapping[str, Any],
        open_link: OpenLink,
        *,
        leads: bool = True,
        muted: bool = False,
    ) -> None:
        super().__init__(guessed_height(block.source))
        self.block = block
        self.whole = True
        self.caret = False
        self._drawing = drawing
        self._references = references
        self._open_link = open_link
        self._muted = muted
        self._leads = leads
        self._set_gap()

    def show_block(self, block: Block) -> None:
        """Show another version of the block."""
        self.block = block
        self.stale = True
        self._set_gap()

    def make(self) -> ProseRowWidget:
        """A widget that shows it."""
        widget = ProseRowWidget(self._open_link)
        self.refresh(widget)
        return widget

    def refresh(self, widget: RowWidget) -> None:
        """Draw the block anew."""
        assert isinstance(widget, ProseRowWidget)
        self.whole = self._write(widget.view.document())
        widget.view.quote_colour = QColor(self._drawing.theme.tokens.colours.control)
        icon = self._drawing.theme.icon
        widget.view.tasks = (icon("task_open"), icon("task_done", "accent"))
        widget.view.decorated = any(
            token.type in _DECORATED or token.content[:1] == "[" for token in self.block.tokens
        )
        self.stale = False

    def text_between(self, start: int = 0, end: int | None = None) -> str:
        """The text without its marks, but for those of list items."""
        document = QTextDocument()
        self._write(document)
        return copied_text(document, start, end)

    def searched_text(self) -> str:
        """The text without any marks."""
        document = QTextDocument()
        self._write(document)
        return document_text(document)

    def _write(self, document: QTextDocument) -> bool:
        look = Look(self._drawing.theme.tokens, self._muted)
        whole = self._drawing.prose.write(document, self.block, self._references, look)
        if self.caret:
            cursor = QTextCursor(document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            mark = look.body()
            mark.setForeground(QColor(self._drawing.theme.tokens.colours.accent))
            cursor.insertText(_CARET, mark)
        return whole

    def _set_gap(self) -> None:
        first = self.block.tokens[0].type if self.block.tokens else ""
        space = self._drawing.theme.tokens.space
        self.gap = space.m
        starts_item = first.endswith("list_open") and self.block.part == 0
        if starts_item and not self._leads:
            self.gap = space.xs
        if first == "heading_open":
            self.gap = space.xl
        if self.block.goes_on:
            self.gap = _SHARED_BORDER


class ProseRowWidget(RowWidget):
    """A block of prose on the screen."""

    def __init__(self, open_link: OpenLink) -> None:
        super().__init__()
        self.view = ProseView()
        self.view.setParent(self)
        self.view.setAccessibleName(self.tr("Answer"))
        self.view.link_chosen.connect(open_link)
        self.setFocusProxy(self.view)

    @property
    def text_view(self) -> TextView:
        """The text."""
        return self.view

    def fit(self, width: int) -> QSize:
        """The whole width; as high as the text."""
        height = self.view.fit(width).height()
        self.view.setGeometry(0, 0, width, height)
        return QSize(width, height)
