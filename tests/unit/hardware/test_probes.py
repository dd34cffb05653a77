"""Processor, memory, power, disk, bandwidth, Metal: recorded answers, and the real ones of this computer."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import psutil
import pytest

from app.hardware.machine import AdapterKind, Bandwidth, Disk, Unknown
from app.hardware.probes.bandwidth import BandwidthProbe, read_bandwidth
from app.hardware.probes.disk import DiskProbe, read_speed
from app.hardware.probes.memory import MemoryProbe
from app.hardware.probes.metal import Answer, MetalProbe
from app.hardware.probes.power import PowerProbe
from app.hardware.probes.processor import ProcessorProbe

INTEL = """processor\t: 0
vendor_id\t: GenuineIntel
model name\t: 13th Gen Intel(R) Core(TM) i7-13700K
flags\t\t: fpu vme avx f16c avx2 fma avx_vnni
"""
ARM = "processor\t: 0\nFeatures\t: fp asimd asimdhp asimddp i8mm bf16\nCPU implementer\t: 0x41\n"
M3 = {
    "machdep.cpu.brand_string": b"Apple M3 Pro\0",
    "hw.optional.arm.FEAT_DotProd": (1).to_bytes(4, "little"),
    "hw.optional.arm.FEAT_I8MM": (1).to_bytes(4, "little"),
    "hw.optional.arm.FEAT_BF16": (0).to_bytes(4, "little"),
}


@pytest.mark.parametrize(
    ("content", "name", "instructions"),
    [
        (INTEL, "13th Gen Intel(R) Core(TM) i7-13700K", {"avx", "avx2", "fma", "f16c", "avx_vnni"}),
        (ARM, platform.processor(), {"dotprod", "asimdhp", "i8mm", "bf16"}),
        ("", platform.processor(), set()),
    ],
)
def test_linux_processors(tmp_path: Path, content: str, name: str, instructions: set[str]) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(content, encoding="utf-8")
    [found] = ProcessorProbe(cpuinfo=path, system="linux").look()
    assert (found.name, set(found.instructions)) == (name, instructions)


def test_an_apple_chip() -> None:
    [found] = ProcessorProbe(sysctl=M3.get, system="darwin").look()
    assert (found.name, found.instructions) == ("Apple M3 Pro", ("dotprod", "i8mm"))


def test_the_real_processor() -> None:
    [found] = ProcessorProbe().look()
    assert found.threads == psutil.cpu_count()
    assert found.architecture


def test_the_real_memory() -> None:
    memory = MemoryProbe().now()
    assert 0 < memory.free <= memory.with_swap
    assert memory.available <= memory.total


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's files")
def test_a_container_that_is_given_less(tmp_path: Path) -> None:
    group = tmp_path / "sys" / "fs" / "cgroup"
    group.mkdir(parents=True)
    figures = {"memory.max": str(1 << 30), "memory.current": str(700 << 20)}
    figures["memory.stat"] = f"anon 1\ninactive_file {100 << 20}"
    for name, content in figures.items():
        (group / name).write_text(content + "\n", encoding="ascii")
    memory = MemoryProbe(tmp_path, "linux").now()
    assert (memory.total, memory.available, memory.swap) == (1 << 30, 424 << 20, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's files")
@pytest.mark.parametrize(("mode", "commit"), [("0", None), ("2", 300 << 20)])
def test_promises_count_where_the_kernel_keeps_them(tmp_path: Path, mode: str, commit: int | None) -> None:
    (tmp_path / "proc" / "sys" / "vm").mkdir(parents=True)
    (tmp_path / "proc" / "sys" / "vm" / "overcommit_memory").write_text(mode, encoding="ascii")
    info = f"MemTotal: 1 kB\nCommitLimit: {800 << 10} kB\nCommitted_AS: {500 << 10} kB\n"
    (tmp_path / "proc" / "meminfo").write_text(info, encoding="ascii")
    memory = MemoryProbe(tmp_path, "linux").now()
    assert memory.commit == commit
    assert commit is None or memory.free == commit


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's file")
@pytest.mark.parametrize(
    ("profile", "mode"), [("low-power", "saver"), ("performance", "performance"), ("custom", "")]
)
def test_power_modes(tmp_path: Path, profile: str, mode: str) -> None:
    (tmp_path / "profile").write_text(profile + "\n", encoding="ascii")
    [found] = PowerProbe(tmp_path / "profile").look()
    assert found.mode == mode


def test_the_real_power() -> None:
    [found] = PowerProbe().look()
    assert found.charge is None or 0 <= found.charge <= 100


def test_a_disk_without_a_large_file(tmp_path: Path) -> None:
    disk, gap = DiskProbe(tmp_path / "not" / "yet").look()
    assert isinstance(disk, Disk)
    assert 0 < disk.free <= disk.total
    assert disk.read_speed is None
    assert isinstance(gap, Unknown)


def test_the_disk_is_read_where_a_file_is_large(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    file = tmp_path / "model" / "weights"
    with file.open("wb") as opened:
        opened.write(os.urandom(1 << 20) * 64)
    [disk] = DiskProbe(tmp_path).look()
    assert isinstance(disk, Disk)
    assert disk.read_speed
    assert disk.read_speed > 1e6


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_speed(tmp_path / "gone")


def test_bandwidth_is_believed_or_measured() -> None:
    assert list(BandwidthProbe(5e10).look()) == [Bandwidth(5e10)]
    assert 1e8 < read_bandwidth(1, size=1 << 24, seconds=0.05) < 1e13


def test_apple_chips_compute_in_what_metal_recommends() -> None:
    answers = [Answer("Apple M3 Pro", 27_917_287_424, 1 << 20, unified=True)]
    [roomy] = MetalProbe(lambda: answers, available=30 << 30).look()
    assert (roomy.vendor, roomy.kind, roomy.capacity) == ("Apple", AdapterKind.INTEGRATED, 27_917_287_424)
    assert roomy.free == 27_917_287_424 - (1 << 20)
    [full] = MetalProbe(lambda: answers, available=4 << 30).look()
    assert full.free == 4 << 30


@pytest.mark.skipif(sys.platform != "darwin", reason="Metal is part of macOS")
def test_the_real_metal() -> None:
    assert all(adapter.name for adapter in MetalProbe().look())
