from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.failures import explain_load, explain_run
from app.engine.runtime import native
from app.errors import (
    Cancelled,
    DeviceFailed,
    InferenceFailed,
    ModelDamaged,
    NotEnoughMemory,
    UnsupportedModel,
)

MODEL = Path("models") / "m.onnx"
DML = "core\\providers\\dml\\DmlExecutionProvider\\src"
REMOVED = [
    (
        f"D:\\a\\_work\\1\\s\\onnxruntime\\{DML}\\ExecutionProvider.cpp(962)\\",
        "887A0005",
        (
            "The GPU device instance has been suspended. Use GetDeviceRemovedReason to determine the "
            "appropriate action."
        ),
    ),
    (
        f"C:\\a\\_work\\1\\s\\onnxruntime\\{DML}\\DmlGraphFusionHelper.cpp(1078)\\",
        "887A0006",
        (
            "The GPU will not respond to more commands, most likely because of an invalid command passed by "
            "the calling application."
        ),
    ),
    (
        f"C:\\a\\_work\\1\\s\\onnxruntime\\{DML}\\ExecutionProvider.cpp(938)\\",
        "887A0007",
        (
            "The GPU will not respond to more commands, most likely because some other application submitted "
            "invalid commands.\nThe calling application should re-create the device and continue."
        ),
    ),
]


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


@pytest.mark.parametrize("explain", [explain_load, explain_run])
@pytest.mark.parametrize(("place", "code", "words"), REMOVED)
def test_a_removed_device_in_the_words_of_directml(explain, place, code, words):
    """As it was reported of several computers; the place in the source code is nothing for the user."""
    message = (
        f"{place}onnxruntime_pybind11_state.pyd!00007FFABA30B0B1: (caller: 00007FFABA30B740) "
        f"Exception(3) tid(5a68) {code} {words}"
    )
    with pytest.raises(DeviceFailed) as raised, explain(MODEL):
        raise native.Fail(f"[ONNXRuntimeError] : 1 : FAIL : {message}")
    assert f"{code} {words.splitlines()[0].rstrip('.')}" in raised.value.message
    assert "onnxruntime" not in raised.value.message
    assert raised.value.hint == "Try again; if it stays, use --device cpu."


@pytest.mark.parametrize("explain", [explain_load, explain_run])
def test_an_adapter_that_is_there_no_more(explain):
    place = "/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:93 Initialize(const int&)"
    check = f"{place} result.status == wgpu::RequestAdapterStatus::Success was false."
    with pytest.raises(DeviceFailed, match="finds no graphics adapter"), explain(MODEL):
        raise native.Fail(f"[ONNXRuntimeError] : 1 : FAIL : {check} Failed to get a WebGPU adapter: none.")


def test_checks_of_onnxruntime_are_told_without_their_place():
    check = "/onnxruntime_src/onnxruntime/core/x.cc:12 F(int) a == b was false."
    with pytest.raises(InferenceFailed, match=r"computing: The sizes differ\.") as raised, explain_run(MODEL):
        raise native.Fail(f"[ONNXRuntimeError] : 1 : FAIL : {check} The sizes differ.")
    assert "onnxruntime_src" not in raised.value.message


def test_words_in_the_encoding_of_another_language():
    """Japanese Windows: pybind11 cannot read the words of the system, and tells of that instead."""
    said = b"[ONNXRuntimeError] : 1 : FAIL : tid(1f) 887A0005 " + "装置が中断".encode("cp932")
    with pytest.raises(DeviceFailed, match="887A0005"), explain_run(MODEL):
        said.decode()


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("webgpu: Out of memory: a buffer of 2 GB", NotEnoughMemory),
        ("E_OUTOFMEMORY 8007000E", NotEnoughMemory),
        (
            "env.cc:327 pthread_create failed, error code: 12 error msg: Cannot allocate memory",
            NotEnoughMemory,
        ),
        ("the GPU device instance has been suspended: DXGI_ERROR_DEVICE_REMOVED 887A0005", DeviceFailed),
        ("Device lost: the driver was removed", DeviceFailed),
        ("WebGPU device lost (1): the driver ended", DeviceFailed),
        ("Failed to download data from buffer. wgpu::MapAsyncStatus value: 4", DeviceFailed),
        ("tid(5a68) 887A0004 The specified device interface is not supported", DeviceFailed),
        ("VK_ERROR_DEVICE_LOST", DeviceFailed),
        ("Program Gather requires f16 but the device does not support it.", DeviceFailed),
    ],
)
@pytest.mark.parametrize("explain", [explain_load, explain_run])
def test_what_a_graphics_driver_says(explain, reason, expected):
    with pytest.raises(expected) as raised, explain(MODEL):
        raise native.Fail(f"[ONNXRuntimeError] : 1 : FAIL : {reason}")
    assert raised.value.hint
    assert str(MODEL) in raised.value.message
