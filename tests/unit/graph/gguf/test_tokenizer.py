"""Tokenizers rebuilt from metadata find the tokens that the originals find."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tokenizers
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import decoders, models, normalizers, pre_tokenizers, trainers

from app.engine.tokenizer import Tokenizer
from app.errors import ModelDamaged, UnsupportedModel
from app.graph.gguf.file import GgufFile
from app.graph.gguf.metadata import Metadata
from app.graph.gguf.pre_tokenizers import SPLITTINGS
from app.graph.gguf.sidecar_texts import sidecar_texts
from app.graph.gguf.tokenizer import read_tokenizer
from tests.support import fetch_gpt_oss_assets as assets
from tests.support.gguf_files import tokens_of

TEXTS = [
    "Hello, world! It's 12345 o'clock; we'LL see.",
    "  two  spaces\n\n\nand\tlines \r\n",
    "Grüße aus Köln, 世界 ½ é e\u0301 👩‍👩‍👧 ТЕКСТ",
    "def f(x):\n    return x ** 2  # 0x1F/path",
    "",
    " ",
]
CORPUS = [
    "Hello world, it is what it is. 12 345 678",
    "the cat and the hat and the bat it's we'll don't",
    "Grüße aus Köln: über alles, süß und groß",
    "def f(x): return x + 1\n    for i in range(10):\n",
] * 20


def metadata(values: dict[str, Any]) -> Metadata:
    content = {"general.architecture": "llama", "llama.context_length": 512, **values}
    return Metadata(GgufFile(Path("model.gguf"), content, {}, 0))


def byte_level(pre: str) -> tokenizers.Tokenizer:
    """A small tokenizer that splits as the named one does."""
    made = tokenizers.Tokenizer(models.BPE(ignore_merges=SPLITTINGS[pre].whole_words))
    made.pre_tokenizer = SPLITTINGS[pre].pre_tokenizer()
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=420,
        special_tokens=["<|start|>", "<|end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(CORPUS, trainer)
    made.add_tokens([tokenizers.AddedToken("<think>", special=False, normalized=False)])
    return made


@pytest.mark.parametrize("pre", ["llama-bpe", "qwen2", "gpt-4o", "smollm", "gpt-2", "tekken", "default"])
def test_byte_level_tokenizers_come_back(pre: str) -> None:
    original = byte_level(pre)
    found = read_tokenizer(metadata(tokens_of(original, pre)))
    for text in [*TEXTS, *CORPUS[:4], "<|start|>a<think>b<|end|>"]:
        if SPLITTINGS[pre].composed:
            text = text.replace("e\u0301", "é")
        assert found.encode(text).ids == original.encode(text).ids
        assert found.decode(found.encode(text).ids, skip_special_tokens=False) == text


SPLITS = {
    "gpt-2": ["It", "'s", " 12345", " apples", ",", " Ünïcode"],
    "smollm": ["It", "'s", " ", "1", "2", "3", "4", "5", " apples", ",", " Ünïcode"],
    "llama-bpe": ["It", "'s", " ", "123", "45", " apples", ",", " Ünïcode"],
    "qwen2": ["It", "'s", " ", "1", "2", "3", "4", "5", " apples", ",", " Ünïcode"],
    "gpt-4o": ["It's", " ", "123", "45", " apples", ",", " Ünïcode"],
    "tekken": ["It", "'s", " ", "1", "2", "3", "4", "5", " apples", ",", " Ünïcode"],
    "default": ["It", "'", "s", " ", "123", "45", " apples", ",", " Ünïcode"],
}


@pytest.mark.parametrize("pre", SPLITS)
def test_splits(pre: str) -> None:
    """As the published tokenizers split."""
    text = "It's 12345 apples, Ünïcode"
    parts = SPLITTINGS[pre].pre_tokenizer().pre_tokenize_str(text)
    assert [text[begin:end] for _, (begin, end) in parts] == SPLITS[pre]


def sentencepiece() -> tuple[dict[str, Any], tokenizers.Tokenizer]:
    """A Llama 2 like tokenizer: as GGUF says it, and as `tokenizers` builds it from its merges."""
    trained = tokenizers.Tokenizer(models.BPE(unk_token="<unk>"))
    trained.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    specials = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    trained.train_from_iterator(
        CORPUS, trainers.BpeTrainer(vocab_size=500, special_tokens=specials, show_progress=False)
    )
    content = json.loads(trained.to_str())["model"]
    merges = [tuple(pair) for pair in content["merges"]]
    rank = {left + right: number for number, (left, right) in enumerate(merges)}
    texts = sorted(content["vocab"], key=content["vocab"].__getitem__)
    kinds = [2, 3, 3, *[6] * 256, *[1] * (len(texts) - 259)]
    scores = [0.0] * 259 + [float(-rank.get(text, 10**6)) for text in texts[259:]]
    original = tokenizers.Tokenizer(
        models.BPE(content["vocab"], merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    )
    original.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    original.add_special_tokens(["<unk>", "<s>", "</s>"])
    said = {
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": texts,
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.scores": scores,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
    }
    return said, original


def test_sentencepiece_comes_back() -> None:
    said, original = sentencepiece()
    found = read_tokenizer(metadata(said))
    for text in [*TEXTS, *CORPUS[:4]]:
        assert found.encode(text).ids == original.encode(text).ids
        assert found.decode(found.encode(text).ids) == text
    assert found.encode("<s>cat</s>").ids[0] == 1


@given(st.text(max_size=60))
def test_sentencepiece_loses_nothing(text: str) -> None:
    said, _ = SENTENCEPIECE
    tokenizer = Tokenizer(read_tokenizer(metadata(said)))
    ids = tokenizer.encode(text)
    whole = b"".join(map(tokenizer.token_bytes, ids)).decode("utf-8", errors="replace")
    assert whole.removeprefix(" ") == text


SENTENCEPIECE = sentencepiece()


def test_without_the_space_in_front() -> None:
    said, _ = sentencepiece()
    found = read_tokenizer(metadata({**said, "tokenizer.ggml.add_space_prefix": False}))
    assert found.decode(found.encode(" cat").ids) == " cat"
    assert not found.encode("cat").tokens[0].startswith("▁")


def test_unused_tokens_are_never_sampled() -> None:
    said = tokens_of(byte_level("gpt-2"), "gpt-2")
    said["tokenizer.ggml.tokens"] = [*said["tokenizer.ggml.tokens"], "[PAD1]"]
    said["tokenizer.ggml.token_type"] = [*said["tokenizer.ggml.token_type"], 5]
    tokenizer = Tokenizer(read_tokenizer(metadata(said)))
    size = len(said["tokenizer.ggml.tokens"])
    assert size - 1 in tokenizer.masked_ids(size)


def test_files_beside_the_graph() -> None:
    said = tokens_of(byte_level("gpt-2"), "gpt-2")
    texts = ["<|im_end|>" if text == "<|end|>" else text for text in said["tokenizer.ggml.tokens"]]
    more = {
        "tokenizer.ggml.tokens": texts,
        "tokenizer.ggml.bos_token_id": 0,
        "tokenizer.ggml.eos_token_id": 0,
        "tokenizer.ggml.eot_token_id": 99999,
        "general.sampling.temp": 0.5,
    }
    files = sidecar_texts(metadata(said | more))
    assert set(files) == {
        "tokenizer.json",
        "tokenizer_config.json",
        "generation_config.json",
        "chat_template.jinja",
    }
    generation = json.loads(files["generation_config.json"])
    assert (generation["bos_token_id"], generation["eos_token_id"]) == (0, [0, 1])
    assert (generation["temperature"], generation["top_k"]) == (0.5, 40)
    assert json.loads(files["tokenizer_config.json"])["eos_token"] == "<|start|>"


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"tokenizer.ggml.tokens": []}, ModelDamaged, "has no tokenizer"),
        ({"tokenizer.ggml.tokens": None}, ModelDamaged, "has no tokenizer"),
        ({"tokenizer.ggml.model": "bert"}, UnsupportedModel, "kind 'bert'"),
        ({"tokenizer.ggml.pre": "klingon"}, UnsupportedModel, "way 'klingon'"),
        ({"tokenizer.ggml.token_type": [1]}, ModelDamaged, "1 token types"),
        ({"tokenizer.ggml.merges": ["a"]}, ModelDamaged, "no pair: 'a'"),
        ({"tokenizer.ggml.merges": ["nowhere anywhere"]}, ModelDamaged, "cannot be rebuilt"),
        ({"tokenizer.ggml.tokens": [1, 2]}, ModelDamaged, "a list of one kind"),
        ({"tokenizer.ggml.model": "llama"}, ModelDamaged, "0 scores"),
    ],
)
def test_tokenizers_that_cannot_be_rebuilt(change: dict[str, Any], error: type, words: str) -> None:
    said = {**tokens_of(byte_level("gpt-2"), "gpt-2"), **change}
    with pytest.raises(error, match=words):
        read_tokenizer(metadata(said))


@pytest.mark.oracle
@pytest.mark.skipif(
    bool(assets.missing()),
    reason=f"{assets.folder()} is not complete: run python -m tests.support.fetch_gpt_oss_assets",
)
def test_gpt_oss_s_own_tokenizer_comes_back() -> None:
    original = tokenizers.Tokenizer.from_file(str(assets.folder() / "tokenizer.json"))
    found = read_tokenizer(metadata(tokens_of(original, "gpt-4o")))
    for text in [
        *TEXTS,
        *CORPUS,
        "<|start|>user<|message|>Hi<|end|>",
        Path(__file__).read_text(encoding="utf-8"),
    ]:
        assert (
            found.encode(text, add_special_tokens=False).ids
            == original.encode(text, add_special_tokens=False).ids
        )
