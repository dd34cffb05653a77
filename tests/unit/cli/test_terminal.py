from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.terminal import Terminal, size, table, visible


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_the_answer_as_it_is() -> None:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err)
    terminal.thinking("hm")
    terminal.answer("a\x1b[31mb")
    terminal.end_answer()
    assert out.getvalue() == "a\x1b[31mb\n"
    assert err.getvalue() == "hm\n"


def test_no_progress_reaches_a_pipe() -> None:
    err = io.StringIO()
    with Terminal(io.StringIO(), err).progress() as report:
        report("load", 1, 2)
    assert err.getvalue() == ""


def test_progress_is_drawn_on_a_terminal() -> None:
    err = Screen()
    with Terminal(io.StringIO(), err).progress() as report:
        report("load", 1, 2)
        report("prefill", 0, 0)
    assert "Loading the model" in err.getvalue()


@given(st.text())
def test_a_terminal_is_never_driven_by_an_answer(text: str) -> None:
    shown = visible(text)
    assert not any(character < " " and character not in "\n\t" for character in shown)
    assert not any("\x7f" <= character <= "\x9f" for character in shown)


def test_json_is_one_readable_document() -> None:
    out = io.StringIO()
    Terminal(out, io.StringIO()).data({"text": "schön"})
    assert "schön" in out.getvalue()
    assert json.loads(out.getvalue()) == {"text": "schön"}


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 B"), (999, "999 B"), (12_624_046_638, "12.6 GB"), (5 * 10**12, "5.0 TB")]
)
def test_sizes_in_words(number: int, text: str) -> None:
    assert size(number) == text


def test_columns_are_aligned() -> None:
    assert table([("A", "B"), ("long", "x")]) == "A     B\nlong  x"
