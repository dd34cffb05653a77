from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.parsers import parser_for
from app.engine.tokenizer import Tokenizer
from tests.support import small_tokenizers as small
from tests.support.parsed import ParsedMessage, events_of, messages_of

END = "<|im_end|>"
AS_TEXT = Tokenizer(small.byte_level(special=(END,)))
AS_MARKUP = Tokenizer(small.byte_level(special=(END,), markup=("<think>", "</think>")))
AS_SPECIAL = Tokenizer(small.byte_level(special=(END, "<think>", "</think>")))
ALL = pytest.mark.parametrize("tokenizer", [AS_TEXT, AS_MARKUP, AS_SPECIAL])


def parsed(tokenizer: Tokenizer, answer: str, prompt: str = "") -> list[ParsedMessage]:
    parser = parser_for(tokenizer)(prompt)
    return messages_of(events_of(parser, tokenizer.encode_rendered(answer)))


def thought(text: str, ending: str = "ended") -> ParsedMessage:
    return ParsedMessage("analysis", text, ending=ending)


def said(text: str, ending: str = "ended") -> ParsedMessage:
    return ParsedMessage("final", text, ending=ending)


@ALL
def test_plain_text(tokenizer: Tokenizer) -> None:
    assert parsed(tokenizer, f" Hello\nyou{END}") == [said(" Hello\nyou")]
    assert parsed(tokenizer, "Hello <") == [said("Hello <", "cut")]
    assert parsed(tokenizer, "<b>Hello</b>") == [said("<b>Hello</b>", "cut")]
    assert parsed(tokenizer, "") == []


@ALL
def test_reasoning_comes_first(tokenizer: Tokenizer) -> None:
    answer = f"\n<think>\nHm, a < b.\n\nWell.\n</think>\n\nHello{END}"
    assert parsed(tokenizer, answer) == [thought("Hm, a < b.\n\nWell."), said("Hello")]


@ALL
def test_the_template_opened_the_reasoning(tokenizer: Tokenizer) -> None:
    assert parsed(tokenizer, "Hm.\n</think>\nHello", "user: hi\n<think>\n") == [
        thought("Hm."),
        said("Hello", "cut"),
    ]
    assert parsed(tokenizer, "Hm", "<think>") == [thought("Hm", "cut")]


@ALL
def test_unclosed_reasoning_is_kept(tokenizer: Tokenizer) -> None:
    assert parsed(tokenizer, "<think>Hm </thi") == [thought("Hm </thi", "cut")]
    assert parsed(tokenizer, f"<think>Hm{END}") == [thought("Hm")]


@ALL
def test_empty_reasoning_leaves_no_message(tokenizer: Tokenizer) -> None:
    assert parsed(tokenizer, "<think>\n\n</think>\n\nHello") == [said("Hello", "cut")]


def test_tags_quoted_in_an_answer_are_text() -> None:
    assert parsed(AS_TEXT, "Use <think>x</think> so.") == [said("Use <think>x</think> so.", "cut")]


@pytest.mark.parametrize("tokenizer", [AS_MARKUP, AS_SPECIAL])
def test_tags_that_are_tokens_count_anywhere(tokenizer: Tokenizer) -> None:
    assert parsed(tokenizer, "One.<think>Hm</think>Two.") == [
        said("One."),
        thought("Hm"),
        said("Two.", "cut"),
    ]
    assert parsed(tokenizer, "One.</think>") == [said("One.", "cut")]


@settings(deadline=None)
@given(
    pieces=st.lists(
        st.one_of(st.sampled_from(["<think>", "</think>", "<th", "ink>", "</", END, "\n"]), st.text())
    ),
    prompt=st.sampled_from(["", "<think>\n"]),
)
def test_nothing_but_tags_and_white_space_is_lost(pieces: list[str], prompt: str) -> None:
    for tokenizer in (AS_TEXT, AS_MARKUP, AS_SPECIAL):
        shown = "".join(message.text for message in parsed(tokenizer, "".join(pieces), prompt))
        assert bare(shown) == bare("".join(pieces))


def bare(text: str) -> str:
    """Without white space and tags, nor tags that appear when others are gone."""
    text = "".join(text.split())
    while (without := re.sub(r"<\|im_end\|>|</?think>", "", text)) != text:
        text = without
    return text
