"""A server whose adapter fails answers all the same."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from app.errors import IndoorsError
from app.hardware.asking import MachineWatch
from app.hardware.computer import Computer
from app.hardware.gate import NORMAL, LoadGate
from app.hardware.machine import Machine
from app.hardware.probes.memory import MemoryProbe
from app.library.store import Store
from app.paths import Paths
from app.serving.keeper import Hearers, Keeper, ServeRequest
from app.serving.offer import Offer
from app.settings import Settings
from app.worker.client import WorkerClient
from tests.support.machines import MACHINES
from tests.unit.hardware.test_gate import Watch

_SECONDS = 60


@pytest.fixture
def places(tmp_path) -> Paths:
    return Paths(tmp_path / "home")


@pytest.fixture
def watch(places: Paths, monkeypatch: pytest.MonkeyPatch) -> MachineWatch:
    """At a computer that says it had a strong adapter, and has none."""
    machine = replace(MACHINES[0].machine, memory=MemoryProbe().now())
    here = Computer.here

    def with_roads(_: type[Computer], places: Paths, found: Machine) -> Computer:
        computer = here(places, found)
        return replace(computer, drivers={**computer.drivers, "webgpu": "webgpu 1"})

    monkeypatch.setattr(Computer, "here", classmethod(with_roads))
    monkeypatch.setenv("ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER", "0")
    return Watch(places, machine)


async def asked(places: Paths, watch: MachineWatch, ask: Callable[[str], Any]) -> Any:
    """Serve the guide, and ask."""
    listening: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    ended: list[IndoorsError] = []
    async with WorkerClient(places.home, gate=LoadGate(places, lambda: NORMAL, watch)) as client:
        offer = Offer(Store(places), Settings(places.settings))
        hearers = Hearers(listening.set_result, ended.append)
        keeper = Keeper(client, offer, ServeRequest(model="guide"), hearers)
        serving = asyncio.create_task(keeper.run())
        try:
            return await ask(await asyncio.wait_for(listening, _SECONDS))
        finally:
            keeper.stop()
            await serving


async def test_an_adapter_that_fails_is_left_for_the_processor(places: Paths, watch: MachineWatch) -> None:
    async def talk(url: str) -> list[httpx2.Response]:
        async with httpx2.AsyncClient(base_url=url, timeout=_SECONDS, trust_env=False) as http:
            body = {"input": "What is a token?", "max_output_tokens": 4}
            answers = await asyncio.gather(*[http.post("/v1/responses", json=body) for _ in range(2)])
            return [*answers, await http.post("/v1/responses", json=body)]

    answers = await asked(places, watch, talk)
    assert [answer.status_code for answer in answers] == [200] * 3, answers[0].text
    (known,) = [run for run in failures(places) if run]
    assert "adapter" in known


def failures(places: Paths) -> list[str]:
    """Why devices failed, as far as it was remembered."""
    content = places.measurements.read_text(encoding="utf-8")
    return re.findall(r'"failure": "([^"]*)"', content)
