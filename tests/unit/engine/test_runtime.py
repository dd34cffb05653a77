from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.runtime import explain_load, explain_run, native
from app.errors import (
    Cancelled,
    DeviceFailed,
    InferenceFailed,
    ModelDamaged,
    NotEnoughMemory,
    UnsupportedModel,
)

MODEL = Path("models") / "m.onnx"


@pytest.mark.parametrize(
    ("error", "expected", "words"),
    [
        (native.NoSuchFile("[ONNXRuntimeError] : 3 : NO_SUCHFILE : gone"), ModelDamaged, "gone"),
        (native.InvalidProtobuf("[ONNXRuntimeError] : 7 : INVALID_PROTOBUF : bad"), ModelDamaged, "bad"),
        (native.NotImplemented("[ONNXRuntimeError] : 9 : X : no kernel"), UnsupportedModel, "no kernel"),
        (native.InvalidGraph("[ONNXRuntimeError] : 10 : INVALID_GRAPH : odd"), UnsupportedModel, "odd"),
        (native.Fail("[ONNXRuntimeError] : 1 : FAIL : External data too short"), ModelDamaged, "too short"),
        (native.ModelLoadCanceled("stopped"), Cancelled, "cancelled"),
        (RuntimeError("std::bad_alloc"), InferenceFailed, "memory"),
        (MemoryError(), InferenceFailed, "memory"),
    ],
)
def test_loading(error, expected, words):
    with pytest.raises(expected, match=words) as raised, explain_load(MODEL):
        raise error
    assert "ONNXRuntimeError" not in raised.value.message
    if expected is not Cancelled:
        assert str(MODEL) in raised.value.message
        assert raised.value.hint


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RuntimeError("Exiting due to terminate flag being set to true."), Cancelled),
        (native.Fail("[ONNXRuntimeError] : 1 : FAIL : a kernel\nmore"), InferenceFailed),
        (
            native.RuntimeException("Failed to allocate memory for a buffer"),
            InferenceFailed,
        ),
    ],
)
def test_running(error, expected):
    with pytest.raises(expected) as raised, explain_run(MODEL):
        raise error
    assert "\n" not in raised.value.message


def test_other_errors_are_not_hidden():
    with pytest.raises(ZeroDivisionError), explain_run(MODEL):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("webgpu: Out of memory: a buffer of 2 GB", NotEnoughMemory),
        ("E_OUTOFMEMORY 8007000E", NotEnoughMemory),
        ("the GPU device instance has been suspended: DXGI_ERROR_DEVICE_REMOVED 887A0005", DeviceFailed),
        ("Device lost: the driver was removed", DeviceFailed),
        ("VK_ERROR_DEVICE_LOST", DeviceFailed),
        ("Program Gather requires f16 but the device does not support it.", DeviceFailed),
        ("Failed to get a WebGPU adapter: none", DeviceFailed),
    ],
)
@pytest.mark.parametrize("explain", [explain_load, explain_run])
def test_what_a_graphics_driver_says(explain, reason, expected):
    with pytest.raises(expected) as raised, explain(MODEL):
        raise native.Fail(f"[ONNXRuntimeError] : 1 : FAIL : {reason}")
    assert raised.value.hint
    assert str(MODEL) in raised.value.message
