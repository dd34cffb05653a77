"""What the worker found of a model that somebody wants to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.checks import Check
from app.worker.protocol import IMPORT_MODES

_COPY = "copy"
_AS_IT_IS = "onnx"


@dataclass(frozen=True)
class Examined:
    """A model as it would be imported; what could not be told is empty or 0.

    Attributes:
        kind: "onnx", "checkpoint" or "gguf"; empty when it is no model.
        checks: in the order they were made.
        name: what people read.
        bytes: size of the folder that an import makes.
    """

    kind: str
    checks: tuple[Check, ...]
    name: str = ""
    architecture: str = ""
    parameters: int = 0
    context_length: int = 0
    bytes: int = 0
    quantization: str = ""
    licence: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Examined:
        """Read the data of the `done` of `examine`."""
        told = {name: data[name] for name in _FACTS if data.get(name)}
        checks = tuple(Check.from_json(check) for check in data["checks"])
        return cls(kind=data["kind"] or "", checks=checks, **told)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that stand in the way."""
        return tuple(check for check in self.checks if not check.passed)

    @property
    def modes(self) -> tuple[str, ...]:
        """What can become of its files: those that are converted can only be copied."""
        return IMPORT_MODES if self.kind == _AS_IT_IS else (_COPY,)


_FACTS = ("name", "architecture", "parameters", "context_length", "bytes", "quantization", "licence")
