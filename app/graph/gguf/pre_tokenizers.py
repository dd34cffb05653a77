"""How byte-level vocabularies split text before merging, by the names GGUF files use.

The names are llama.cpp's (llama-vocab.cpp, `tokenizer_pre`); the splits are those of the models' own
published tokenizers, in the syntax of `tokenizers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import tokenizers
from tokenizers import Regex, pre_tokenizers

_GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
_CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_SPACES = r"\s*[\r\n]+|\s+(?!\S)|\s+"
_UPPER, _LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_OTHER = r"[^\r\n\p{L}\p{N}]?"
_CASED = f"{_OTHER}{_UPPER}*{_LOWER}+"
_SHOUTED = f"{_OTHER}{_UPPER}+{_LOWER}*"
_MARKS = r" ?[^\s\p{L}\p{N}]+[\r\n]*"
_MARKS_OR_SLASHES = r" ?[^\s\p{L}\p{N}]+[\r\n/]*"


def _words(digits: str) -> str:
    return rf"{_CONTRACTIONS}|{_OTHER}\p{{L}}+|\p{{N}}{digits}|{_MARKS}|{_SPACES}"


def _cased(contractions: str, digits: str) -> str:
    return rf"{_CASED}{contractions}|{_SHOUTED}{contractions}|\p{{N}}{digits}|{_MARKS_OR_SLASHES}|{_SPACES}"


@dataclass(frozen=True)
class Splitting:
    """How text is split.

    Attributes:
        patterns: each splits what the one before left.
        whole_words: a piece that is a token is taken without looking at merges.
        composed: text is brought into the normal form C first.
    """

    patterns: tuple[str, ...]
    whole_words: bool = False
    composed: bool = False

    def pre_tokenizer(self) -> pre_tokenizers.PreTokenizer:
        """The splits, then bytes as printable characters."""
        splits = [pre_tokenizers.Split(Regex(each), "isolated") for each in self.patterns]
        as_bytes = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        return pre_tokenizers.Sequence([*splits, as_bytes])

    def normalizer(self) -> tokenizers.normalizers.Normalizer | None:
        """What happens to text before."""
        return tokenizers.normalizers.NFC() if self.composed else None


_PLAIN = Splitting((_GPT2,))
_SINGLE_DIGITS = Splitting((r"\p{N}", _GPT2))
_LLAMA3 = Splitting((_words("{1,3}"),), whole_words=True)
_QWEN2 = Splitting((_words(""),), composed=True)
_O200K = Splitting((_cased(f"{_CONTRACTIONS}?", "{1,3}"),), whole_words=True)
_TEKKEN = Splitting((_cased("", ""),), whole_words=True)
_DEFAULT = Splitting((r"[\p{P}\$\+<=>\^~\|]+", _GPT2, r"\p{N}+", "[0-9][0-9][0-9]"))

SPLITTINGS: Mapping[str, Splitting] = {
    "": _DEFAULT,
    "default": _DEFAULT,
    **dict.fromkeys(("gpt-2", "gpt2", "mpt", "olmo", "jais", "phi-2", "roberta-bpe"), _PLAIN),
    **dict.fromkeys(
        (
            "smollm",
            "starcoder",
            "refact",
            "command-r",
            "codeshell",
            "exaone",
            "minerva-7b",
            "granite-docling",
        ),
        _SINGLE_DIGITS,
    ),
    **dict.fromkeys(("llama3", "llama-v3", "llama-bpe", "falcon3", "dbrx", "smaug-bpe"), _LLAMA3),
    **dict.fromkeys(("qwen2", "deepseek-r1-qwen", "stablelm2", "megrez", "hunyuan"), _QWEN2),
    **dict.fromkeys(("gpt-4o", "llama4", "o200k"), _O200K),
    "tekken": _TEKKEN,
}
"""By the name in `tokenizer.ggml.pre`."""
