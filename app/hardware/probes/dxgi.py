"""Windows: graphics adapters through DXGI, called by ctypes.

DXGI tells memory above 4 GB rightly, which WMI's AdapterRAM does not, and `QueryVideoMemoryInfo` tells what
this program can have at this moment, other programs considered. Layouts and method numbers: dxgi.h,
dxgi1_4.h of the Windows SDK.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from app.com import QUERY_INTERFACE, call, check, guid, released
from app.hardware.machine import Adapter, AdapterKind, Fact
from app.hardware.probes.probe import vendor_name
from app.phrases import Phrase

_FACTORY1 = UUID("770aae78-f26f-4dba-a829-253c83d1b387")
_ADAPTER3 = UUID("645967a4-1392-4310-a798-8053ce3e93fd")
_DEVICE = UUID("54ec77fa-1377-44e6-8c32-88fd5f44c84c")
_CHECK_SUPPORT, _GET_DESC1, _ENUM_ADAPTERS1, _QUERY_MEMORY = 9, 10, 12, 14
_LOCAL, _NON_LOCAL = 0, 1
_NOT_FOUND = 0x887A0002
_REMOTE, _SOFTWARE = 1, 2
_MICROSOFT = 0x1414
_MOST_ADAPTERS = 32
# A chip that shares the computer's memory sets this much aside at most where it says nothing more.
_SMALL_CARVE_OUT = 1 << 30

CreateFactory = Callable[[Any, Any], int]


class AdapterDescription(ctypes.Structure):
    """DXGI_ADAPTER_DESC1."""

    _fields_ = (
        ("description", ctypes.c_uint16 * 128),
        ("vendor", ctypes.c_uint32),
        ("device", ctypes.c_uint32),
        ("subsystem", ctypes.c_uint32),
        ("revision", ctypes.c_uint32),
        ("dedicated_video", ctypes.c_size_t),
        ("dedicated_system", ctypes.c_size_t),
        ("shared_system", ctypes.c_size_t),
        ("luid_low", ctypes.c_uint32),
        ("luid_high", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
    )


class MemoryInfo(ctypes.Structure):
    """DXGI_QUERY_VIDEO_MEMORY_INFO."""

    _fields_ = (
        ("budget", ctypes.c_uint64),
        ("usage", ctypes.c_uint64),
        ("reservable", ctypes.c_uint64),
        ("reserved", ctypes.c_uint64),
    )


@dataclass(frozen=True)
class Answer:
    """What DXGI says of one adapter.

    Attributes:
        name: its description.
        vendor: PCI id.
        dedicated: memory of its own.
        shared: memory of the computer that it may use.
        flags: DXGI_ADAPTER_FLAG.
        local: budget and own usage of the memory nearest to it; None where the system cannot say.
        non_local: the same of the computer's memory as seen by a discrete adapter; a budget of 0 where both
            are one.
        driver: version of the user-mode driver; empty where there is none.
    """

    name: str
    vendor: int
    dedicated: int
    shared: int
    flags: int = 0
    local: tuple[int, int] | None = None
    non_local: tuple[int, int] | None = None
    driver: str = ""


class DxgiProbe:
    """Every adapter that DXGI lists.

    Args:
        create_factory: `CreateDXGIFactory1`; None for the system's.
    """

    topic = Phrase("Graphics adapters")

    def __init__(self, create_factory: CreateFactory | None = None) -> None:
        self._create_factory = create_factory or _system_factory()

    def look(self) -> Iterable[Fact]:
        """Ask DXGI.

        Raises:
            OSError: DXGI refuses.
        """
        found = enumerate(_answers(self._create_factory))
        return [replace(adapter_of(answer), order=number) for number, answer in found]


def adapter_of(answer: Answer) -> Adapter:
    """An adapter as DXGI describes it."""
    free = None if answer.local is None else max(0, answer.local[0] - answer.local[1])
    return Adapter(
        name=answer.name,
        vendor=vendor_name(answer.vendor),
        kind=_kind(answer),
        dedicated=answer.dedicated,
        shared=answer.shared,
        free=free,
        driver=answer.driver,
        sources=("DXGI",),
    )


def _kind(answer: Answer) -> AdapterKind:
    if answer.flags & _REMOTE:
        return AdapterKind.REMOTE
    if answer.flags & _SOFTWARE or answer.vendor == _MICROSOFT:
        return AdapterKind.SOFTWARE
    return AdapterKind.INTEGRATED if _shares_memory(answer) else AdapterKind.DISCRETE


def _shares_memory(answer: Answer) -> bool:
    """Whether its memory is the computer's: there is no other, and it may have more than was set aside."""
    if answer.dedicated < _SMALL_CARVE_OUT:
        return True
    if answer.local is None or answer.non_local is None:
        return False
    return not answer.non_local[0] and answer.local[0] > answer.dedicated


def _system_factory() -> CreateFactory:
    if sys.platform == "win32":
        create: CreateFactory = ctypes.WinDLL("dxgi.dll").CreateDXGIFactory1
        return create
    raise OSError("DXGI is part of Windows")


def _answers(create_factory: CreateFactory) -> Iterator[Answer]:
    pointer = ctypes.c_void_p()
    check(create_factory(guid(_FACTORY1), ctypes.byref(pointer)), "CreateDXGIFactory1")
    with released(pointer) as factory:
        for number in range(_MOST_ADAPTERS):
            found = ctypes.c_void_p()
            code = call(factory, _ENUM_ADAPTERS1, ctypes.c_uint32(number), ctypes.byref(found))
            if code & 0xFFFFFFFF == _NOT_FOUND:
                return
            check(code, "EnumAdapters1")
            with released(found) as adapter:
                yield _answer(adapter)


def _answer(adapter: ctypes.c_void_p) -> Answer:
    description = AdapterDescription()
    check(call(adapter, _GET_DESC1, ctypes.byref(description)), "GetDesc1")
    local, non_local = _memory(adapter)
    return Answer(
        name=bytes(description.description).decode("utf-16-le", errors="replace").partition("\0")[0],
        vendor=description.vendor,
        dedicated=description.dedicated_video,
        shared=description.shared_system,
        flags=description.flags,
        local=local,
        non_local=non_local,
        driver=_driver(adapter),
    )


def _memory(adapter: ctypes.c_void_p) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Budget and usage of both kinds of memory; needs Windows 10."""
    newer = ctypes.c_void_p()
    if call(adapter, QUERY_INTERFACE, guid(_ADAPTER3), ctypes.byref(newer)) < 0:
        return None, None
    with released(newer) as third:
        return _segment(third, _LOCAL), _segment(third, _NON_LOCAL)


def _segment(adapter: ctypes.c_void_p, segment: int) -> tuple[int, int] | None:
    info = MemoryInfo()
    arguments = (ctypes.c_uint32(0), ctypes.c_int32(segment), ctypes.byref(info))
    if call(adapter, _QUERY_MEMORY, *arguments) < 0:
        return None
    return info.budget, info.usage


def _driver(adapter: ctypes.c_void_p) -> str:
    """Four numbers of 16 bits in one of 64."""
    version = ctypes.c_int64()
    if call(adapter, _CHECK_SUPPORT, guid(_DEVICE), ctypes.byref(version)) < 0 or not version.value:
        return ""
    return ".".join(str(version.value >> shift & 0xFFFF) for shift in (48, 32, 16, 0))
