"""Colours for a code document, put on in short slices of time."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from app.ui.markdown.code import LONGEST, Span, colour, lexer_for, spans, utf16_length
from app.ui.theme.tokens import Colours

_SLICE_SECONDS = 0.004


class Highlight:
    """Colours the code of one document.

    While code is still being written, only its newest part is read again: from the last line that begins at
    the margin after an empty one. That may mistake the inside of a long string for code, so everything is
    read once more when the code is whole.

    Args:
        document: shows exactly the code.
        colours: of the theme.
    """

    def __init__(self, document: QTextDocument, colours: Colours) -> None:
        self._document = document
        self._colours = colours
        self._formats: dict[str, QTextCharFormat] = {}
        self._code = ""
        self._language = ""
        self._whole = False
        self._spans: Iterator[Span] | None = None
        self._base = 0
        self._coloured = 0
        self._pending = False
        self._line: QTextBlock | None = None
        self._ranges: list[QTextLayout.FormatRange] = []

    def set_code(self, code: str, language: str, *, whole: bool) -> None:
        """The document's code has changed."""
        if (code, language, whole) == (self._code, self._language, self._whole):
            return
        if not code.startswith(self._code) or language != self._language or whole:
            self._coloured, self._spans = 0, None
        self._code, self._language, self._whole = code, language, whole
        self._pending = True

    def advance(self) -> bool:
        """Work for a few milliseconds; says whether all is done."""
        if self._spans is None and not self._begin():
            return True
        deadline = time.perf_counter() + _SLICE_SECONDS
        assert self._spans is not None
        for span in self._spans:
            self._take(span)
            if time.perf_counter() > deadline:
                return False
        self._flush()
        self._spans = None
        return not self._pending

    def _begin(self) -> bool:
        lexer = lexer_for(self._language)
        if not self._pending or lexer is None or len(self._code) > LONGEST:
            return False
        start = 0 if self._whole else _safe_start(self._code, self._coloured)
        self._base = utf16_length(self._code[:start])
        self._coloured = len(self._code)
        self._pending = False
        self._line = None
        self._spans = spans(self._code[start:], lexer)
        return True

    def _take(self, span: Span) -> None:
        start, length, name = span
        start += self._base
        end = start + length
        while start < end:
            block = self._line
            if block is None or not block.contains(start):
                self._flush()
                block = self._line = self._document.findBlock(start)
                if not block.isValid():
                    return
            stop = min(end, block.position() + block.length())
            self._ranges.append(self._range(start - block.position(), stop - start, name))
            start = stop

    def _range(self, start: int, length: int, name: str) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, length
        made.format = self._format(name)
        return made

    def _format(self, name: str) -> QTextCharFormat:
        if name not in self._formats:
            self._formats[name] = QTextCharFormat()
            self._formats[name].setForeground(QColor(colour(self._colours, name)))
        return self._formats[name]

    def _flush(self) -> None:
        if self._line is not None and self._line.isValid() and self._ranges:
            self._line.layout().setFormats(self._ranges)
            self._document.markContentsDirty(self._line.position(), self._line.length())
        self._ranges = []


def _safe_start(code: str, coloured: int) -> int:
    """The last place at or before a position where a line begins at the margin after an empty line."""
    place = coloured
    while (place := code.rfind("\n\n", 0, place)) >= 0:
        if not code[place + 2 : place + 3].isspace():
            return place + 2
    return 0
