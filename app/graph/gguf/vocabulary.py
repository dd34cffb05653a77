"""The tokens of a GGUF file and what kind each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from tokenizers import AddedToken

from app.errors import ModelDamaged
from app.graph.gguf.cursor import AGAIN
from app.graph.gguf.metadata import Metadata

_TOKENS, _KINDS = "tokenizer.ggml.tokens", "tokenizer.ggml.token_type"


class TokenKind(IntEnum):
    """What a token is; ggml's numbers (docs/gguf.md, `tokenizer.ggml.token_type`)."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


_ADDED = {TokenKind.UNKNOWN, TokenKind.CONTROL, TokenKind.USER_DEFINED}


@dataclass(frozen=True)
class Vocabulary:
    """Tokens by id.

    Attributes:
        texts: of all tokens.
        kinds: of each.
    """

    texts: Sequence[str]
    kinds: Sequence[int]

    @classmethod
    def read(cls, data: Metadata) -> Vocabulary:
        """Read the tokens of a file.

        Raises:
            ModelDamaged: it has none, or not one kind for each.
        """
        texts, kinds = data.texts(_TOKENS), data.numbers(_KINDS, int)
        if not texts:
            raise ModelDamaged(
                "{path} has no tokenizer, so no text can be read or written.",
                "Choose a file of the whole model.",
                path=data.file.path,
            )
        if kinds and len(kinds) != len(texts):
            raise ModelDamaged(
                "{path} has {tokens} tokens but {kinds} token types.",
                AGAIN,
                path=data.file.path,
                tokens=len(texts),
                kinds=len(kinds),
            )
        return cls(texts, kinds or [TokenKind.NORMAL] * len(texts))

    def pieces(self) -> dict[str, int]:
        """Text → id of every token in use; of equal texts the first."""
        used = [
            (text, number) for number, text in enumerate(self.texts) if self.kinds[number] != TokenKind.UNUSED
        ]
        return dict(reversed(used))

    def added(self) -> list[AddedToken]:
        """Tokens that are found in text before it is split, in order of their ids."""
        return [
            AddedToken(text, normalized=False, special=kind != TokenKind.USER_DEFINED)
            for text, kind in zip(self.texts, self.kinds, strict=True)
            if kind in _ADDED and text
        ]

    def control(self) -> dict[str, int]:
        """Text → id of the control tokens."""
        pairs = zip(self.texts, self.kinds, strict=True)
        return {text: number for number, (text, kind) in enumerate(pairs) if kind == TokenKind.CONTROL}
