"""A `tokenizer.json` rebuilt from a GGUF file's metadata."""

from __future__ import annotations

from dataclasses import replace

import tokenizers
from tokenizers import decoders, models, normalizers

from app.errors import ModelDamaged, UnsupportedModel
from app.graph.gguf.cursor import AGAIN
from app.graph.gguf.metadata import Metadata
from app.graph.gguf.pre_tokenizers import SPLITTINGS
from app.graph.gguf.sentencepiece import SPACE, merges_by_score
from app.graph.gguf.vocabulary import TokenKind, Vocabulary

_KIND = "tokenizer.ggml.model"


def read_tokenizer(data: Metadata) -> tokenizers.Tokenizer:
    """Rebuild the tokenizer.

    Raises:
        ModelDamaged: there is none, or its parts do not fit together.
        UnsupportedModel: it is of another kind, or splits text in a way that is not known.
    """
    kind = data.text(_KIND)
    vocabulary = Vocabulary.read(data)
    if kind not in {"gpt2", "llama"}:
        raise UnsupportedModel(
            "{path} has a tokenizer of the kind {kind!r}.",
            "Choose a model with a tokenizer of the kind gpt2 or llama.",
            path=data.file.path,
            kind=kind,
        )
    try:
        made = _byte_level(data, vocabulary) if kind == "gpt2" else _sentencepiece(data, vocabulary)
        made.add_tokens(vocabulary.added())
    except (ModelDamaged, UnsupportedModel):
        raise
    except Exception as error:  # `tokenizers` raises bare Exception
        raise ModelDamaged(
            "The tokenizer of {path} cannot be rebuilt: {error}.", AGAIN, path=data.file.path, error=error
        ) from error
    return made


def _byte_level(data: Metadata, vocabulary: Vocabulary) -> tokenizers.Tokenizer:
    name = data.text("tokenizer.ggml.pre")
    splitting = SPLITTINGS.get(name)
    if splitting is None:
        raise UnsupportedModel(
            "{path} splits text in the way {name!r}, which is not known.",
            "Choose a file of another model.",
            path=data.file.path,
            name=name,
        )
    merges = [_pair(merge, data) for merge in data.texts("tokenizer.ggml.merges")]
    model = models.BPE(vocabulary.pieces(), merges, ignore_merges=splitting.whole_words)
    made = tokenizers.Tokenizer(model)
    if (normalizer := splitting.normalizer()) is not None:
        made.normalizer = normalizer
    made.pre_tokenizer = splitting.pre_tokenizer()
    made.decoder = decoders.ByteLevel()
    return made


def _pair(merge: str, data: Metadata) -> tuple[str, str]:
    left, _, right = merge.partition(" ")
    if not left or not right or " " in right:
        raise ModelDamaged(
            "{path} has a merge that is no pair: {merge!r}.", AGAIN, path=data.file.path, merge=merge[:60]
        )
    return left, right


def _sentencepiece(data: Metadata, vocabulary: Vocabulary) -> tokenizers.Tokenizer:
    scores = data.numbers("tokenizer.ggml.scores")
    if len(scores) != len(vocabulary.texts):
        raise ModelDamaged(
            "{path} has {tokens} tokens but {scores} scores.",
            AGAIN,
            path=data.file.path,
            tokens=len(vocabulary.texts),
            scores=len(scores),
        )
    unknown = next((n for n, kind in enumerate(vocabulary.kinds) if kind == TokenKind.UNKNOWN), None)
    made = tokenizers.Tokenizer(
        models.BPE(
            _unescaped(vocabulary).pieces(),
            merges_by_score(vocabulary, scores),
            unk_token=vocabulary.texts[unknown] if unknown is not None else None,
            fuse_unk=True,
            byte_fallback=TokenKind.BYTE in vocabulary.kinds,
        )
    )
    prefix = data.flag("tokenizer.ggml.add_space_prefix", True)
    spaces = normalizers.Replace(" ", SPACE)
    made.normalizer = normalizers.Sequence([normalizers.Prepend(SPACE), spaces]) if prefix else spaces
    steps = [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    made.decoder = decoders.Sequence([*steps, decoders.Strip(" ", 1, 0)] if prefix else steps)
    return made


def _unescaped(vocabulary: Vocabulary) -> Vocabulary:
    """User-defined tokens are found in the text itself, where spaces are spaces."""
    texts = [
        text.replace(SPACE, " ") if kind == TokenKind.USER_DEFINED else text
        for text, kind in zip(vocabulary.texts, vocabulary.kinds, strict=True)
    ]
    return replace(vocabulary, texts=texts)
