"""DXGI: calls through tables of methods, and what the answers mean."""

from __future__ import annotations

import sys

import pytest

from app.hardware.machine import Adapter, AdapterKind
from app.hardware.probes.dxgi import Answer, DxgiProbe, adapter_of
from tests.support.com import FakeDxgi

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
    )
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
        # A chip to which the firmware gave much of the computer's memory: there is no other segment.
        (Answer("", 0x1002, 16_384 * MIB, 0, local=(1 << 34, 0), non_local=(0, 0)), AdapterKind.INTEGRATED),
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
    for adapter in DxgiProbe().look():
        assert adapter.name
        assert adapter.dedicated is not None
