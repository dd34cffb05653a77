"""onnxruntime: imported in one place, and what it shares among the sessions of a process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

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
    "native",
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
