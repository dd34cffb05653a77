"""Token ids to text, one at a time."""

from __future__ import annotations

import codecs

from app.engine.tokenizer import Tokenizer


class Detokenizer:
    """Turns a stream of ids into text; what it gave, put together, equals decoding all ids at once.

    A character split over tokens is held back until it is whole; bytes that can never become one turn into
    U+FFFD (Unicode 15, section 3.9, "substitution of maximal subparts"). Special tokens and ids without a
    token give nothing.

    Args:
        tokenizer: says which bytes a token stands for.
        continues: whether the text continues another one, so that its leading space is kept.
    """

    def __init__(self, tokenizer: Tokenizer, *, continues: bool = False) -> None:
        self._tokenizer = tokenizer
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._drops_space = tokenizer.drops_leading_space and not continues

    def add(self, token_id: int) -> str:
        """Give the text that became certain with this token; often one word, sometimes nothing."""
        if self._tokenizer.is_special(token_id):
            return ""
        content = self._tokenizer.token_bytes(token_id)
        if content and self._drops_space:
            content = content.removeprefix(b" ")
            self._drops_space = False
        return self._decoder.decode(content)

    def flush(self) -> str:
        """Give what is held back, an incomplete character as U+FFFD, and start anew within the same text."""
        rest = self._decoder.decode(b"", final=True)
        self._decoder.reset()
        return rest
