"""COM objects called by ctypes: a method is known by its place in a table, as the headers declare it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

QUERY_INTERFACE = 0
_RELEASE = 2
_NUMBERS = (ctypes.c_uint32, ctypes.c_int32, ctypes.c_uint64)


def guid(number: UUID) -> Any:
    """A pointer to a GUID."""
    return ctypes.byref((ctypes.c_ubyte * 16)(*number.bytes_le))


def call(this: ctypes.c_void_p, method: int, *arguments: Any) -> int:
    """Call a method by its place in the object's table of methods; gives its HRESULT."""
    table = ctypes.cast(this, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    kinds = [type(each) if isinstance(each, _NUMBERS) else ctypes.c_void_p for each in arguments]
    function = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, *kinds)(table[method] or 0)
    given = (each if isinstance(each, _NUMBERS) else ctypes.cast(each, ctypes.c_void_p) for each in arguments)
    return int(function(this, *given))


def release(this: ctypes.c_void_p) -> None:
    """Give an object back."""
    call(this, _RELEASE)


@contextmanager
def released(this: ctypes.c_void_p) -> Iterator[ctypes.c_void_p]:
    """The object, given back at the end of the block."""
    try:
        yield this
    finally:
        release(this)


def check(code: int, what: str) -> None:
    """Raise OSError where an HRESULT is a failure."""
    if code < 0:
        raise OSError(f"{what} failed with 0x{code & 0xFFFFFFFF:08X}")
