"""A DXGI that answers as told, made of real tables of C functions: the probe's own calls are tested."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from app.hardware.probes.dxgi import AdapterDescription, Answer, MemoryInfo

NOT_FOUND = 0x887A0002 - (1 << 32)
NO_INTERFACE = 0x80004002 - (1 << 32)
_POINTER = ctypes.c_void_p
_SLOTS = 18


class ComObject:
    """An object with a table of methods; counts how often it was released."""

    def __init__(self, methods: dict[int, tuple[tuple[Any, ...], Callable[..., int]]]) -> None:
        self.released = 0
        table = (_POINTER * _SLOTS)()
        self._kept: list[Any] = [table]
        for slot, (kinds, method) in {**methods, 2: ((), self._release)}.items():
            function = ctypes.CFUNCTYPE(ctypes.c_int32, _POINTER, *kinds)(lambda _, *a, m=method: m(*a))
            table[slot] = ctypes.cast(function, _POINTER).value
            self._kept.append(function)
        self._table = _POINTER(ctypes.addressof(table))

    @property
    def address(self) -> int:
        return ctypes.addressof(self._table)

    def _release(self) -> int:
        self.released += 1
        return 0


class FakeDxgi:
    """Gives the adapters of recorded answers; `create_factory` is what the probe takes."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.objects: list[ComObject] = []
        adapters = [self._adapter(answer) for answer in answers]
        enumerate_ = self._kept({12: ((ctypes.c_uint32, _POINTER), lambda n, out: _give(adapters, n, out))})
        self._factory = enumerate_

    def create_factory(self, guid: Any, out: Any) -> int:
        _store(ctypes.cast(out, _POINTER).value, self._factory.address)
        return 0

    def _adapter(self, answer: Answer) -> ComObject:
        newer = self._kept(
            {14: ((ctypes.c_uint32, ctypes.c_int32, _POINTER), lambda *a: _memory(answer, *a))}
        )
        methods = {
            0: ((_POINTER, _POINTER), lambda _, out: _query(newer, answer, out)),
            9: ((_POINTER, _POINTER), lambda guid, out: _version(answer, guid, out)),
            10: ((_POINTER,), lambda out: _describe(answer, out)),
        }
        return self._kept(methods)

    def _kept(self, methods: dict[int, Any]) -> ComObject:
        made = ComObject(methods)
        self.objects.append(made)
        return made


def _give(adapters: Sequence[ComObject], number: int, out: int) -> int:
    if number >= len(adapters):
        return NOT_FOUND
    _store(out, adapters[number].address)
    return 0


def _query(newer: ComObject, answer: Answer, out: int) -> int:
    if answer.local is None:
        return NO_INTERFACE
    _store(out, newer.address)
    return 0


def _memory(answer: Answer, node: int, segment: int, out: int) -> int:
    figures = (answer.local, answer.non_local)[segment]
    if figures is None or node:
        return NO_INTERFACE
    info = MemoryInfo.from_address(out)
    info.budget, info.usage = figures
    return 0


def _version(answer: Answer, guid: int, out: int) -> int:
    assert UUID(bytes_le=ctypes.string_at(guid, 16)) == UUID("54ec77fa-1377-44e6-8c32-88fd5f44c84c")
    if not answer.driver:
        return NO_INTERFACE
    a, b, c, d = map(int, answer.driver.split("."))
    ctypes.c_int64.from_address(out).value = a << 48 | b << 32 | c << 16 | d
    return 0


def _describe(answer: Answer, out: int) -> int:
    description = AdapterDescription.from_address(out)
    name = answer.name.encode("utf-16-le")
    ctypes.memmove(ctypes.addressof(description), name, len(name))
    description.vendor, description.flags = answer.vendor, answer.flags
    description.dedicated_video, description.shared_system = answer.dedicated, answer.shared
    return 0


def _store(place: int | None, address: int) -> None:
    assert place
    _POINTER.from_address(place).value = address
