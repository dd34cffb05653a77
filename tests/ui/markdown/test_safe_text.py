"""Text made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.markdown.safe_text import neutralise


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\u241b[31mred\u241b[0m"),
        ("a\x08b\x07", "a\u2408b\u2407"),
        ("\x00", "\u2400"),
        ("\x7f", "\u2421"),
        ("\x9b31m", "\ufffd31m"),
        ("user\u202etxt.exe", "user[U+202E]txt.exe"),
        ("\u2066x\u2069", "[U+2066]x[U+2069]"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("\ufdd0\ufdd1\ufffc\uffff", "\ufffd\ufffd\ufffd\ufffd"),
        ("\ud800", "\ufffd"),
        ("tab\tstays \u200f and \u200d too", "tab\tstays \u200f and \u200d too"),
    ],
)
def test_what_acts_becomes_visible(given_text: str, shown: str) -> None:
    assert neutralise(given_text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_unsafe_is_left_and_doing_it_twice_changes_nothing(text: str) -> None:
    once = neutralise(text)
    assert neutralise(once) == once
    assert not any(ord(character) < 32 and character not in "\n\t" for character in once)
    once.encode("utf-8")
