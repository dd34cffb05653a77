"""macOS: graphics adapters through Metal, called by ctypes and the Objective-C runtime.

A chip that shares the computer's memory may use what Metal recommends, about two thirds to three quarters of
it. MTLDevice: developer.apple.com/documentation/metal/mtldevice.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psutil

from app.hardware.machine import Adapter, AdapterKind, Fact
from app.phrases import Phrase

_METAL = "/System/Library/Frameworks/Metal.framework/Metal"
_OBJECTIVE_C = "/usr/lib/libobjc.A.dylib"
_VENDORS = ("Apple", "AMD", "Intel", "NVIDIA")


@dataclass(frozen=True)
class Answer:
    """What Metal says of one device.

    Attributes:
        name: of the device.
        working_set: bytes it should use at most for its speed.
        allocated: bytes this program uses now.
        unified: it computes in the computer's memory.
    """

    name: str
    working_set: int
    allocated: int
    unified: bool


class MetalProbe:
    """Every device that Metal lists.

    Args:
        ask: gives the answers; None asks Metal itself.
        available: memory that programs can get; None asks the system.
    """

    topic = Phrase("Graphics adapters")

    def __init__(
        self, ask: Callable[[], Sequence[Answer]] | None = None, available: int | None = None
    ) -> None:
        self._ask = ask or _ask_metal
        self._available = available

    def look(self) -> Iterable[Fact]:
        """Ask Metal.

        Raises:
            OSError: there is no Metal.
        """
        available = self._available or int(psutil.virtual_memory().available)
        return [adapter_of(answer, available) for answer in self._ask()]


def adapter_of(answer: Answer, available: int) -> Adapter:
    """An adapter as Metal describes it; one that shares memory can have no more than is free."""
    free = max(0, answer.working_set - answer.allocated)
    unified = answer.unified
    return Adapter(
        name=answer.name,
        vendor=next((vendor for vendor in _VENDORS if vendor in answer.name), ""),
        kind=AdapterKind.INTEGRATED if unified else AdapterKind.DISCRETE,
        dedicated=None if unified else answer.working_set,
        shared=answer.working_set if unified else None,
        free=min(free, available) if unified else free,
        sources=("Metal",),
    )


def _ask_metal() -> Sequence[Answer]:
    metal, runtime = ctypes.CDLL(_METAL), ctypes.CDLL(_OBJECTIVE_C)
    metal.MTLCopyAllDevices.restype = ctypes.c_void_p
    send = _Messages(runtime)
    devices = metal.MTLCopyAllDevices()
    try:
        count = send(devices, "count", ctypes.c_size_t)
        return [_answer(send, send.item(devices, number)) for number in range(count)]
    finally:
        send(devices, "release", None)


def _answer(send: _Messages, device: int) -> Answer:
    name = send(send(device, "name", ctypes.c_void_p), "UTF8String", ctypes.c_char_p) or b""
    return Answer(
        name=name.decode("utf-8", errors="replace"),
        working_set=send(device, "recommendedMaxWorkingSetSize", ctypes.c_uint64),
        allocated=send(device, "currentAllocatedSize", ctypes.c_size_t),
        unified=bool(send(device, "hasUnifiedMemory", ctypes.c_bool)),
    )


class _Messages:
    """Sends messages to objects; `objc_msgSend` takes the type of what is called."""

    def __init__(self, runtime: Any) -> None:
        self._register = runtime.sel_registerName
        self._register.restype = ctypes.c_void_p
        self._register.argtypes = (ctypes.c_char_p,)
        self._send = ctypes.cast(runtime.objc_msgSend, ctypes.c_void_p).value or 0

    def __call__(self, target: int, message: str, result: Any) -> Any:
        """Send a message without arguments."""
        call = ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_void_p)(self._send)
        return call(target, self._register(message.encode("ascii")))

    def item(self, array: int, number: int) -> int:
        """An object of an NSArray."""
        kind = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
        return int(kind(self._send)(array, self._register(b"objectAtIndex:"), number) or 0)
