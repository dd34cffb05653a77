"""Linux: sysfs of amdgpu, i915 and xe, NVML, the Vulkan loader."""
# ruff: noqa: N802 - pynvml's names

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.hardware.adapters import marketed_gb, merged
from app.hardware.machine import Adapter, AdapterKind, Unknown
from app.hardware.probes.drm import DrmProbe
from app.hardware.probes.nvml import NvmlProbe
from app.hardware.probes.vulkan import VulkanProbe

MIB = 1 << 20
AMDGPU = {
    "vendor": "0x1002",
    "device": "0x744c",
    "uevent": "DRIVER=amdgpu\nPCI_ID=1002:744C\nPCI_SLOT_NAME=0000:03:00.0",
    "mem_info_vram_total": str(24_560 * MIB),
    "mem_info_vram_used": str(1_060 * MIB),
    "mem_info_gtt_total": str(15_900 * MIB),
    "mem_info_gtt_used": str(60 * MIB),
}
XE = {
    "vendor": "0x8086",
    "device": "0x56a0",
    "uevent": "DRIVER=xe\nPCI_SLOT_NAME=0000:04:00.0",
    "tile0/physical_vram_size_bytes": str(16_288 * MIB),
}
I915 = {"vendor": "0x8086", "device": "0x4692", "uevent": "DRIVER=i915\nPCI_SLOT_NAME=0000:00:02.0"}


def sysfs(root: Path, *cards: Mapping[str, str]) -> Path:
    """A /sys with such cards, and with the connectors that lie beside real ones."""
    for number, card in enumerate(cards):
        (root / "class" / "drm" / f"card{number}-HDMI-A-1" / "device").mkdir(parents=True)
        for name, content in card.items():
            path = root / "class" / "drm" / f"card{number}" / "device" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content + "\n", encoding="utf-8")
    return root


def test_amdgpu_tells_size_and_use(tmp_path: Path) -> None:
    [card] = DrmProbe(sysfs(tmp_path, AMDGPU)).look()
    assert (card.vendor, card.kind, card.address) == ("AMD", AdapterKind.DISCRETE, "0000:03:00.0")
    assert (card.dedicated, card.free) == (24_560 * MIB, 23_500 * MIB)


def test_an_amd_chip_counts_the_share_of_the_computers_memory(tmp_path: Path) -> None:
    chip = AMDGPU | {"mem_info_vram_total": str(512 * MIB), "mem_info_vram_used": str(100 * MIB)}
    [found] = DrmProbe(sysfs(tmp_path, chip)).look()
    assert found.kind is AdapterKind.INTEGRATED
    assert (found.capacity, found.free) == (16_412 * MIB, 16_252 * MIB)


def test_xe_tells_the_size_alone_and_i915_nothing(tmp_path: Path) -> None:
    arc, chip = DrmProbe(sysfs(tmp_path, XE, I915)).look()
    assert (arc.kind, arc.dedicated, arc.free) == (AdapterKind.DISCRETE, 16_288 * MIB, None)
    assert (chip.kind, chip.dedicated, chip.free) == (AdapterKind.INTEGRATED, None, None)


def test_a_virtual_card_computes_nothing(tmp_path: Path) -> None:
    card = {"vendor": "0x1af4", "device": "0x1050", "uevent": "DRIVER=virtio-pci\nPCI_SLOT_NAME=0000:00:01.0"}
    [found] = DrmProbe(sysfs(tmp_path, card)).look()
    assert not found.computes


def test_damaged_figures_are_unknown(tmp_path: Path) -> None:
    [card] = DrmProbe(sysfs(tmp_path, AMDGPU | {"mem_info_vram_total": "?", "device": "?"})).look()
    assert (card.dedicated, card.free) == (None, None)


def test_no_graphics_in_sysfs(tmp_path: Path) -> None:
    assert list(DrmProbe(tmp_path).look()) == []


