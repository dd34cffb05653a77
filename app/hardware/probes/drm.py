"""Linux: graphics adapters from sysfs, as the drivers amdgpu, i915 and xe tell.

Documentation/gpu/amdgpu/driver-misc.rst and Documentation/ABI/testing/sysfs-driver-intel-xe-* of the kernel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.hardware.machine import Adapter, AdapterKind, Fact
from app.hardware.probes.probe import vendor_name
from app.phrases import Phrase

_CARD = re.compile(r"card\d+")
_SMALL_CARVE_OUT = 1 << 30
_DEVICE_ON_ROOT_BUS = re.compile(r"[0-9a-f]+:00:02\.0")
_VIRTUAL = frozenset(
    ("virtio_gpu", "virtio-pci", "bochs-drm", "qxl", "vmwgfx", "cirrus", "ast", "mgag200", "hyperv_drm")
)


class DrmProbe:
    """Every card that the kernel lists.

    Args:
        root: of sysfs.
    """

    topic = Phrase("Graphics adapters")

    def __init__(self, root: Path = Path("/sys")) -> None:
        self._cards = root / "class" / "drm"

    def look(self) -> Iterable[Fact]:
        """Read sysfs."""
        if not self._cards.is_dir():
            return []
        cards = sorted(card for card in self._cards.iterdir() if _CARD.fullmatch(card.name))
        return [_adapter(card / "device") for card in cards if (card / "device" / "vendor").is_file()]


def _adapter(device: Path) -> Adapter:
    vendor = _hexadecimal(device / "vendor")
    events = dict(_events(device / "uevent"))
    driver, address = events.get("DRIVER", ""), events.get("PCI_SLOT_NAME", "")
    dedicated, used = _dedicated(device)
    kind = _kind(driver, address, dedicated)
    shared, shared_used = _number(device / "mem_info_gtt_total"), _number(device / "mem_info_gtt_used")
    if kind is AdapterKind.INTEGRATED and dedicated is not None and shared is not None:
        used = (used or 0) + (shared_used or 0)
        free: int | None = dedicated + shared - used
    else:
        free = None if dedicated is None or used is None else dedicated - used
    return Adapter(
        name=_text(device / "product_name"),
        vendor=vendor_name(vendor),
        kind=kind,
        dedicated=dedicated,
        shared=shared,
        free=free,
        address=address,
        sources=(driver or "DRM",),
    )


def _dedicated(device: Path) -> tuple[int | None, int | None]:
    """Memory of its own and what is used of it, where the driver says: amdgpu both, xe the size."""
    size = _number(device / "mem_info_vram_total")
    if size is not None:
        return size, _number(device / "mem_info_vram_used")
    tiles = [_number(tile / "physical_vram_size_bytes") for tile in sorted(device.glob("tile*"))]
    known = [tile for tile in tiles if tile is not None]
    return (sum(known), None) if known else (None, None)


def _kind(driver: str, address: str, dedicated: int | None) -> AdapterKind:
    if driver in _VIRTUAL:
        return AdapterKind.SOFTWARE
    if driver in {"i915", "xe"}:  # Intel's own chips have been device 2 on the first bus since 2004
        integrated = _DEVICE_ON_ROOT_BUS.fullmatch(address) is not None
        return AdapterKind.INTEGRATED if integrated else AdapterKind.DISCRETE
    if dedicated is None:
        return AdapterKind.DISCRETE if driver in {"nvidia", "nouveau"} else AdapterKind.UNKNOWN
    return AdapterKind.INTEGRATED if dedicated <= _SMALL_CARVE_OUT else AdapterKind.DISCRETE


def _events(path: Path) -> Iterator[tuple[str, str]]:
    for line in _text(path).splitlines():
        name, _, value = line.partition("=")
        yield name, value


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _number(path: Path) -> int | None:
    text = _text(path)
    return int(text) if text.isdecimal() else None


def _hexadecimal(path: Path) -> int:
    try:
        return int(_text(path), 16)
    except ValueError:
        return 0
