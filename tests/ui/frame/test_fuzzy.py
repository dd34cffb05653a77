"""Fuzzy matching."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.frame.fuzzy import score

COMMANDS = (
    "New conversation",
    "Next area",
    "Settings",
    "Smaller text",
    "Theme: dark",
    "Größere Schrift",
    "Open chat",
)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("new", "New conversation"),
        ("nc", "New conversation"),
        ("na", "Next area"),
        ("set", "Settings"),
        ("dark", "Theme: dark"),
        ("st", "Smaller text"),
        ("THEME", "Theme: dark"),
        ("grosse", "Größere Schrift"),
        ("open  ch", "Open chat"),
    ],
)
def test_the_expected_command_comes_first(query: str, best: str) -> None:
    scored = [(value, text) for text in COMMANDS if (value := score(query, text)) is not None]
    assert max(scored)[1] == best


@pytest.mark.parametrize("query", ["xyz", "sgnittes", "newnew"])
def test_characters_that_are_missing_or_out_of_order_do_not_match(query: str) -> None:
    assert all(score(query, text) is None for text in COMMANDS)


def test_nothing_typed_matches_all_alike() -> None:
    assert {score("", text) for text in COMMANDS} == {0.0}


@given(st.text(max_size=40))
def test_every_text_matches_itself(text: str) -> None:
    assert score(text, text) is not None


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_match_is_a_subsequence(query: str, text: str) -> None:
    if score(query, text) is None:
        assert query.casefold() not in text.casefold() or not query.strip()
