"""Linux: whether there can be a graphics adapter at all, which no driver need be asked for."""

from __future__ import annotations

import sys
from pathlib import Path

_DISPLAY = "0x03"
_NODES = ("dri/renderD*", "nvidia[0-9]*", "dxg")


def may_have_graphics(root: Path = Path("/")) -> bool:
    """Whether a graphics adapter that computes may be here; True where the system cannot tell at once.

    The kernel makes a node in /dev for each that has a driver (dri/renderD*, nvidia*, WSL's dxg); NVIDIA's
    appears with its first use only, but the device is on the PCI bus (class 0x03, display).

    Args:
        root: of the file system.
    """
    if sys.platform != "linux":
        return True
    if any(found for node in _NODES for found in (root / "dev").glob(node)):
        return True
    try:
        classes = [
            path.read_text(encoding="ascii") for path in (root / "sys/bus/pci/devices").glob("*/class")
        ]
    except (OSError, ValueError):
        return True
    return any(found.startswith(_DISPLAY) for found in classes)
