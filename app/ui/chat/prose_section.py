"""A stretch of Markdown within a turn, and the rows that show its blocks."""

from __future__ import annotations

import time

from app.ui.chat.actions import Actions
from app.ui.chat.code_row import CodeRow
from app.ui.chat.drawing import Drawing
from app.ui.chat.prose_row import ProseRow
from app.ui.markdown.blocks import Block, Kind
from app.ui.markdown.stream import MarkdownStream

_SLICE_SECONDS = 0.006

BlockRow = ProseRow | CodeRow


class ProseSection:
    """Markdown that may still grow.

    Args:
        drawing: the means.
        actions: what links and buttons do.
        text: what there is already.
        whole: nothing more comes.
        muted: in the second colour.

    Attributes:
        rows: one for each block so far.
    """

    def __init__(
        self, drawing: Drawing, actions: Actions, text: str = "", *, whole: bool, muted: bool = False
    ) -> None:
        self._drawing = drawing
        self._actions = actions
        self._muted = muted
        self._stream = MarkdownStream(drawing.parser)
        self._stream.append(text)
        self._same = 0
        self._known_links = 0
        self.rows: list[BlockRow] = []
        if whole:
            self._stream.end()

    @property
    def behind(self) -> bool:
        """There is text that has no rows yet."""
        return self._stream.behind

    def append(self, text: str) -> None:
        """More of the text."""
        self._stream.append(text)

    def end(self) -> None:
        """The text is whole: what a later definition made a link becomes one."""
        self._stream.end()

    def update(self) -> None:
        """Bring the rows up to date with the text, or a bounded amount nearer to it."""
        deadline = time.perf_counter() + _SLICE_SECONDS
        while self._stream.behind and time.perf_counter() < deadline:
            self._stream.parse()
            self._match()
        if len(self._stream.references) != self._known_links and not self._stream.behind:
            self._known_links = len(self._stream.references)
            for row in self.rows:
                row.stale = True

    def set_caret(self, *, shown: bool) -> None:
        """Show where the answer is being written, or no longer."""
        rows = [row for row in self.rows[-2:] if isinstance(row, ProseRow)]
        for row in rows:
            wanted = shown and row is self.rows[-1]
            row.stale = row.stale or row.caret != wanted
            row.caret = wanted

    def _match(self) -> None:
        blocks = self._stream.blocks
        del self.rows[len(blocks) :]
        for index in range(self._same, len(blocks)):
            self._show(index, blocks[index])
        self._same = self._stream.settled

    def _show(self, index: int, block: Block) -> None:
        if index < len(self.rows):
            row = self.rows[index]
            if row.block == block:
                return
            if (row.block.kind is Kind.CODE) == (block.kind is Kind.CODE):
                row.show_block(block)
                return
            self.rows[index] = self._row(index, block)
        else:
            self.rows.append(self._row(index, block))

    def _row(self, index: int, block: Block) -> BlockRow:
        if block.kind is Kind.CODE:
            return CodeRow(block, self._drawing, self._actions.copy, self._actions.save_code)
        references = self._stream.references
        before = self._stream.blocks[index - 1] if index else None
        return ProseRow(
            block,
            self._drawing,
            references,
            self._actions.open_link,
            leads=before is None or not (before.in_list and block.in_list),
            muted=self._muted,
        )
