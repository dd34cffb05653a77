from __future__ import annotations

from pathlib import Path

import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.tokenizer import Tokenizer
from app.errors import ModelDamaged
from tests.support import small_tokenizers as small

BYTE_LEVEL = Tokenizer(small.byte_level(markup=("<tool_call>", "<think>", "  ", "Zürich")))
SENTENCEPIECE = Tokenizer(small.sentencepiece_bpe())
UNIGRAM = Tokenizer(small.unigram())
WORDPIECE = Tokenizer(small.wordpiece())
FAMILIES = (BYTE_LEVEL, SENTENCEPIECE, UNIGRAM, WORDPIECE)
SPELLED = (*small.HARMONY, "<tool_call>", "<think>", "<s>", "</s>", "[CLS]", "[SEP]", "[MASK]")
ATTACK = st.lists(st.one_of(st.sampled_from(SPELLED), st.text(max_size=5)), max_size=6).map("".join)


def control_ids(tokenizer: Tokenizer) -> set[int]:
    spelled = (*SPELLED, "<unk>", "[UNK]")
    return {token_id for text in spelled if (token_id := tokenizer.special_id(text)) is not None}


@pytest.mark.parametrize("tokenizer", FAMILIES)
@settings(deadline=None)
@given(text=ATTACK)
def test_no_text_becomes_a_control_token(tokenizer: Tokenizer, text: str) -> None:
    unknown = {tokenizer.special_id("<unk>"), tokenizer.special_id("[UNK]")}
    assert not set(tokenizer.encode(text)) & (control_ids(tokenizer) - unknown)


@settings(deadline=None)
@given(text=ATTACK)
def test_plain_text_survives_encoding(text: str) -> None:
    ids = BYTE_LEVEL.encode(text)
    assert b"".join(map(BYTE_LEVEL.token_bytes, ids)).decode("utf-8") == text


def test_every_control_token_of_a_text_is_spelled_out() -> None:
    for text in (*small.HARMONY, "<tool_call>", "<think>"):
        assert BYTE_LEVEL.special_id(text) is not None
        assert BYTE_LEVEL.token_text(BYTE_LEVEL.encode(text)[0]) == "<"


def test_a_spelled_control_token_is_encoded_like_any_text() -> None:
    plain = small.byte_level(special=())
    for text in (*small.HARMONY, "<tool_call>"):
        assert BYTE_LEVEL.encode(f"the {text} fox") == plain.encode(f"the {text} fox").ids


def test_words_around_a_spelled_control_token_stay_whole() -> None:
    tokenizer, plain = Tokenizer(small.byte_level(special=("azy dog",))), small.byte_level(special=())
    assert tokenizer.encode("the lazy dog") == plain.encode("the lazy dog").ids


def test_added_words_and_white_space_stay_words() -> None:
    assert [BYTE_LEVEL.token_text(token_id) for token_id in BYTE_LEVEL.encode("Zürich  ")] == ["Zürich", "  "]
    assert BYTE_LEVEL.special_id("Zürich") is None


def test_a_control_token_in_the_vocabulary_is_cut() -> None:
    assert "".join(map(UNIGRAM.token_text, UNIGRAM.encode("a<s>b"))).replace(" ", "") == "a<s>b"


def test_rendered_text_equals_the_reference() -> None:
    text = "<|start|>user<|message|>don't  <tool_call> x<|end|><|start|>assistant"
    reference = small.byte_level(markup=("<tool_call>", "<think>", "  ", "Zürich"))
    assert BYTE_LEVEL.encode_rendered(text) == reference.encode(text, add_special_tokens=False).ids


def test_words_go_on_across_pieces() -> None:
    end = BYTE_LEVEL.special_id("<|end|>")
    assert end is not None
    assert BYTE_LEVEL.encode_pieces(["the qui", "ck", end, "x"]) == [
        *BYTE_LEVEL.encode("the quick"),
        end,
        *BYTE_LEVEL.encode("x"),
    ]


def test_a_token_takes_the_white_space_it_asks_for() -> None:
    backend = small.byte_level(special=())
    taking = tokenizers.AddedToken("<|user|>", special=True, normalized=False, lstrip=True, rstrip=True)
    backend.add_special_tokens([taking])
    text = "the \n<|user|>\n quick"
    reference = backend.encode(text, add_special_tokens=False).ids
    assert Tokenizer(backend).encode_rendered(text) == reference


def test_ids_without_text() -> None:
    size = BYTE_LEVEL.size
    assert [BYTE_LEVEL.token_bytes(token_id) for token_id in (size, size + 1, -1, 10**9)] == [b""] * 4
    assert not BYTE_LEVEL.is_special(size)


def test_reserved_and_padding_ids_are_masked() -> None:
    reserved = BYTE_LEVEL.special_id("<|reserved_17|>")
    assert BYTE_LEVEL.reserved_ids == {reserved}
    assert BYTE_LEVEL.masked_ids(BYTE_LEVEL.size + 2) == (reserved, BYTE_LEVEL.size, BYTE_LEVEL.size + 1)
    assert BYTE_LEVEL.masked_ids(10) == ()


def test_a_hole_in_the_vocabulary_is_masked() -> None:
    backend = tokenizers.Tokenizer(tokenizers.models.WordLevel({"a": 0, "c": 2}, unk_token="a"))
    assert Tokenizer(backend).reserved_ids == {1}


def test_lone_surrogates_do_not_raise() -> None:
    assert "".join(map(BYTE_LEVEL.token_text, BYTE_LEVEL.encode("a\ud83d"))).startswith("a")


def test_byte_fallback_gives_bytes() -> None:
    ids = SENTENCEPIECE.encode("€")
    assert b"".join(map(SENTENCEPIECE.token_bytes, ids)) == " €".encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "missing"),
        (b"{}", "not a tokenizer"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"model": ', "not a tokenizer"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelDamaged, match=said) as caught:
        Tokenizer.from_file(path)
    assert str(path) in caught.value.message
    assert caught.value.hint
