"""WebGPU: Direct3D 12, Metal or Vulkan through a library that is registered beside onnxruntime.

The plug-in takes its graphics adapter from the system by preference, for speed or for saving power. Up to 0.4
it has no other way to choose one (onnxruntime, core/providers/webgpu/webgpu_context.cc; its option `deviceId`
numbers contexts of the process, and one for adapters is only proposed: pull request 32319).
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from app.engine.failures import explain_device, no_adapter
from app.engine.providers.provider import GraphForm
from app.engine.runtime import SessionOptions, ep_devices, register_library
from app.errors import DeviceFailed

_PACKAGE, _MODULE, _REGISTERED = "onnxruntime-ep-webgpu", "onnxruntime_ep_webgpu", "webgpu"
_NAME = "WebGpuExecutionProvider"
_PREFERENCES = ("high-performance", "low-power")
# The line of onnxruntime that the kernels of 0.4, the oldest version taken, were built from.
_KERNELS, _OLDEST = "1.30.0", (0, 4)
_INSTALL = "Install it: indoors runtimes install webgpu."


@dataclass(frozen=True)
class WebGpu:
    """A graphics adapter by WebGPU.

    Attributes:
        device: as it was asked for.
        adapter: onnxruntime's description of it.
        preference: how the system is asked for the adapter.
        software: it is software: there is no graphics adapter, and the environment allows that.
    """

    device: str
    adapter: Any
    preference: str
    software: bool
    name: str = _NAME
    kernels: str = "webgpu"
    version: str = _KERNELS
    form: GraphForm = GraphForm.ADAPTED
    memory: str = "webgpu"
    number: int = 0

    def equip(self, options: SessionOptions, look_ups: Sequence[str]) -> None:
        """The options name the device."""
        chosen: Mapping[str, str] = {"powerPreference": self.preference}
        if look_ups:
            chosen = {**chosen, "forceCpuNodeNames": "\n".join(look_ups)}
        options.add_provider_for_devices([self.adapter], chosen)


def open_webgpu(device: str, number: int) -> WebGpu:
    """An adapter: 0 is the one for speed, 1 the one that saves power.

    Raises:
        DeviceFailed: the plug-in is not there, is too old or does not load, or finds no adapter.
    """
    _register()
    found = [each for each in ep_devices() if each.ep_name == _NAME]
    if not found:
        raise no_adapter()
    if number >= min(len(found), len(_PREFERENCES)):
        raise DeviceFailed(
            "WebGPU has no adapter number {number} here.",
            "Use --device webgpu: 0 is the adapter for speed, 1 the one that saves power.",
            number=number,
        )
    return WebGpu(device, found[0], _PREFERENCES[number], "CPU" in str(found[0].device.type))


def _register() -> None:
    module = _plug_in()
    if any(each.ep_name == _NAME for each in ep_devices()):
        return
    if not hasattr(module, "get_library_path"):
        raise DeviceFailed("WebGPU's runtime is broken.", _INSTALL)
    with explain_device("WebGPU"):
        register_library(_REGISTERED, module.get_library_path())


def _plug_in() -> Any:
    try:
        module = importlib.import_module(_MODULE)
    except ImportError as error:
        raise DeviceFailed("WebGPU is not there: its runtime is not installed.", _INSTALL) from error
    with suppress(PackageNotFoundError):  # a packaged program carries no descriptions of packages
        found = version(_PACKAGE)
        if tuple(int(part) for part in found.split(".")[:2]) < _OLDEST:
            raise DeviceFailed("WebGPU's runtime {version} is too old.", _INSTALL, version=found)
    return module
