"""A load with devices to choose from, with the real worker: what is heard meanwhile, and in which order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.errors import Cancelled, NotEnoughMemory
from app.hardware.computer import Computer
from app.hardware.gate import NORMAL, LoadGate
from app.hardware.machine import Machine
from app.hardware.probes.memory import MemoryProbe
from app.hardware.records import Records
from app.paths import Paths, guide
from app.process.messages import Event
from app.worker.client import WorkerClient
from tests.support.machines import make_huge
from tests.unit.hardware.test_best_device import STRONG
from tests.unit.hardware.test_gate import Watch

LOAD = {"model": str(guide()), "device": "auto", "context": 512}


@pytest.fixture
def places(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "home")


@pytest.fixture
def watch(places: Paths) -> Watch:
    return Watch(places, replace(STRONG, memory=MemoryProbe().now()))


@pytest.fixture
async def client(places: Paths, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WorkerClient]:
    """At a computer that is said to have a strong adapter; the worker finds that it has none."""

    def here(_: type[Computer], places: Paths, found: Machine) -> Computer:
        return Computer(found, Records(places.measurements), {"cpu": "onnxruntime 1", "webgpu": "webgpu 1"})

    monkeypatch.setattr(Computer, "here", classmethod(here))
    monkeypatch.setenv("ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER", "0")
    async with WorkerClient(places.home, gate=LoadGate(places, lambda: NORMAL, watch)) as opened:
        yield opened


def told(events: list[Event]) -> Iterator[tuple[str, str]]:
    """Phases with their devices, each as often as it begins."""
    last = None
    for event in events:
        phase = (str(event.data.get("phase", event.name)), str(event.data.get("device", "")))
        if phase != last:
            yield phase
        last = phase


async def test_what_fits_nowhere_is_refused_before_anything_else_happens(
    client: WorkerClient, watch: Watch, tmp_path: Path
) -> None:
    heard: list[Event] = []
    with pytest.raises(NotEnoughMemory):
        await client.call("load", {**LOAD, "model": str(make_huge(tmp_path / "huge"))}, heard.append)
    assert (heard, watch.looks, client.pid) == ([], 0, None)


async def test_devices_are_measured_within_hearing(client: WorkerClient) -> None:
    """The adapter fails, then the processor is measured, and is what the model is loaded on."""
    heard: list[Event] = []
    done = await client.call("load", LOAD, heard.append)
    assert done["device"] == "cpu"
    phases = [phase for phase in told(heard) if phase[1] != "webgpu"]
    assert phases == [("survey", ""), ("load", "cpu"), ("measure", "cpu"), ("survey", "")]
    last = [event.data for event in heard if event.data["phase"] == "measure"][-1]
    assert last["done"] == last["total"] == 2000


async def test_measuring_can_be_stopped(client: WorkerClient) -> None:
    """The worker stays, and loads the model when it is asked to."""
    heard: list[Any] = []
    async with client.request("load", LOAD) as stream:

        async def listen() -> None:
            async for event in stream:
                heard.append(event.data)
                if event.data.get("phase") == "measure":
                    stream.cancel()

        with pytest.raises(Cancelled):
            await listen()
    assert 0 <= heard[-1]["done"] < heard[-1]["total"]
    worker = psutil.Process(client.pid)
    assert (await client.call("load", {**LOAD, "device": "cpu"}))["device"] == "cpu"
    assert worker.is_running()
    assert worker.pid == client.pid
