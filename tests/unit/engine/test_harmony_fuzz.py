"""Random token streams: nothing raises, nothing meant to be read is lost, events nest."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.channels import TextDelta
from app.engine.harmony import HarmonyParser
from app.engine.tokenizer import Tokenizer
from tests.support import small_tokenizers as small
from tests.support.parsed import events_of, messages_of

TOKENIZER = Tokenizer(small.byte_level())
CONTROL = {TOKENIZER.special_id(text): text for text in small.HARMONY if "reserved" not in text}
WORDS = (
    "assistant",
    "analysis",
    "commentary",
    "final",
    " to=",
    "functions.f",
    " json",
    "user",
    " ",
    "\n",
    "€",
    "to",
)
PIECES = [*([token_id] for token_id in CONTROL if token_id is not None), *map(TOKENIZER.encode, WORDS)]
TOKENS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.integers(-2, TOKENIZER.size + 2).map(lambda token_id: [token_id]))
).map(lambda pieces: [token_id for piece in pieces for token_id in piece])


def runs(token_ids: Sequence[int]) -> Iterator[tuple[str, str]]:
    """The texts between control tokens, each with the control token before it ("" at the beginning)."""
    before, content = "", b""
    for token_id in token_ids:
        if token_id in CONTROL:
            yield before, content.decode("utf-8", errors="replace")
            before, content = CONTROL[token_id], b""
        elif not TOKENIZER.is_special(token_id):
            content += TOKENIZER.token_bytes(token_id)
    yield before, content.decode("utf-8", errors="replace")


def check(token_ids: Sequence[int]) -> None:
    events = events_of(HarmonyParser(TOKENIZER), token_ids)
    messages_of(events)  # well nested
    shown = "".join(event.text for event in events if isinstance(event, TextDelta))
    position = 0
    for before, text in runs(token_ids):
        if before == "<|message|>":
            found = shown.find(text, position)
            assert found >= 0, f"{text!r} is lost"
            position = found + len(text)
    assert is_part_of(shown, "".join(text for _, text in runs(token_ids)))


def is_part_of(shown: str, written: str) -> bool:
    """Whether leaving characters out of what was written gives what is shown: nothing invented or moved."""
    remaining = iter(written)
    return all(character in remaining for character in shown)


@settings(max_examples=200, deadline=None)
@given(token_ids=TOKENS)
def test_any_tokens(token_ids: list[int]) -> None:
    check(token_ids)


@pytest.mark.parametrize("seed", range(20))
def test_thousands_of_streams(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        pieces = [
            chance.choice(PIECES) if chance.random() < 0.7 else [chance.randrange(TOKENIZER.size)]
            for _ in range(chance.randint(0, 60))
        ]
        check([token_id for piece in pieces for token_id in piece])


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(),
    channel=st.sampled_from(["analysis", "commentary", "final", "odd"]),
    cut=st.integers(0, 500),
)
def test_a_message_cut_anywhere_shows_what_arrived(text: str, channel: str, cut: int) -> None:
    header = TOKENIZER.encode_rendered(f"<|channel|>{channel}<|message|>")
    content = TOKENIZER.encode(text)[:cut]
    messages = messages_of(events_of(HarmonyParser(TOKENIZER), [*header, *content]))
    assert [message.text for message in messages] == [
        b"".join(map(TOKENIZER.token_bytes, content)).decode("utf-8", errors="replace")
    ]


@settings(deadline=None)
@given(words=st.lists(st.text("ABCDEFG", min_size=3, max_size=8), min_size=1, max_size=8))
def test_words_without_any_header_are_shown(words: list[str]) -> None:
    text = " ".join(words)
    (message,) = messages_of(events_of(HarmonyParser(TOKENIZER), TOKENIZER.encode(text)))
    assert re.sub(r"\s+", " ", message.text) == text
