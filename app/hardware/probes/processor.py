"""The processor's name, its cores, and the instructions that the kernels choose by."""

from __future__ import annotations

import ctypes
import platform
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil

from app.hardware.machine import Fact, Processor
from app.hardware.probes.sysctl import Sysctl, number, system_sysctl, text
from app.phrases import Phrase

# What MLAS, the library of onnxruntime's kernels, tells apart (onnxruntime/core/mlas/lib/platform.cpp).
_LINUX = {
    name: name.replace("asimddp", "dotprod")
    for name in (
        "avx", "avx2", "fma", "f16c", "avx_vnni", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16",
        "amx_int8", "amx_bf16", "asimddp", "asimdhp", "i8mm", "bf16", "sve",
    )
}  # fmt: skip
_MACOS = {
    "hw.optional.avx2_0": "avx2",
    "hw.optional.fma": "fma",
    "hw.optional.avx512f": "avx512f",
    "hw.optional.arm.FEAT_DotProd": "dotprod",
    "hw.optional.arm.FEAT_I8MM": "i8mm",
    "hw.optional.arm.FEAT_BF16": "bf16",
}
# PF_* of winnt.h, as IsProcessorFeaturePresent takes them; Windows tells of no others.
_WINDOWS = {39: "avx", 40: "avx2", 41: "avx512f", 43: "dotprod"}
_WINDOWS_NAME = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"


class ProcessorProbe:
    """This computer's processor.

    Args:
        cpuinfo: Linux's description of it.
        sysctl: macOS's.
        system: "linux", "darwin" or "win32".
    """

    topic = Phrase("Processor")

    def __init__(
        self,
        cpuinfo: Path = Path("/proc/cpuinfo"),
        sysctl: Sysctl = system_sysctl,
        system: str = sys.platform,
    ) -> None:
        self._cpuinfo, self._sysctl, self._system = cpuinfo, sysctl, system

    def look(self) -> Iterable[Fact]:
        """Ask the system."""
        name, instructions = self._ask()
        found = Processor(
            name=name or platform.processor(),
            architecture=platform.machine().lower(),
            cores=psutil.cpu_count(logical=False) or 0,
            threads=psutil.cpu_count() or 1,
            instructions=instructions,
        )
        return [found]

    def _ask(self) -> tuple[str, tuple[str, ...]]:
        if self._system == "win32":
            return _windows_name(), _windows_instructions()
        if self._system == "darwin":
            present = [known for name, known in _MACOS.items() if number(self._sysctl(name))]
            return text(self._sysctl("machdep.cpu.brand_string")), tuple(present)
        return _read_cpuinfo(self._cpuinfo.read_text(encoding="utf-8", errors="replace"))


def _read_cpuinfo(content: str) -> tuple[str, tuple[str, ...]]:
    """Name and instructions; Arm's cpuinfo has no name."""
    name = re.search(r"^model name\s*:\s*(.+)$", content, re.MULTILINE)
    flags = re.search(r"^(?:flags|Features)\s*:\s*(.+)$", content, re.MULTILINE)
    present = set(flags.group(1).split()) if flags else set()
    return name.group(1).strip() if name else "", tuple(
        known for flag, known in _LINUX.items() if flag in present
    )


def _windows_name() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS_NAME) as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
    return ""


def _windows_instructions() -> tuple[str, ...]:
    if sys.platform == "win32":
        present = ctypes.WinDLL("kernel32").IsProcessorFeaturePresent
        return tuple(name for feature, name in _WINDOWS.items() if present(feature))
    return ()