class Nvml:
    """NVML as it answers on a computer with one card."""

    NVML_ERROR_DRIVER_NOT_LOADED = 9

    class NVMLError(Exception):
        value = 999

    class NVMLError_LibraryNotFound(NVMLError):  # noqa: N801
        value = 12

    def __init__(self, **answers: Any) -> None:
        self.closed = False
        self._answers = answers

    def nvmlInit(self) -> None:
        if failure := self._answers.get("init"):
            raise failure

    def nvmlShutdown(self) -> None:
        self.closed = True

    def nvmlSystemGetDriverVersion(self) -> str:
        return "580.95.05"

    def nvmlDeviceGetCount(self) -> int:
        return 1

    def nvmlDeviceGetHandleByIndex(self, number: int) -> int:
        return number

    def nvmlDeviceGetName(self, handle: int) -> bytes:
        return b"NVIDIA GeForce RTX 5080"

    def nvmlDeviceGetMemoryInfo(self, handle: int) -> SimpleNamespace:
        if failure := self._answers.get("memory"):
            raise failure
        return SimpleNamespace(total=16_303 * MIB, free=15_840 * MIB)

    def nvmlDeviceGetPciInfo(self, handle: int) -> SimpleNamespace:
        return SimpleNamespace(busId=b"00000000:2D:00.0")


def test_nvml_tells_all() -> None:
    library = Nvml()
    [card] = NvmlProbe(library).look()
    assert card == Adapter(
        name="NVIDIA GeForce RTX 5080",
        vendor="NVIDIA",
        kind=AdapterKind.DISCRETE,
        dedicated=16_303 * MIB,
        free=15_840 * MIB,
        driver="580.95.05",
        address="0000:2d:00.0",
        sources=("NVML",),
    )
    assert library.closed


def test_memory_that_nvml_does_not_tell_is_unknown() -> None:
    [card] = NvmlProbe(Nvml(memory=Nvml.NVMLError("not supported"))).look()
    assert (card.dedicated, card.free) == (None, None)


def test_without_nvidias_driver_there_is_none() -> None:
    assert list(NvmlProbe(Nvml(init=Nvml.NVMLError_LibraryNotFound())).look()) == []


def test_a_driver_that_fails_is_unknown() -> None:
    [gap] = NvmlProbe(Nvml(init=Nvml.NVMLError("driver and library differ"))).look()
    assert isinstance(gap, Unknown)
    assert "driver and library differ" in str(gap.reason)


@pytest.mark.skipif(sys.platform != "linux", reason="the probe is Linux's")
def test_the_real_nvml_answers_or_is_not_there() -> None:
    for found in NvmlProbe().look():
        assert isinstance(found, Adapter | Unknown)


def test_without_a_vulkan_loader_there_is_none() -> None:
    assert list(VulkanProbe("libvulkan-that-is-not-there.so.1").look()) == []


@pytest.mark.skipif(not ctypes.util.find_library("vulkan"), reason="no Vulkan loader on this computer")
def test_the_real_vulkan_loader() -> None:
    for adapter in VulkanProbe().look():
        assert adapter.name
        assert adapter.capacity


def test_probes_complete_each_other(tmp_path: Path) -> None:
    [arc] = DrmProbe(sysfs(tmp_path, XE)).look()
    vulkan = Adapter(
        name="Intel(R) Arc(tm) A770 Graphics (DG2)",
        vendor="Intel",
        kind=AdapterKind.DISCRETE,
        dedicated=16_225 * MIB,
        free=15_000 * MIB,
        driver="25.0.7",
        address="0000:04:00.0",
        sources=("Vulkan",),
    )
    [found] = merged([arc, vulkan])
    assert (found.name, found.dedicated, found.free) == (vulkan.name, 16_288 * MIB, 15_000 * MIB)
    assert found.sources == ("xe", "Vulkan")


def test_two_alike_stay_two() -> None:
    card = Adapter("Card", "NVIDIA", AdapterKind.DISCRETE, 1 << 34, sources=("DXGI",))
    assert merged([card, card]) == (card, card)


def test_software_comes_last() -> None:
    software = Adapter("llvmpipe", "Mesa", AdapterKind.SOFTWARE, 1 << 40)
    chip = Adapter("Chip", "Intel", AdapterKind.INTEGRATED, shared=1 << 34)
    card = Adapter("Card", "AMD", AdapterKind.DISCRETE, 1 << 33)
    assert merged([software, chip, card]) == (card, chip, software)


@pytest.mark.parametrize(
    ("mib", "sold"),
    [(16_303, 16), (16_376, 16), (15_109, 16), (12_282, 12), (12_010, 12), (8_188, 8), (6_144, 6), (128, 0),
     (24_564, 24), (11_264, 11), (10_240, 10), (32_607, 32), (143_771, 141)],
)  # fmt: skip
def test_what_a_card_is_sold_as(mib: int, sold: int) -> None:
    assert marketed_gb(mib * MIB) == sold
