"""What the engine knows of an execution provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.engine.runtime import CPU, VERSION, SessionOptions

Providers = Sequence[str | tuple[str, dict[Any, Any]]]
"""As InferenceSession takes them."""


class GraphForm(StrEnum):
    """Which graph a provider computes."""

    ADAPTED = "adapted"
    """The published one with small changes: `app.graph.adapt`."""
    DIRECTML = "directml"
    """One of other operators, whose shapes are fixed: `app.graph.directml`."""


class Provider(Protocol):
    """An execution provider on one device.

    Attributes:
        device: as it was asked for: "cpu", "webgpu:1".
        name: onnxruntime's.
        kernels: what the table of conformance calls it.
        version: of onnxruntime that its kernels are from.
        software: its adapter is software.
        form: the graph it computes.
        memory: where a KV cache of fixed size lies, as onnxruntime calls it; empty: in the computer's memory.
        number: of the device among those of its kind.
    """

    @property
    def device(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kernels(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def software(self) -> bool: ...  # noqa: D102
    @property
    def form(self) -> GraphForm: ...  # noqa: D102
    @property
    def memory(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102

    def equip(self, options: SessionOptions, look_ups: Sequence[str]) -> Providers | None:
        """Make a session's options ready for it.

        Args:
            options: changed in place.
            look_ups: names of nodes that stay with the processor.

        Returns:
            What the session is given as its providers; None where the options say it.
        """


@dataclass(frozen=True)
class Processor:
    """The processor."""

    device: str = "cpu"
    name: str = CPU
    kernels: str = "cpu"
    version: str = VERSION
    software: bool = False
    form: GraphForm = GraphForm.ADAPTED
    memory: str = ""
    number: int = 0

    def equip(self, options: SessionOptions, look_ups: Sequence[str]) -> Providers:
        """Every session can do that."""
        del options, look_ups
        return [CPU]
