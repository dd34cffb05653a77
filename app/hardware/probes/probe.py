"""What every probe has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from app.hardware.machine import Fact
from app.phrases import Phrase

VENDORS = {
    0x1002: "AMD",
    0x1022: "AMD",
    0x106B: "Apple",
    0x10DE: "NVIDIA",
    0x13B5: "Arm",
    0x1414: "Microsoft",
    0x5143: "Qualcomm",
    0x4D4F4351: "Qualcomm",
    0x8086: "Intel",
    0x10005: "Mesa",
}
"""PCI-SIG vendor ids, and those that DXGI and Vulkan use where there is no PCI bus."""


class Probe(Protocol):
    """Asks one part of the system."""

    @property
    def topic(self) -> Phrase:
        """What stays unknown when it fails."""

    def look(self) -> Iterable[Fact]:
        """Ask.

        Raises:
            Exception: whatever the system's answer causes; the topic is unknown then.
        """


def vendor_name(number: int) -> str:
    """The maker's name, or its number."""
    return VENDORS.get(number, f"0x{number:04x}")
