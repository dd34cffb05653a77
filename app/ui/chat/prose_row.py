"""Rows of text: a block of an answer, and what the user said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCursor, QTextDocument

from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import Row, RowWidget
from app.ui.chat.text_view import ProseView, TextView
from app.ui.controls import label
from app.ui.markdown.blocks import Block
from app.ui.markdown.look import Look
from app.ui.markdown.plain import copied_text, document_text

_LINE = 21.0
_CHARACTERS_A_LINE = 95
_DECORATED = frozenset({"blockquote_open", "hr"})
_CARET = "\u258d"

OpenLink = Callable[[str], None]


def guessed_height(text: str) -> float:
    """About how high a text will be."""
    lines = text.count("\n") + 1 + len(text) // _CHARACTERS_A_LINE
    return lines * _LINE


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
        widget.view.decorated = any(token.type in _DECORATED for token in self.block.tokens)
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


class LabelRow(Row):
    """A line that says what follows: commentary.

    Args:
        text: what it says.
        drawing: the means.
    """

    def __init__(self, text: str, drawing: Drawing) -> None:
        super().__init__(_LINE)
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
