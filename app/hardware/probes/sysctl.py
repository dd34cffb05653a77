"""macOS: values of the kernel, read by name without starting a program."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

Sysctl = Callable[[str], bytes | None]
"""Gives a value's bytes; None where the kernel knows no such name."""


def system_sysctl(name: str) -> bytes | None:
    """Ask the kernel; see `man 3 sysctlbyname`."""
    library = ctypes.CDLL(None)
    size = ctypes.c_size_t()
    encoded = name.encode("ascii")
    if library.sysctlbyname(encoded, None, ctypes.byref(size), None, ctypes.c_size_t(0)):
        return None
    buffer = ctypes.create_string_buffer(size.value)
    if library.sysctlbyname(encoded, buffer, ctypes.byref(size), None, ctypes.c_size_t(0)):
        return None
    return buffer.raw[: size.value]


def text(value: bytes | None) -> str:
    """A value that is a text."""
    return (value or b"").rstrip(b"\0").decode("utf-8", errors="replace")


def number(value: bytes | None) -> int:
    """A value that is a whole number, of four or eight bytes; 0 where there is none."""
    return int.from_bytes(value or b"", "little")
