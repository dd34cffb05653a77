"""Encodes text of which no part may become a control token, whatever it spells."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence

import tokenizers


class PlainEncoder:
    """Encodes plain texts with a tokenizer that has forgotten its control tokens.

    Args:
        backend: changed here: its control tokens are read as text from now on.
        control: the control tokens, text to id.
    """

    def __init__(self, backend: tokenizers.Tokenizer, control: Mapping[str, int]) -> None:
        self._backend = backend
        self._control_ids = frozenset(control.values())
        self._control_pattern = any_of(control)
        self._unknown = backend.token_to_id(getattr(backend.model, "unk_token", None) or "<unk>")
        # `encode_special_tokens` covers tokens marked special alone, so all control tokens are marked.
        backend.add_special_tokens(
            [tokenizers.AddedToken(content, normalized=False, special=True) for content in control]
        )
        backend.encode_special_tokens = True
        # The separator lets one call encode many texts, each as the part of one text it is. None can hold it.
        self._separator = f"\U0010fffd{secrets.token_hex(16)}\U0010fffd"
        backend.add_tokens([tokenizers.AddedToken(self._separator, normalized=False, special=False)])
        self._separator_id = backend.token_to_id(self._separator)

    def encode(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Encode texts that control tokens separate; yields the ids of each."""
        ids = self._backend_ids(self._separator.join(texts))
        if self._control_ids.isdisjoint(ids):
            return self._split(ids)
        return map(self._without_control, texts)

    def _backend_ids(self, text: str) -> list[int]:
        whole = text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
        return list(self._backend.encode(whole, add_special_tokens=False).ids)

    def _split(self, ids: Iterable[int]) -> Iterator[list[int]]:
        part = list[int]()
        for token_id in ids:
            if token_id == self._separator_id:
                yield part
                part = []
            else:
                part.append(token_id)
        yield part

    def _without_control(self, text: str) -> list[int]:
        """Encode a text that may spell a control token which is also a word of the vocabulary.

        Such a word is cut after its first character. The unknown token stays, as it stands for text; any
        other control token that still appears (made by the normalizer, or one character long) is dropped.
        """
        cut = self._control_pattern.sub(lambda found: found[0][0] + self._separator + found[0][1:], text)
        dropped = (self._control_ids | {self._separator_id}) - {self._unknown}
        return [token_id for token_id in self._backend_ids(cut) if token_id not in dropped]


def any_of(contents: Iterable[str]) -> re.Pattern[str]:
    """Match any of the strings, the longest first; nothing when there is none."""
    longest_first = sorted(contents, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})" if longest_first else r"((?!))")
