"""Grammars enforced while sampling, by llguidance: a token that the grammar cannot go on with is impossible.

Grammars are Lark texts in llguidance's dialect (github.com/guidance-ai/llguidance, docs/syntax.md); a control
token stands in them by its id, `<[200002]>`, and plain text never matches one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import llguidance
import numpy as np

from app.engine.draw import Logits
from app.engine.tokenizer import Tokenizer
from app.errors import InferenceFailed, RequestError

_WORD_BITS = 32


class Grammars:
    """Compiles grammars for one model.

    Args:
        tokenizer: the model's.
        vocabulary_size: number of logits.
        eos_ids: tokens that end an answer where the grammar does not say so itself.
    """

    def __init__(self, tokenizer: Tokenizer, vocabulary_size: int, eos_ids: Collection[int]) -> None:
        self._size = vocabulary_size
        wrapper = llguidance.TokenizerWrapper(_Vocabulary(tokenizer, vocabulary_size, sorted(eos_ids)))
        self._tokenizer = llguidance.LLTokenizer(wrapper, n_vocab=vocabulary_size, eos_token=sorted(eos_ids))

    def compiles(self, grammar: str) -> bool:
        """Whether a grammar can be enforced."""
        lark = llguidance.LLMatcher.grammar_from_lark(grammar)
        return not llguidance.LLMatcher.validate_grammar_with_warnings(lark, self._tokenizer)[0]

    def compile(self, grammar: str, first: int) -> Constraint:
        """Make a constraint for one answer.

        Args:
            grammar: in llguidance's Lark.
            first: how many tokens come before the answer.

        Raises:
            RequestError: it is no grammar, or too large.
        """
        matcher = llguidance.LLMatcher(
            self._tokenizer, llguidance.LLMatcher.grammar_from_lark(grammar), log_level=0
        )
        if matcher.is_error():
            raise RequestError(
                "The form that is asked of the answer cannot be enforced: {reason}.",
                "Use a simpler schema or grammar.",
                reason=_first_line(matcher.get_error()),
            )
        return Constraint(matcher, self._size, first)


class Constraint:
    """Follows one answer, and forbids what does not fit.

    Args:
        matcher: of the grammar.
        vocabulary_size: number of logits.
        first: how many tokens come before the answer.
    """

    def __init__(self, matcher: llguidance.LLMatcher, vocabulary_size: int, first: int) -> None:
        self._matcher = matcher
        self._consumed = first
        self._size = vocabulary_size
        self._words = np.zeros(-(-vocabulary_size // _WORD_BITS), dtype=np.uint32)
        self._bytes = self._words.view(np.uint8)

    def apply(self, logits: Logits, history: Sequence[int]) -> None:
        """Make impossible what does not fit.

        Args:
            logits: [vocabulary], changed in place.
            history: all ids so far.

        Raises:
            InferenceFailed: the grammar is too complex to go on with.
        """
        fresh = list(history[self._consumed :])
        self._consumed = len(history)
        if fresh:
            self._matcher.consume_tokens(fresh)
        if not self._matcher.is_error():
            self._matcher.unsafe_compute_mask_ptr(self._words.ctypes.data, self._words.nbytes)
        if self._matcher.is_error():
            raise InferenceFailed(
                "The answer's form could not be followed: {reason}.",
                "Use a simpler schema or grammar.",
                reason=_first_line(self._matcher.get_error()),
            )
        allowed = np.unpackbits(self._bytes, bitorder="little")[: self._size]
        np.copyto(logits, -np.inf, where=allowed == 0)


class _Vocabulary:
    """A tokenizer as llguidance wants to see it."""

    def __init__(self, tokenizer: Tokenizer, size: int, eos_ids: Sequence[int]) -> None:
        self._tokenizer = tokenizer
        self.eos_token_id = eos_ids[0] if eos_ids else 0
        self.bos_token_id = None
        self.tokens = [tokenizer.token_bytes(token_id) for token_id in range(size)]
        self.special_token_ids = list(tokenizer.control_ids)

    def __call__(self, text: str | bytes) -> list[int]:
        """Encode plain text."""
        plain = text if isinstance(text, str) else text.decode("utf-8", errors="replace")
        return self._tokenizer.encode(plain)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0][:300].rstrip(". ") if text.strip() else "no reason given"
