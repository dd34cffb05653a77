"""Writes a prose block into a text document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown_it import MarkdownIt
from PySide6.QtGui import QTextCursor, QTextDocument

from app.ui.markdown.block_run import BlockRun
from app.ui.markdown.blocks import Block, Kind
from app.ui.markdown.inline import InlineWriter
from app.ui.markdown.look import INDENT, Look
from app.ui.markdown.maths import Maths


class ProseWriter:
    """Draws blocks of prose.

    Args:
        parser: the dialect, for what stands within a line.
        maths: draws formulas.
        widest: the widest an image may be, in pixels.
    """

    def __init__(self, parser: MarkdownIt, maths: Maths, widest: int) -> None:
        self._parser = parser
        self._maths = maths
        self._widest = widest

    def write(self, document: QTextDocument, block: Block, references: Mapping[str, Any], look: Look) -> bool:
        """Replace a document's content by a block.

        Args:
            document: where to draw.
            block: what to draw.
            references: the link definitions of the whole text.
            look: formats.

        Returns:
            Whether it is whole; False while a formula is still being drawn.
        """
        document.clear()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setIndentWidth(INDENT)
        cursor = QTextCursor(document)
        inline = InlineWriter(self._parser, self._maths, references, look, self._widest)
        cursor.beginEditBlock()
        if block.kind is Kind.PLAIN:
            _write_plain(cursor, block.source, look)
        else:
            BlockRun(cursor, inline, look, block.number, block.columns).write(block.tokens)
        cursor.endEditBlock()
        return inline.whole


def _write_plain(cursor: QTextCursor, text: str, look: Look) -> None:
    cursor.setBlockFormat(look.block())
    cursor.insertText(text.removesuffix("\n"), look.body())
