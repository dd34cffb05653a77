"""Battery and power mode."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil

from app.hardware.machine import Fact, Power
from app.phrases import Phrase

_SECONDS = 1.0
_PROFILES = {
    "low-power": "saver",
    "quiet": "saver",
    "cool": "saver",
    "balanced": "balanced",
    "balanced-performance": "performance",
    "performance": "performance",
}


class PowerProbe:
    """Where the current comes from.

    Args:
        profile: Linux's platform profile (Documentation/ABI/testing/sysfs-platform_profile).
    """

    topic = Phrase("Battery and power mode")

    def __init__(self, profile: Path = Path("/sys/firmware/acpi/platform_profile")) -> None:
        self._profile = profile

    def look(self) -> Iterable[Fact]:
        """Ask the system."""
        battery = psutil.sensors_battery()
        if battery is None:
            return [Power(on_battery=False, mode=self._mode())]
        return [Power(on_battery=not battery.power_plugged, charge=round(battery.percent), mode=self._mode())]

    def _mode(self) -> str:
        if sys.platform == "win32":
            return _windows_mode()
        if sys.platform == "darwin":
            return _macos_mode()
        try:
            return _PROFILES.get(self._profile.read_text(encoding="ascii").strip(), "")
        except OSError:
            return ""


class _PowerStatus(ctypes.Structure):
    """SYSTEM_POWER_STATUS of winbase.h."""

    _fields_ = (
        ("line", ctypes.c_uint8),
        ("battery", ctypes.c_uint8),
        ("percent", ctypes.c_uint8),
        ("saver", ctypes.c_uint8),
        ("seconds", ctypes.c_uint32),
        ("full_seconds", ctypes.c_uint32),
    )


def _windows_mode() -> str:
    if sys.platform == "win32":
        status = _PowerStatus()
        if ctypes.WinDLL("kernel32").GetSystemPowerStatus(ctypes.byref(status)):
            return "saver" if status.saver else ""
    return ""


def _macos_mode() -> str:
    try:
        done = subprocess.run(["/usr/bin/pmset", "-g"], capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    words = [line.split() for line in done.stdout.decode("utf-8", errors="replace").splitlines()]
    return "saver" if ["lowpowermode", "1"] in words else ""
