"""What onnxruntime raises, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.engine.runtime import VERSION, native
from app.errors import (
    Cancelled,
    DeviceFailed,
    IndoorsError,
    InferenceFailed,
    ModelDamaged,
    NotEnoughMemory,
    UnsupportedModel,
)

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
