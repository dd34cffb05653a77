"""Tokenizers of every family, trained on a page of text within milliseconds."""

from __future__ import annotations

import json
from collections.abc import Sequence

import tokenizers
from tokenizers import decoders, models, normalizers, pre_tokenizers, trainers

HARMONY = (
    *("<|endoftext|>", "<|return|>", "<|constrain|>", "<|channel|>", "<|start|>"),
    *("<|end|>", "<|message|>", "<|call|>", "<|reserved_17|>"),
)
PAGE = """
The quick brown fox jumps over the lazy dog; it's a café in Zürich, naïve but fine. assistant analysis
commentary final to=functions.get_weather json code user system {"city": "Paris"} 1 + 1 = 2, don't you see?
Ünïcödé 日本語の文章 Привет мир, как дела? Ελληνικά 🙂 — the end. We need to think what the user said.
think <b> </b> [INST] |
"""


def byte_level(special: Sequence[str] = HARMONY, markup: Sequence[str] = ()) -> tokenizers.Tokenizer:
    """Byte-level BPE, as gpt-oss has it.

    Args:
        special: tokens added as special ones.
        markup: tokens added as ordinary ones.
    """
    tokenizer = tokenizers.Tokenizer(models.BPE(ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(PAGE.splitlines(), trainer)
    return _with_added(tokenizer, special, markup)


def sentencepiece_bpe(special: Sequence[str] = ("<unk>", "<s>", "</s>")) -> tokenizers.Tokenizer:
    """BPE with byte fallback and "▁" for spaces, as Llama 2 has it; `<s>` is a word of its vocabulary."""
    tokenizer = tokenizers.Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    alphabet = [*special, *(f"<0x{byte:02X}>" for byte in range(256))]
    trainer = trainers.BpeTrainer(vocab_size=600, special_tokens=alphabet, show_progress=False)
    tokenizer.train_from_iterator([word for line in PAGE.splitlines() for word in line.split()], trainer)
    return _without_byte_tokens(tokenizer, special)


def unigram(special: Sequence[str] = ("<unk>", "<s>", "</s>")) -> tokenizers.Tokenizer:
    """Unigram with Metaspace, as T5 has it; its lattice would find `<s>` in any text."""
    tokenizer = tokenizers.Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=300, special_tokens=list(special), unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator([*PAGE.splitlines(), "< s > < / s >"], trainer)
    return tokenizer


def wordpiece(special: Sequence[str] = ("[UNK]", "[CLS]", "[SEP]", "[MASK]")) -> tokenizers.Tokenizer:
    """WordPiece, as BERT has it."""
    tokenizer = tokenizers.Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=500, special_tokens=list(special), show_progress=False)
    tokenizer.train_from_iterator(PAGE.splitlines(), trainer)
    return tokenizer


def word_level(pieces: Sequence[str], special: Sequence[str] = HARMONY) -> tokenizers.Tokenizer:
    """A vocabulary of exactly these byte-level pieces; ids are their places, the special tokens follow."""
    vocabulary = {piece: index for index, piece in enumerate(pieces)}
    tokenizer = tokenizers.Tokenizer(models.WordLevel(vocabulary, unk_token=pieces[0]))
    tokenizer.decoder = decoders.ByteLevel()
    return _with_added(tokenizer, special, ())


def _with_added(
    tokenizer: tokenizers.Tokenizer, special: Sequence[str], markup: Sequence[str]
) -> tokenizers.Tokenizer:
    tokenizer.add_special_tokens(
        [tokenizers.AddedToken(text, special=True, normalized=False) for text in special]
    )
    tokenizer.add_tokens([tokenizers.AddedToken(text, special=False, normalized=False) for text in markup])
    return tokenizer


def _without_byte_tokens(tokenizer: tokenizers.Tokenizer, special: Sequence[str]) -> tokenizers.Tokenizer:
    """The trainer adds its alphabet as tokens; only the control tokens are meant to be."""
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = [
        token | {"special": True} for token in content["added_tokens"] if token["content"] in special
    ]
    return tokenizers.Tokenizer.from_str(json.dumps(content))
