from __future__ import annotations

import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.detokenizer import Detokenizer
from app.engine.tokenizer import Tokenizer
from tests.support import small_tokenizers as small

MADE = {
    "byte_level": small.byte_level(),
    "sentencepiece": small.sentencepiece_bpe(),
    "unigram": small.unigram(),
    "wordpiece": small.wordpiece(),
}
FAMILIES = {
    name: (made, Tokenizer(tokenizers.Tokenizer.from_str(made.to_str()))) for name, made in MADE.items()
}
BYTE_LEVEL = FAMILIES["byte_level"][1]


def streamed(tokenizer: Tokenizer, ids: list[int]) -> list[str]:
    detokenizer = Detokenizer(tokenizer)
    return [*map(detokenizer.add, ids), detokenizer.flush()]


@pytest.mark.parametrize("family", FAMILIES)
@settings(deadline=None)
@given(text=st.text())
def test_equals_decoding_all_at_once(family: str, text: str) -> None:
    backend, tokenizer = FAMILIES[family]
    ids = tokenizer.encode(text)
    assert "".join(streamed(tokenizer, ids)) == backend.decode(ids, skip_special_tokens=True)


@settings(deadline=None)
@given(ids=st.lists(st.integers(-1, BYTE_LEVEL.size + 3)))
def test_equals_decoding_any_tokens(ids: list[int]) -> None:
    content = b"".join(
        BYTE_LEVEL.token_bytes(token_id) for token_id in ids if not BYTE_LEVEL.is_special(token_id)
    )
    assert "".join(streamed(BYTE_LEVEL, ids)) == content.decode("utf-8", errors="replace")


def test_a_character_is_held_back_until_it_is_whole() -> None:
    ids = BYTE_LEVEL.encode("€")
    assert len(ids) == 3
    assert streamed(BYTE_LEVEL, ids) == ["", "", "€", ""]
    assert streamed(BYTE_LEVEL, ids[:2]) == ["", "", "\ufffd"]


def test_an_invalid_byte_gives_one_replacement_and_nothing_more() -> None:
    euro, a = BYTE_LEVEL.encode("€"), BYTE_LEVEL.encode("a")
    assert "".join(streamed(BYTE_LEVEL, [euro[0], *a, euro[1], *a])) == "\ufffda\ufffda"


def test_special_and_unknown_ids_give_nothing() -> None:
    end = BYTE_LEVEL.special_id("<|end|>")
    assert end is not None
    euro = BYTE_LEVEL.encode("€")
    assert "".join(streamed(BYTE_LEVEL, [euro[0], end, BYTE_LEVEL.size + 5, *euro[1:]])) == "€"


def test_a_continued_text_keeps_its_leading_space() -> None:
    tokenizer = FAMILIES["sentencepiece"][1]
    ids = tokenizer.encode("the dog")
    detokenizer = Detokenizer(tokenizer, continues=True)
    assert "".join(map(detokenizer.add, ids)) == " the dog"
    assert "".join(streamed(tokenizer, ids)) == "the dog"


def test_a_tokenizer_without_decoder_separates_words() -> None:
    tokenizer = Tokenizer(tokenizers.Tokenizer(tokenizers.models.WordLevel({"a": 0, "b": 1}, unk_token="a")))
    assert "".join(streamed(tokenizer, [0, 1])).strip() == "a b"
