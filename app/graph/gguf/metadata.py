"""Typed access to what a GGUF file says of its model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from app.errors import ModelDamaged
from app.graph.gguf.cursor import AGAIN
from app.graph.gguf.file import GgufFile


@dataclass(frozen=True)
class Metadata:
    """The keys of a file, some of which begin with the architecture's name.

    Attributes:
        file: whose.
    """

    file: GgufFile

    @property
    def architecture(self) -> str:
        """What ggml calls the architecture; empty when the file does not say."""
        return self.text("general.architecture")

    def text(self, key: str, default: str = "") -> str:
        """A text; the default when it is absent."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "a text", value)
        return value

    def count(self, key: str, default: int | None = None, most: int = 1 << 24) -> int:
        """A whole number from 1 to `most`; a list stands for its values when all are equal."""
        value = self._value(key, default)
        if isinstance(value, list) and value and all(each == value[0] for each in value):
            value = value[0]
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
            raise self._wrong(key, f"a whole number from 1 to {most}", value)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """A number above 0."""
        value = self._value(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < math.inf:
            raise self._wrong(key, "a number above 0", value)
        return float(value)

    def token(self, name: str) -> int | None:
        """The id of a named token, such as "eos"; None when the file names none."""
        value = self._value(f"tokenizer.ggml.{name}_token_id")
        tokens = self.file.metadata.get("tokenizer.ggml.tokens")
        known = len(tokens) if isinstance(tokens, list) else 0
        return value if isinstance(value, int) and 0 <= value < known else None

    def flag(self, key: str, default: bool = False) -> bool:
        """A truth value."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false", value)
        return value

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty when it is absent."""
        return self._list(key, str)

    def numbers(self, key: str, kind: type | tuple[type, ...] = (int, float)) -> list[Any]:
        """A list of numbers; empty when it is absent."""
        return self._list(key, kind)

    def _list(self, key: str, kind: type | tuple[type, ...]) -> list[Any]:
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(each, kind) for each in value):
            raise self._wrong(key, "a list of one kind", value)
        return value

    def _value(self, key: str, default: Any = None) -> Any:
        value = self.file.metadata.get(self._full(key))
        return default if value is None else value

    def _full(self, key: str) -> str:
        """A key that begins with a dot belongs to the architecture."""
        return f"{self.architecture}{key}" if key.startswith(".") else key

    def _wrong(self, key: str, wanted: str, found: Any) -> ModelDamaged:
        return ModelDamaged(
            "{path}: {key} must be {wanted}, found {found}.",
            AGAIN,
            path=self.file.path,
            key=self._full(key),
            wanted=wanted,
            found="nothing" if found is None else repr(found)[:60],
        )
