"""Colours of code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from app.ui.chat.highlight import Highlight
from app.ui.markdown.code import lexer_for, spans, utf16_length
from app.ui.theme.tokens import LIGHT


def _coloured(document: QTextDocument) -> dict[str, str]:
    found = {}
    block = document.begin()
    while block.isValid():
        for part in block.layout().formats():
            word = block.text()[part.start : part.start + part.length]
            found[word] = part.format.foreground().color().name()
        block = block.next()
    return found


def _finish(highlight: Highlight) -> None:
    while not highlight.advance():
        pass


def test_words_get_the_themes_colours() -> None:
    document = QTextDocument("def f():\n    return 'x'")
    highlight = Highlight(document, LIGHT)
    highlight.set_code(document.toPlainText(), "python", whole=True)
    _finish(highlight)
    found = _coloured(document)
    assert found["def"] == LIGHT.code_keyword
    assert found["f"] == LIGHT.code_name
    assert found["x"] == LIGHT.code_string


@pytest.mark.parametrize("language", ["", "no-such-language", "\x1b[31m", "a" * 1000])
def test_unknown_language_has_no_colours(language: str) -> None:
    assert lexer_for(language) is None


def test_growing_code_is_coloured_and_a_long_string_in_the_end_too() -> None:
    whole = 'a = """\n\nif not code\n"""\n\nb = 1\n'
    document = QTextDocument()
    highlight = Highlight(document, LIGHT)
    for end in range(1, len(whole) + 1):
        document.setPlainText(whole[:end])
        highlight.set_code(whole[:end], "python", whole=end == len(whole))
        _finish(highlight)
    assert _coloured(document)["if not code"] == LIGHT.code_string


@given(st.text(), st.sampled_from(["python", "js", "html", "c++", "json", "bash"]))
def test_spans_lie_within_the_code_and_do_not_overlap(code: str, language: str) -> None:
    lexer = lexer_for(language)
    assert lexer is not None
    place = 0
    for start, length, _ in spans(code, lexer):
        assert start >= place
        place = start + length
    assert place <= utf16_length(code)
