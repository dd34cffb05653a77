"""DirectML: any Direct3D 12 adapter of Windows, in a build of onnxruntime of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.providers.provider import GraphForm, Providers
from app.engine.runtime import CPU, VERSION, ExecutionMode, SessionOptions, built_in_providers
from app.errors import DeviceFailed

DIRECTML = "DmlExecutionProvider"


@dataclass(frozen=True)
class DirectMl:
    """An adapter by DirectML.

    Attributes:
        device: as it was asked for.
        number: of the adapter, in DXGI's order.
    """

    device: str
    number: int
    name: str = DIRECTML
    kernels: str = "directml"
    version: str = VERSION
    software: bool = False
    form: GraphForm = GraphForm.DIRECTML
    memory: str = "dml"

    def equip(self, options: SessionOptions, look_ups: Sequence[str]) -> Providers:
        """DirectML takes neither memory patterns nor parallel execution (onnxruntime, DirectML EP's page)."""
        del look_ups
        options.enable_mem_pattern = False
        options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
        return [(DIRECTML, {"device_id": str(self.number)}), CPU]


def open_directml(device: str, number: int) -> DirectMl:
    """The adapter of that number.

    Raises:
        DeviceFailed: this onnxruntime has no DirectML.
    """
    if DIRECTML not in built_in_providers():
        raise DeviceFailed(
            "DirectML is not there: the worker runs with onnxruntime {version}, which has none of it.",
            "Install it (Windows only): indoors runtimes install directml.",
            version=VERSION,
        )
    return DirectMl(device, number)
