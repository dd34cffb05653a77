"""From a device's name to the provider that computes on it."""

from __future__ import annotations

from app.engine.providers.directml import open_directml
from app.engine.providers.provider import Processor, Provider
from app.engine.providers.webgpu import open_webgpu
from app.errors import UsageError

DEVICES = ("auto", "cpu", "webgpu[:N]", "directml[:N]", "coreml")
"""What can be asked for."""


def open_provider(device: str) -> Provider:
    """The provider of a device.

    "auto" is the processor here: what suits better is chosen before a worker is asked. So is "coreml", whose
    kernels know none of a decoder's products (`app.graph.conformance_rules`): a session that was given it
    would compute a few stray nodes there and copy tensors to and fro between them.

    Raises:
        UsageError: there is no such device.
        DeviceFailed: it, its driver or its runtime is not there.
    """
    name, colon, number = device.partition(":")
    if device in {"auto", "cpu", "coreml"}:
        return Processor()
    if name in {"webgpu", "directml"} and (number.isdecimal() or not colon):
        opened = open_webgpu if name == "webgpu" else open_directml
        return opened(device, int(number or 0))
    raise UsageError(
        "There is no device {wanted!r}.",
        "Use --device {devices}.",
        wanted=device,
        devices=", ".join(DEVICES),
    )
