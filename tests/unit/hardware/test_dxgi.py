"""DXGI: calls through tables of methods, and what the answers mean."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.hardware.adapters import marketed_gb
from app.hardware.machine import Adapter, AdapterKind
from app.hardware.probes.dxgi import Answer, DxgiProbe, adapter_of
from tests.support.com import FakeDxgi
from tests.support.wine import UNDER_WINE

MIB = 1 << 20
CARD = Answer(
    name="NVIDIA GeForce RTX 5080",
    vendor=0x10DE,
    dedicated=16_303 * MIB,
    shared=32_638 * MIB,
    local=(15_535 * MIB, 12 * MIB),
    non_local=(31_870 * MIB, 0),
    driver="32.0.15.9155",
)
CHIP = Answer(
    name="Intel(R) UHD Graphics 770",
    vendor=0x8086,
    dedicated=128 * MIB,
    shared=16_302 * MIB,
    local=(15_669 * MIB, 0),
    non_local=(0, 0),
    driver="31.0.101.5590",
)
RENDERER = Answer("Microsoft Basic Render Driver", 0x1414, 0, 16_302 * MIB, flags=2, driver="10.0.26100.1")


def test_everything_that_dxgi_says_arrives() -> None:
    dxgi = FakeDxgi([CARD, CHIP, RENDERER])
    card, chip, renderer = DxgiProbe(dxgi.create_factory).look()
    assert card == Adapter(
        name="NVIDIA GeForce RTX 5080",
        vendor="NVIDIA",
        kind=AdapterKind.DISCRETE,
        dedicated=16_303 * MIB,
        shared=32_638 * MIB,
        free=15_523 * MIB,
        driver="32.0.15.9155",
        sources=("DXGI",),
        order=0,
    )
    assert (chip.order, renderer.order) == (1, 2)
    assert (chip.kind, chip.free, chip.capacity) == (AdapterKind.INTEGRATED, 15_669 * MIB, 16_430 * MIB)
    assert (renderer.kind, renderer.computes) == (AdapterKind.SOFTWARE, False)


def test_every_object_is_released_as_often_as_it_was_given() -> None:
    dxgi = FakeDxgi([CARD, RENDERER])
    list(DxgiProbe(dxgi.create_factory).look())
    # The card's newer interface and itself, the renderer's (never asked for) and itself, the factory.
    assert [each.released for each in dxgi.objects] == [1, 1, 0, 1, 1]


def test_no_adapter_at_all() -> None:
    assert list(DxgiProbe(FakeDxgi([]).create_factory).look()) == []


def test_a_factory_that_is_refused_is_named() -> None:
    with pytest.raises(OSError, match="CreateDXGIFactory1 failed with 0x887A0022"):
        list(DxgiProbe(lambda *_: 0x887A0022 - (1 << 32)).look())


def test_windows_before_10_tells_no_budget() -> None:
    old = Answer("AMD Radeon RX 580", 0x1002, 8_192 * MIB, 8_000 * MIB)
    [adapter] = DxgiProbe(FakeDxgi([old]).create_factory).look()
    assert (adapter.kind, adapter.free, adapter.driver) == (AdapterKind.DISCRETE, None, "")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer("", 0x1002, 512 * MIB, 0), AdapterKind.INTEGRATED),
        (Answer("", 0x10DE, 2_048 * MIB, 0), AdapterKind.DISCRETE),
        (Answer("", 0x10DE, 8_192 * MIB, 0, flags=1), AdapterKind.REMOTE),
        (Answer("Microsoft Remote Display Adapter", 0x1414, 0, 0), AdapterKind.SOFTWARE),
        # A chip to which the firmware gave much of the computer's memory, and which may have more.
        (Answer("", 0x1002, 16_384 * MIB, 0, local=(24 << 30, 0), non_local=(0, 0)), AdapterKind.INTEGRATED),
        # Wine keeps no account of the computer's memory.
        (Answer("", 0x10DE, 8_192 * MIB, 0, local=(8 << 30, 0), non_local=(0, 0)), AdapterKind.DISCRETE),
    ],
)
def test_kinds(answer: Answer, kind: AdapterKind) -> None:
    assert adapter_of(answer).kind is kind


@pytest.mark.skipif(sys.platform == "win32", reason="DXGI is there")
def test_elsewhere_there_is_no_dxgi() -> None:
    with pytest.raises(OSError, match="part of Windows"):
        DxgiProbe()


@pytest.mark.skipif(sys.platform != "win32", reason="DXGI is part of Windows")
def test_the_real_one() -> None:
    for adapter in real_adapters():
        assert adapter.name
        assert adapter.dedicated is not None


@pytest.mark.skipif(not UNDER_WINE, reason="only Wine fakes adapters")
@pytest.mark.parametrize(
    ("mib", "vendor", "device", "maker", "sold"),
    [
        (16_303, 0x10DE, 0x1B80, "NVIDIA", 16),
        (12_282, 0x10DE, 0x1B80, "NVIDIA", 12),
        (8_188, 0x1002, 0x67DF, "AMD", 8),
        (128, 0x8086, 0x0416, "Intel", 0),
    ],
)
def test_faked_adapters_through_real_calls(mib: int, vendor: int, device: int, maker: str, sold: int) -> None:
    """Wine reads what to pretend when a process asks for the first time: hence a child."""
    real_adapters()
    with faked(mib, vendor, device):
        command = [sys.executable, "-c", CHILD]
        found = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    assert found["vendor"] == maker
    assert found["dedicated"] == mib * MIB
    assert marketed_gb(found["dedicated"]) == sold
    assert found["kind"] == ("integrated" if mib == 128 else "discrete")


CHILD = """
import json
from dataclasses import asdict
from app.hardware.probes.dxgi import DxgiProbe
print(json.dumps(asdict(list(DxgiProbe().look())[0])))
"""


def real_adapters() -> list[Adapter]:
    try:
        return list(DxgiProbe().look())
    except OSError as error:
        if not UNDER_WINE:
            raise
        pytest.skip(f"Wine has no display here: {error}")


@contextmanager
def faked(mib: int, vendor: int, device: int) -> Iterator[None]:
    """Let Wine pretend that there is such a card."""
    if sys.platform == "win32":
        import winreg

        values = {"VideoMemorySize": str(mib), "VideoPciVendorID": vendor, "VideoPciDeviceID": device}
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, r"Software\Wine\Direct3D") as key:
            for name, value in values.items():
                kind = winreg.REG_SZ if isinstance(value, str) else winreg.REG_DWORD
                winreg.SetValueEx(key, name, 0, kind, value)
            try:
                yield
            finally:
                for name in values:
                    winreg.DeleteValue(key, name)
