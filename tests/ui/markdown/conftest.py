"""Markdown drawn into documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from app.ui.markdown.blocks import Block
from app.ui.markdown.look import Look
from app.ui.markdown.maths import Maths
from app.ui.markdown.parser import make_parser
from app.ui.markdown.prose import ProseWriter
from app.ui.markdown.stream import MarkdownStream
from app.ui.theme import tokens


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Fonts need an application."""


@pytest.fixture
def maths(qapp: QApplication) -> Iterator[Maths]:
    made = Maths()
    yield made
    made.close()
    made.deleteLater()


def stream_of(text: str, *, pieces: int = 0) -> MarkdownStream:
    """A whole text, given at once or in pieces of so many characters."""
    stream = MarkdownStream(make_parser())
    step = pieces or max(len(text), 1)
    for start in range(0, len(text), step):
        stream.append(text[start : start + step])
        while pieces and stream.behind:
            stream.parse()
    stream.end()
    while stream.behind:
        stream.parse()
    return stream


Draw = Callable[[str], list[tuple[Block, QTextDocument]]]


@pytest.fixture
def draw(maths: Maths) -> Draw:
    """Gives each block of a text, drawn."""
    parser = make_parser()
    writer = ProseWriter(parser, maths, 600)
    look = Look(tokens.build(dark=False))

    def drawn(text: str) -> list[tuple[Block, QTextDocument]]:
        stream = stream_of(text)
        made = []
        for block in stream.blocks:
            document = QTextDocument()
            writer.write(document, block, stream.references, look)
            made.append((block, document))
        return made

    return drawn
