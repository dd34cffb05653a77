"""The computer's memory: what is free, and what the system still promises."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil

from app.hardware.machine import Fact, Memory
from app.phrases import Phrase

_STRICT = "2"
_UNLIMITED = 1 << 60


class MemoryProbe:
    """What there is now.

    Args:
        root: of Linux's /proc and /sys.
        system: "linux", "darwin" or "win32".
    """

    topic = Phrase("Memory")

    def __init__(self, root: Path = Path("/"), system: str = sys.platform) -> None:
        self._root, self._system = root, system

    def look(self) -> Iterable[Fact]:
        """Ask the system."""
        return [self.now()]

    def now(self) -> Memory:
        """The memory at this moment; takes well under a millisecond."""
        found = psutil.virtual_memory()
        if self._system == "win32":
            return Memory(found.total, found.available, *_windows_promises(found.available))
        if self._system == "darwin":
            return Memory(found.total, found.available)
        return self._within_container(Memory(found.total, found.available, _free_swap(), self._commit()))

    def _commit(self) -> int | None:
        """What is left to promise where the kernel keeps to it (vm.overcommit_memory = 2)."""
        if _text(self._root / "proc/sys/vm/overcommit_memory") != _STRICT:
            return None
        lines = _text(self._root / "proc/meminfo").splitlines()
        figures = {
            name: int(rest.split()[0]) << 10 for name, _, rest in (line.partition(":") for line in lines)
        }
        return figures["CommitLimit"] - figures["Committed_AS"]

    def _within_container(self, memory: Memory) -> Memory:
        """The same in a control group that is given less than the computer has."""
        group = self._root / "sys/fs/cgroup"
        limit, used = _number(group / "memory.max"), _number(group / "memory.current")
        if limit is None or used is None or limit >= min(memory.total, _UNLIMITED):
            return memory
        files = _statistic(_text(group / "memory.stat"), "inactive_file")
        left = max(0, limit - used + files)
        return Memory(limit, min(memory.available, left), 0, memory.commit)


def _free_swap() -> int:
    try:
        return int(psutil.swap_memory().free)
    except (OSError, RuntimeError):  # a container may hide it
        return 0


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of sysinfoapi.h."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        ("commit_limit", ctypes.c_uint64),
        ("commit_left", ctypes.c_uint64),
        ("virtual_total", ctypes.c_uint64),
        ("virtual_available", ctypes.c_uint64),
        ("extended", ctypes.c_uint64),
    )


def _windows_promises(available: int) -> tuple[int, int | None]:
    """Swap space and what is left of the commit limit: Windows promises no byte it cannot hold."""
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        if ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status)):
            return max(0, status.commit_left - available), status.commit_left
    return 0, None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _number(path: Path) -> int | None:
    text = _text(path)
    return int(text) if text.isdecimal() else None


def _statistic(content: str, name: str) -> int:
    for line in content.splitlines():
        key, _, value = line.partition(" ")
        if key == name:
            return int(value)
    return 0
