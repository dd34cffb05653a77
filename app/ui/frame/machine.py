"""What is known of this computer without asking any driver."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_SECONDS = 2.0


@dataclass(frozen=True)
class Machine:
    """What does not change while the program runs.

    Attributes:
        processor: its name as the system tells it; empty when it does not.
        cores: physical cores; 0 when unknown.
        threads: logical processors.
        memory: bytes of memory.
        system: operating system, version and architecture.
        runtime: version of onnxruntime; empty when it is not installed.
    """

    processor: str
    cores: int
    threads: int
    memory: int
    system: str
    runtime: str


@dataclass(frozen=True)
class Room:
    """Bytes that are free right now.

    Attributes:
        memory: what programs can get without swapping.
        disk: on the disk that holds the models.
        disk_total: size of that disk.
    """

    memory: int
    disk: int
    disk_total: int


def look() -> Machine:
    """Read what is known of this computer."""
    return Machine(
        processor=_processor(),
        cores=psutil.cpu_count(logical=False) or 0,
        threads=psutil.cpu_count() or 1,
        memory=psutil.virtual_memory().total,
        system=f"{platform.system()} {platform.release()}, {platform.machine()}",
        runtime=_version("onnxruntime"),
    )


def free_room(folder: Path) -> Room:
    """Read what is free.

    Args:
        folder: where the models lie; it need not exist yet.
    """
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    disk = psutil.disk_usage(str(existing))
    return Room(psutil.virtual_memory().available, disk.free, disk.total)


def _processor() -> str:
    if sys.platform == "win32":
        return _windows_processor()
    if sys.platform == "darwin":
        return _answer("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string")
    return _linux_processor(Path("/proc/cpuinfo")) or platform.processor()


def _linux_processor(info: Path) -> str:
    try:
        match = re.search(r"^model name\s*:\s*(.+)$", info.read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return ""
    return match.group(1).strip() if match else ""


def _windows_processor() -> str:
    if sys.platform == "win32":
        import winreg

        place = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
        except OSError:
            return ""
    return ""


def _answer(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace").strip()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
