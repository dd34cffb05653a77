"""onnxruntime: imported in one place, and its failures in words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read once, when the library is imported

from onnxruntime import __version__ as VERSION  # noqa: N812
from onnxruntime.capi import onnxruntime_pybind11_state as native
from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession, IOBinding, OrtValue
from onnxruntime.capi.onnxruntime_pybind11_state import ExecutionMode, RunOptions, SessionOptions
from onnxruntime.capi.onnxruntime_pybind11_state import get_available_providers as built_in_providers
from onnxruntime.capi.onnxruntime_pybind11_state import get_ep_devices as ep_devices
from onnxruntime.capi.onnxruntime_pybind11_state import (
    register_execution_provider_library as register_library,
)

from app.errors import (
    Cancelled,
    DeviceFailed,
    IndoorsError,
    InferenceFailed,
    ModelDamaged,
    NotEnoughMemory,
    UnsupportedModel,
)

__all__ = [
    "CPU",
    "SHARED_WORKSPACE",
    "VERSION",
    "ExecutionMode",
    "IOBinding",
    "InferenceSession",
    "OrtValue",
    "RunOptions",
    "SessionOptions",
    "built_in_providers",
    "ep_devices",
    "expert_arithmetic",
    "explain_device",
    "explain_load",
    "explain_run",
    "register_library",
    "share_threads",
    "share_workspace",
]

CPU = "CPUExecutionProvider"
_EXPERTS = "ORT_QMOE_CPU_QNBIT_GEMM"
_AS_REQUESTED = 1
_GROWTH = {
    "max_mem": 0,
    "arena_extend_strategy": _AS_REQUESTED,
    "initial_chunk_size_bytes": -1,
    "max_dead_bytes_per_chunk": -1,
}

# Of a system in another language, whose words pybind11 takes for UTF-8 (onnxruntime issue 32082).
_UNREADABLE = UnicodeDecodeError
_FAILURES = (
    _UNREADABLE,
    *([native.DeviceReset] if hasattr(native, "DeviceReset") else []),  # the DirectML build is an older one
    native.EPFail,
    native.EngineError,
    native.Fail,
    native.InvalidArgument,
    native.InvalidGraph,
    native.InvalidProtobuf,
    native.ModelLoadCanceled,
    native.NoModel,
    native.NoSuchFile,
    native.NotFound,
    native.NotImplemented,
    native.RuntimeException,
)
_TERMINATED = "terminate flag"
_UNKNOWN_OPERATOR = (
    "Could not find an implementation",
    "No Op registered",
    "is not a registered function/op",
)
_OUT_OF_MEMORY = (
    "bad_alloc",
    "Failed to allocate memory",
    "bad allocation",
    "Out of memory",
    "out of memory",
    "E_OUTOFMEMORY",
    "8007000E",
    "can't start new thread",
    "Cannot allocate memory",  # what Linux says of ENOMEM, also where a thread gets no stack
)
_DEVICE_GONE = (
    "evice lost",
    "is lost",
    "DEVICE_LOST",
    "DEVICE_REMOVED",
    "DEVICE_HUNG",
    "MapAsyncStatus",  # WebGPU reads a buffer of a device that is gone
    # DXGI_ERROR_DEVICE_REMOVED, _HUNG, _RESET and _DRIVER_INTERNAL_ERROR
    "887A0005",
    "887A0006",
    "887A0007",
    "887A0020",
)
_NO_ADAPTER = "Failed to get a WebGPU"
_DEVICE_LACKS = ("does not support it", "887A0004")  # DXGI_ERROR_UNSUPPORTED
# What DirectML's failures and onnxruntime's own checks say before the reason: places in their source code.
_PLACE = re.compile(r"^.*(?:\btid\([0-9a-fA-F]+\)|\bwas false\.) ")
_DAMAGED = ("External data", "external data", "out of bounds", "Protobuf parsing failed", "file_size")


def share_threads(threads: int) -> None:
    """Make the one pool that sessions of this process share from now on; the first call decides its size."""
    with suppress(native.Fail):  # it exists already and cannot be replaced
        native.set_global_thread_pool_sizes(threads, 1)


def share_workspace() -> None:
    """Make the arena that sessions with `SHARED_WORKSPACE` work in; their weights lie elsewhere.

    Parts run one after the other, so together they need no more than the largest of them. A growing cache
    asks for ever larger pieces, which the arena takes as they are instead of doubling itself.
    """
    place = native.OrtMemoryInfo(
        "Cpu", native.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, native.OrtMemType.DEFAULT
    )
    growth = native.OrtArenaCfg(_GROWTH)
    with suppress(native.Fail):  # it exists already
        native.create_and_register_allocator(place, growth)


SHARED_WORKSPACE = ("session.use_env_allocators", "1")
"""The configuration entry of a session that computes in the shared arena."""


@contextmanager
def expert_arithmetic(*, exact: bool) -> Iterator[None]:
    """How sessions that are created meanwhile compute QMoE.

    The kernel for 8-bit experts rounds its input to int8 at every `accuracy_level`, unless this variable,
    read when a session is created, forbids it (onnxruntime, contrib_ops/cpu/moe/moe_quantization_cpu.cc).
    """
    before = os.environ.get(_EXPERTS)
    if exact:
        os.environ[_EXPERTS] = "fp32"
    try:
        yield
    finally:
        os.environ.pop(_EXPERTS, None)
        if before is not None:
            os.environ[_EXPERTS] = before


@contextmanager
def explain_load(model: Path) -> Iterator[None]:
    """Turn what onnxruntime raises while it loads a graph into an error that names the file.

    Args:
        model: the graph's file, as the user knows it.

    Raises:
        ModelDamaged: a file is missing or is not what it must be.
        UnsupportedModel: onnxruntime has no kernel for it, or rejects the graph.
        NotEnoughMemory: the memory does not hold it.
        DeviceFailed: the graphics adapter or its driver failed.
        Cancelled: loading was stopped through the cancellation flag.
    """
    try:
        yield
    except (*_FAILURES, RuntimeError, MemoryError) as error:
        raise _load_error(model, error) from error


@contextmanager
def explain_device(name: str) -> Iterator[None]:
    """Turn what onnxruntime raises while it makes a device ready into an error that names it.

    Raises:
        DeviceFailed: it does not start.
    """
    try:
        yield
    except (*_FAILURES, RuntimeError) as error:
        raise DeviceFailed(
            "{device} does not start: {reason}.",
            "Update the graphics driver, or use --device cpu.",
            device=name,
            reason=_reason(error),
        ) from error


@contextmanager
def explain_run(model: Path) -> Iterator[None]:
    """Turn what onnxruntime raises while it computes into an error that names the file.

    Raises:
        InferenceFailed: a kernel or the graphics adapter failed, or the memory ran out.
        Cancelled: the run was stopped through its terminate flag.
    """
    try:
        yield
    except (*_FAILURES, RuntimeError, MemoryError) as error:
        raise _run_error(model, error) from error


def _load_error(model: Path, error: Exception) -> IndoorsError:
    reason = _reason(error)
    if isinstance(error, native.ModelLoadCanceled):
        return Cancelled("Loading was cancelled.")
    if isinstance(error, MemoryError) or _any(_OUT_OF_MEMORY, reason):
        return _out_of_memory(model)
    if failed := _device_failure(model, reason):
        return failed
    if isinstance(error, native.NotImplemented) or _any(_UNKNOWN_OPERATOR, reason):
        return UnsupportedModel(
            "{model} uses an operator that onnxruntime {version} cannot run: {reason}.",
            "Choose another export of this model.",
            model=model,
            version=VERSION,
            reason=reason,
        )
    if isinstance(error, (native.NoSuchFile, native.InvalidProtobuf)) or _any(_DAMAGED, reason):
        return ModelDamaged(
            "{model} or its data cannot be read: {reason}.",
            "Import the model again.",
            model=model,
            reason=reason,
        )
    return UnsupportedModel(
        "onnxruntime {version} rejects {model}: {reason}.",
        "Choose another export of this model.",
        version=VERSION,
        model=model,
        reason=reason,
    )


def _run_error(model: Path, error: Exception) -> IndoorsError:
    reason = _reason(error)
    if _TERMINATED in reason:
        return Cancelled("The answer was cancelled.")
    if isinstance(error, MemoryError) or _any(_OUT_OF_MEMORY, reason):
        return _out_of_memory(model)
    if failed := _device_failure(model, reason):
        return failed
    return InferenceFailed(
        "{model} failed while computing: {reason}.",
        "Try again; if it stays, verify the model's files.",
        model=model,
        reason=reason,
    )


def _out_of_memory(model: Path) -> NotEnoughMemory:
    return NotEnoughMemory(
        "The memory does not hold {model}.",
        "Close other programs, use a smaller --context, or choose a smaller model.",
        model=model,
    )


def _device_failure(model: Path, reason: str) -> DeviceFailed | None:
    if _any(_DEVICE_GONE, reason):
        return DeviceFailed(
            "The graphics driver stopped while it computed {model}: {reason}.",
            "Try again; if it stays, use --device cpu.",
            model=model,
            reason=reason,
        )
    if _NO_ADAPTER in reason:
        return no_adapter()
    if _any(_DEVICE_LACKS, reason):
        return DeviceFailed(
            "The graphics adapter cannot compute {model}: {reason}.",
            "Use --device cpu, or a variant of the model with other number types.",
            model=model,
            reason=reason,
        )
    return None


def no_adapter() -> DeviceFailed:
    """WebGPU has nothing to compute on; the driver may have been there a moment ago."""
    return DeviceFailed(
        "WebGPU finds no graphics adapter on this computer.",
        "Update the graphics driver (on Linux also: libvulkan1), or use --device cpu.",
    )


def _any(parts: tuple[str, ...], text: str) -> bool:
    return any(part in text for part in parts)


def _reason(error: Exception) -> str:
    """The first line of onnxruntime's message without its own prefix: "[ONNXRuntimeError] : 1 : FAIL : …"."""
    if isinstance(error, _UNREADABLE):
        error = RuntimeError(error.object.decode(errors="replace"))
    text = str(error).strip() or type(error).__name__
    told = text.splitlines()[0].split(" : ", 3)[-1].rstrip(". ")
    return _PLACE.sub("", told)
