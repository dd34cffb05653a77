"""Keeps what a user wrote apart from the control tokens a template writes.

While a template is compiled, each control token in its own text is replaced by one private character, its
placeholder. After rendering, a placeholder is that token and all else is plain text: whatever a message, a
tool's name or its output spells, it never becomes a control token, and the template sees it as it was
written.

Some templates build control tokens from parts (`'<|' + message.role + '|>'`). When a rendered text spells
one, it is rendered again with everything a user wrote veiled: each character of such a token is replaced with
a private one. What still spells the token then comes from the template alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from app.engine.tokenizer import Tokenizer

_PLACEHOLDERS = range(0x10F000, 0x10FFFE)  # the end of the last private-use plane (Unicode 15, section 23.5)
_VEILS = range(0xF0000, 0xFFFFE)
# Words that templates look up or compare with: keys of messages and tools, and what roles and types can be.
_KEYS = frozenset(
    re.findall(
        r"\w+",
        "messages tools role content text name thinking reasoning_content tool_calls tool_call_id id type"
        " function arguments content_type parameters properties required description enum items default"
        " nullable oneOf anyOf additionalProperties format title documents reasoning_effort builtin_tools"
        " model_identity",
    )
)
_WORD_KEYS = frozenset({"role", "type"})
_TYPES = ("function", "text", "string", "number", "integer", "boolean", "object", "array", "null")
_WORDS = frozenset({"system", "developer", "user", "assistant", "tool", *_TYPES})


class Placeholders:
    """Private characters that stand for control tokens.

    Args:
        tokenizer: knows the control tokens.
        source: the template; none of its own characters is chosen.
    """

    def __init__(self, tokenizer: Tokenizer, source: str) -> None:
        self._tokenizer = tokenizer
        self._free = (chr(code) for code in _PLACEHOLDERS if chr(code) not in source)
        self._by_id: dict[int, str] = {}
        self._ids: dict[str, int] = {}

    def hide(self, text: str) -> str:
        """Replace the control tokens in a template's own text."""
        parts = self._tokenizer.split_control(text)
        return "".join(part if isinstance(part, str) else self._character(part) for part in parts)

    def pieces(self, text: str) -> list[str | int]:
        """Split a rendered text into plain texts and control tokens."""
        if not self._ids:
            return [text]
        parts = re.split(f"([{''.join(self._ids)}])", text)
        return [self._ids[part] if index % 2 else part for index, part in enumerate(parts)]

    def show(self, text: str) -> str:
        """Put the control tokens back as text, for people to read."""
        return "".join(
            part if isinstance(part, str) else self._tokenizer.token_text(part) for part in self.pieces(text)
        )

    @property
    def characters(self) -> frozenset[str]:
        """Every placeholder in use."""
        return frozenset(self._ids)

    def _character(self, token_id: int) -> str:
        if token_id not in self._by_id:
            character = next(self._free)
            self._by_id[token_id] = character
            self._ids[character] = token_id
        return self._by_id[token_id]


class Veil:
    """A reversible replacement of single characters in what a user wrote.

    Args:
        values: everything the template is given; none of its characters is chosen as a replacement.
        characters: must not appear in what the template sees.
        tokens: texts of control tokens of which nothing but white space may appear in it.
    """

    def __init__(self, values: Any, characters: Collection[str], tokens: Collection[str] = ()) -> None:
        used = set(chain.from_iterable(_strings(values)))
        free = (chr(code) for code in _VEILS if chr(code) not in used)
        hidden = sorted(used & (set(characters) | {char for char in "".join(tokens) if not char.isspace()}))
        self._table = {ord(char): veiled for char, veiled in zip(hidden, free, strict=False)}
        self._harmless = {word for word in _KEYS | _WORDS if not any(word in token for token in tokens)}
        self._back = {ord(veiled): chr(code) for code, veiled in self._table.items()}

    def put_on(self, value: Any) -> Any:
        """Copy a value with every string in it veiled, except the words of the messages' own structure."""
        if isinstance(value, str):
            return value if value in self._harmless else value.translate(self._table)
        if isinstance(value, Mapping):
            return {self._key(key): self._entry(key, entry) for key, entry in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.put_on(entry) for entry in value]
        return value

    def take_off(self, text: str) -> str:
        """Give the characters back."""
        return text.translate(self._back)

    def _key(self, key: Any) -> Any:
        return key if key in _KEYS else self.put_on(key)

    def _entry(self, key: Any, entry: Any) -> Any:
        is_word = key in _WORD_KEYS and isinstance(entry, str) and entry in _WORDS
        return entry if is_word else self.put_on(entry)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _strings(key)
            yield from _strings(entry)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from _strings(entry)
