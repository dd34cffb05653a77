"""The disk that holds the models: room, and how fast it is read."""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import psutil

from app.hardware.machine import Disk, Fact, Unknown
from app.phrases import Phrase

_BLOCK = 1 << 22
_LARGE = 1 << 26
_SECONDS = 0.25
_SEQUENTIAL_NO_BUFFER = 0x20000000 | 0x08000000


class DiskProbe:
    """The disk under a folder.

    Args:
        folder: where the models lie; it need not exist yet.
    """

    topic = Phrase("Disk")

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def look(self) -> Iterable[Fact]:
        """Ask the system, and read a part of the largest file."""
        disk = disk_now(self._folder)
        file = _largest_file(self._folder)
        if file is None:
            reason = Phrase("No file of a model is large enough to measure it.")
            return [disk, Unknown(Phrase("Read speed of the disk"), reason)]
        return [replace(disk, read_speed=read_speed(file))]


def disk_now(folder: Path) -> Disk:
    """The disk under a folder at this moment; the folder need not exist yet.

    Raises:
        OSError: the disk does not answer.
    """
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    usage = psutil.disk_usage(str(existing))
    return Disk(usage.total, usage.free)


def _largest_file(folder: Path) -> Path | None:
    sizes: dict[Path, int] = {}
    for path in folder.glob("*/*"):
        with suppress(OSError):
            sizes[path] = path.stat().st_size if path.is_file() else 0
    largest = max(sizes, key=lambda path: sizes[path], default=None)
    return largest if largest is not None and sizes[largest] >= _LARGE else None


def read_speed(path: Path, seconds: float = _SECONDS) -> float | None:
    """Bytes a second that come from the disk itself, past the system's cache; None of too small a file.

    Args:
        path: a file of 4 MiB or more.
        seconds: how long to read.

    Raises:
        OSError: it cannot be read.
    """
    descriptor = _open_uncached(path)
    try:
        return _measure(descriptor, path.stat().st_size, seconds)
    finally:
        os.close(descriptor)


def _measure(descriptor: int, size: int, seconds: float) -> float | None:
    read, start = 0, perf_counter()
    with mmap.mmap(-1, _BLOCK) as buffer:  # its pages lie as unbuffered reading wants them
        while read + _BLOCK <= size and perf_counter() - start < seconds:
            _forget(descriptor, read)
            read += _read_into(descriptor, buffer)
    return read / (perf_counter() - start) if read else None


def _read_into(descriptor: int, buffer: mmap.mmap) -> int:
    with os.fdopen(os.dup(descriptor), "rb", buffering=0) as file:
        return file.readinto(buffer) or 0


def _forget(descriptor: int, offset: int) -> None:
    """Let the kernel drop the pages that are read next; they can always be read again."""
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, offset, _BLOCK, os.POSIX_FADV_DONTNEED)


def _open_uncached(path: Path) -> int:
    if sys.platform == "win32":
        return _open_on_windows(path)
    descriptor = os.open(path, os.O_RDONLY)
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_NOCACHE, 1)
    return descriptor


def _open_on_windows(path: Path) -> int:
    """CreateFileW with FILE_FLAG_NO_BUFFERING, which `open` does not offer."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        create = ctypes.WinDLL("kernel32", use_last_error=True).CreateFileW
        create.restype = ctypes.c_void_p
        handle = create(str(path), 0x80000000, 7, None, 3, _SEQUENTIAL_NO_BUFFER, None)
        if handle in {None, ctypes.c_void_p(-1).value}:
            raise ctypes.WinError(ctypes.get_last_error())
        return msvcrt.open_osfhandle(handle, os.O_RDONLY)
    raise OSError("only Windows opens files so")
