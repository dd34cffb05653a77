"""A row with code: its language, buttons to copy and save it, and the code in colours."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.ui.chat.code_view import CodeView
from app.ui.chat.drawing import Drawing
from app.ui.chat.highlight import Highlight
from app.ui.chat.rows import Row, RowWidget
from app.ui.chat.text_view import TextView
from app.ui.controls import icon_button, label
from app.ui.markdown.blocks import Block
from app.ui.markdown.code import lexer_for
from app.ui.markdown.look import INDENT, mono_family

_MOST_LINES = 400
_LONGEST_LINE = 2_000
_HEADER = 34  # about
_ABOVE = 2
_LINE = 18.0


class CodeRow(Row):
    """One piece of code.

    Args:
        block: what to show.
        drawing: the means.
        copy: puts text on the clipboard.
        save: asks for a file and writes text there: the code, and the language.
    """

    searchable = True

    def __init__(
        self,
        block: Block,
        drawing: Drawing,
        copy: Callable[[str], None],
        save: Callable[[str, str], None],
    ) -> None:
        super().__init__(min(block.code.count("\n") + 1, _MOST_LINES) * _LINE + _HEADER + 20)
        self.block = block
        self.drawing = drawing
        self.copy = lambda: copy(self.block.code)
        self.save = lambda: save(self.block.code, self.block.language)
        self.gap = drawing.theme.tokens.space.m

    def show_block(self, block: Block) -> None:
        """Show another version of the code."""
        self.block = block
        self.stale = True

    def make(self) -> CodeWidget:
        """A widget that shows it."""
        widget = CodeWidget(self)
        self.refresh(widget)
        return widget

    def refresh(self, widget: RowWidget) -> None:
        """Bring the shown code up to date."""
        assert isinstance(widget, CodeWidget)
        widget.show_code(self.block)
        self.stale = False

    def text_between(self, start: int = 0, end: int | None = None) -> str:
        """The code."""
        units = shown_code(self.block.code).encode("utf-16-le")
        return units[2 * start : None if end is None else 2 * end].decode("utf-16-le", errors="ignore")


class CodeWidget(RowWidget):
    """A piece of code on the screen."""

    def __init__(self, row: CodeRow) -> None:
        super().__init__()
        self._tokens = row.drawing.theme.tokens
        self._indent = INDENT * row.block.depth
        self._frame = QFrame(self)
        self._frame.setProperty("kind", "sunken")
        self._language = label("", "caption")
        self._code = CodeView()
        self._code.setAccessibleName(self.tr("Code"))
        self._code.document().setDocumentMargin(0)
        font = self._code.font()
        font.setFamilies([mono_family()])
        font.setPixelSize(self._tokens.type.body - 1)
        self._code.setFont(font)
        self._code.setStyleSheet(
            f"font-family: '{mono_family()}'; font-size: {self._tokens.type.body - 1}px;"
        )
        self._highlight = Highlight(self._code.document(), row.drawing.theme.tokens.colours)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._work)
        self._lay_out(row)
        self.setFocusProxy(self._code)

    @property
    def text_view(self) -> TextView:
        """The code."""
        return self._code

    def show_code(self, block: Block) -> None:
        """Show code; when it only grew, what is there stays."""
        shown = shown_code(block.code)
        self._language.setText(block.language or self.tr("code"))
        self._code.show_text(shown)
        self._highlight.set_code(shown, block.language, whole=block.closed)
        self._slices.start()  # not here and now: the first use of a lexer takes up to 40 ms

    def fit(self, width: int) -> QSize:
        """The whole width; as high as the code, or the most that is shown without scrolling."""
        space = self._tokens.space
        lines = min(self._code.line_count(), _MOST_LINES)
        inner = math.ceil(lines * self._code.line_height()) + 2
        code_width = width - self._indent - 2 * space.m
        if self._code.widest() > code_width:
            inner += self._code.horizontalScrollBar().sizeHint().height()
        height = _ABOVE + self._header.sizeHint().height() + inner + space.s
        self._frame.setGeometry(self._indent, 0, width - self._indent, height)
        return QSize(width, height)

    def _work(self) -> None:
        if not self._code.whole:
            self._code.advance()
        elif self._highlight.advance():
            self._slices.stop()

    def _lay_out(self, row: CodeRow) -> None:
        theme, space = row.drawing.theme, self._tokens.space
        copy = icon_button(self.tr("Copy the code"), theme.icon("copy"))
        copy.clicked.connect(row.copy)
        save = icon_button(self.tr("Save the code to a file"), theme.icon("save"))
        save.clicked.connect(row.save)
        header = self._header = QHBoxLayout()
        header.setContentsMargins(space.m, 0, space.xs, 0)
        header.setSpacing(0)
        header.addWidget(self._language, 1)
        header.addWidget(copy)
        header.addWidget(save)
        layout = QVBoxLayout(self._frame)
        layout.setContentsMargins(0, _ABOVE, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        body = QHBoxLayout()
        body.setContentsMargins(space.m, 0, space.m, space.s)
        body.addWidget(self._code)
        layout.addLayout(body, 1)


def shown_code(code: str) -> str:
    """The code with its longest lines broken, for no screen shows them and no layout bears them."""
    if len(code) <= _LONGEST_LINE or max(map(len, code.split("\n"))) <= _LONGEST_LINE:
        return code
    return "\n".join(
        line[start : start + _LONGEST_LINE]
        for line in code.split("\n")
        for start in range(0, max(len(line), 1), _LONGEST_LINE)
    )


def file_suffix(language: str) -> str:
    """The usual ending of a file in a language."""
    lexer = lexer_for(language)
    patterns = [Path(pattern).suffix for pattern in (lexer.filenames if lexer else [])]
    return next((suffix for suffix in patterns if suffix and suffix[1:].isalnum()), ".txt")
