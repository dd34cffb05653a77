"""What a model can be asked to compute on: "cpu", "auto", or a road to a graphics adapter with its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import UsageError
from app.hardware.machine import Adapter, AdapterKind

CPU, AUTO = "cpu", "auto"
COREML = "coreml"
"""Apple's, which has no kernels for the products of language models: the processor computes them."""
DIRECTML = "directml"
GRAPHICS = ("webgpu", DIRECTML)
"""The roads to a graphics adapter."""


@dataclass(frozen=True)
class Device:
    """One that was asked for.

    Attributes:
        name: "cpu", "coreml", "webgpu" or "directml".
        number: for DirectML of the adapter in DXGI's order, which onnxruntime goes by. WebGPU can only be
            asked for one that is fast (0) or one that saves power (1): the system chooses.
    """

    name: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.name}:{self.number}" if self.number else self.name

    def adapter(self, adapters: Sequence[Adapter]) -> Adapter | None:
        """The adapter it means; None when there is none of that number."""
        return next((found for device, found in devices_on(self.name, adapters) if device == self), None)


def devices_on(road: str, adapters: Sequence[Adapter]) -> list[tuple[Device, Adapter]]:
    """The devices of a road with their adapters, the most capable first.

    For speed WebGPU takes a discrete adapter, to save power an integrated one, where there are both.
    """
    computing = [adapter for adapter in adapters if adapter.computes]
    if road != DIRECTML:
        saving = [adapter for adapter in computing[1:] if adapter.kind is AdapterKind.INTEGRATED]
        taken = [*computing[:1], *saving[:1]]
        return [(Device(road, number), adapter) for number, adapter in enumerate(taken)]
    return [
        (Device(road, number if adapter.order is None else adapter.order), adapter)
        for number, adapter in enumerate(computing)
    ]


def parse_device(text: str) -> Device:
    """Read a device's name, "cpu" or "webgpu:1".

    Raises:
        UsageError: there is none of that name.
    """
    name, _, number = text.partition(":")
    if text in {CPU, COREML}:
        return Device(text)
    if name in GRAPHICS and (not number or number.isdecimal()) and not text.endswith(":"):
        return Device(name, int(number or 0))
    raise UsageError(
        "There is no device {device}.",
        "Known: {known}.",
        device=repr(text),
        known=", ".join((AUTO, CPU, *(f"{road}[:N]" for road in GRAPHICS), COREML)),
    )
