"""Which device is taken where several could be: by fit, then by speed, and what failed last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.errors import DeviceFailed, NotEnoughMemory
from app.hardware.computer import Computer
from app.hardware.devices import CPU, GRAPHICS
from app.hardware.fit import judge
from app.hardware.gate import NORMAL, LoadGate
from app.hardware.machine import Machine
from app.hardware.probes.memory import MemoryProbe
from app.hardware.question import Experience, Question
from app.hardware.verdict import Verdict
from app.paths import Paths, guide
from tests.support.machines import MACHINES, gpt_oss_20b, small_model
from tests.unit.hardware.test_gate import Watch

BY_NAME = {recorded.name: recorded.machine for recorded in MACHINES}
STRONG = BY_NAME["RTX 5080: reports 15.92 GiB, sold as 16 GB"]
TWO = BY_NAME["two adapters: a chip and an RTX 5080"]
LOAD = {"model": str(guide()), "device": "auto", "context": 1024}


def chosen(machine: Machine, roads: tuple[str, ...] = GRAPHICS, **known: Experience) -> Verdict:
    experiences = {name.replace("_", ":"): each for name, each in known.items()}
    roads_here = frozenset({CPU, *roads})
    return judge(machine, Question(gpt_oss_20b(), context=8192, experiences=experiences, roads=roads_here))


def test_what_nobody_has_measured_is_tried_on_the_graphics_adapter() -> None:
    verdict = chosen(STRONG)
    assert verdict.device == "webgpu"
    assert "loading it measures its speed" in str(verdict.choice)


def test_what_was_measured_decides() -> None:
    known = {"webgpu": Experience(tokens_per_s=40.0), "directml": Experience(tokens_per_s=55.0)}
    verdict = chosen(STRONG, **known)
    assert verdict.device == "directml"
    assert str(verdict.choice) == "directml was chosen: 55.0 tokens a second, against 40.0 on webgpu."


def test_the_processor_wins_where_it_is_faster() -> None:
    slow = Experience(tokens_per_s=2.0)
    verdict = chosen(STRONG, webgpu=slow, directml=slow)
    assert verdict.device == CPU
    assert str(verdict.choice).startswith("cpu was chosen: 18.")


def test_what_failed_before_comes_last_and_is_told() -> None:
    verdict = chosen(STRONG, ("webgpu",), webgpu=Experience(failure="The driver stopped."))
    assert verdict.device == CPU
    assert str(verdict.choice) == "cpu was chosen, for webgpu failed before: The driver stopped."


def test_where_all_failed_the_processor_tells_why() -> None:
    broken = Experience(failure="The logits are not numbers.")
    assert chosen(STRONG, webgpu=broken, directml=broken, cpu=broken).device == CPU


def test_every_adapter_is_one_to_choose() -> None:
    fast = Experience(tokens_per_s=90.0)
    verdict = chosen(TWO, ("directml",), directml=Experience(tokens_per_s=80.0), directml_1=fast)
    assert verdict.device == "directml:1"


def test_without_a_runtime_there_is_only_the_processor() -> None:
    verdict = chosen(STRONG, ())
    assert verdict.device == CPU
    assert "no graphics adapter computes here" in str(verdict.choice)


def test_coreml_is_the_processor_and_says_so() -> None:
    machine = BY_NAME["Apple M3 Pro, 36 GB"]
    verdict = judge(machine, Question(gpt_oss_20b(), context=8192, device="coreml"))
    assert verdict.device == CPU
    assert "CoreML has no kernels" in str(verdict.choice)


class Bench:
    """Stands for the worker: speeds of devices, or what goes wrong on them."""

    def __init__(self, **devices: float | Exception) -> None:
        self.devices = devices
        self.asked: list[str] = []

    async def __call__(self, load: Mapping[str, Any]) -> Mapping[str, Any]:
        self.asked.append(load["device"])
        found = self.devices[load["device"]]
        if isinstance(found, Exception):
            raise found
        return {"peak_memory_bytes": 1, "tokens_per_s": found}


@pytest.fixture
def places(tmp_path):
    return Paths(tmp_path)


@pytest.fixture
def gate(places, monkeypatch):
    """At a computer with a strong adapter whose memory is this one's, and the runtime of WebGPU."""
    drivers = {CPU: "onnxruntime 1", "webgpu": "webgpu 1"}
    machine = replace(STRONG, memory=MemoryProbe().now())

    def here(_: type[Computer], places: Paths, found: Machine) -> Computer:
        from app.hardware.records import Records

        return Computer(found, Records(places.measurements), drivers)

    monkeypatch.setattr(Computer, "here", classmethod(here))
    return LoadGate(places, lambda: NORMAL, Watch(places, machine))


async def test_a_device_is_measured_once(gate: LoadGate, places: Paths) -> None:
    bench = Bench(webgpu=5000.0)
    assert (await gate.admit(LOAD, None, bench))["device"] == "webgpu"
    assert (await gate.admit(LOAD, None, bench))["device"] == "webgpu"
    assert bench.asked == ["webgpu"]


async def test_the_processor_is_measured_too_where_it_may_be_faster(gate: LoadGate) -> None:
    bench = Bench(webgpu=1.0, cpu=300.0)
    assert (await gate.admit(LOAD, None, bench))["device"] == "cpu"
    assert bench.asked == ["webgpu", "cpu"]


@pytest.mark.parametrize("error", [DeviceFailed("The driver stopped."), NotEnoughMemory("It is full.")])
async def test_a_device_that_fails_is_left_alone_from_then_on(gate: LoadGate, error: Exception) -> None:
    bench = Bench(webgpu=error, cpu=300.0)
    assert (await gate.admit(LOAD, None, bench))["device"] == "cpu"
    assert (await gate.admit(LOAD, None, bench))["device"] == "cpu"
    assert bench.asked == ["webgpu", "cpu"]


async def test_what_a_server_chose_is_to_be_tried_before_it_is_used(gate: LoadGate) -> None:
    load = await gate.admit(LOAD, None, None)
    assert load["device"] == "webgpu"
    assert gate.untried(LOAD, load)
    assert not gate.untried({**LOAD, "device": "webgpu"}, load), "who names a device wants that one"
    gate.tried(load, {"failure": "The driver stopped."})
    load = await gate.admit(LOAD, None, None)
    assert load["device"] == "cpu"
    gate.tried(load, {"peak_memory_bytes": 1, "tokens_per_s": 300.0})
    load = await gate.admit(LOAD, None, None)
    assert (load["device"], gate.untried(LOAD, load)) == ("cpu", False)


async def test_who_names_a_device_gets_it_unmeasured(gate: LoadGate) -> None:
    assert (await gate.admit({**LOAD, "device": "webgpu"}, None, Bench()))["device"] == "webgpu"


def test_a_lesser_adapter_is_not_tried_for_its_speed() -> None:
    """The chip beside the card has room for a small model too."""
    question = Question(small_model(), roads=frozenset({CPU, "webgpu"}))
    assert judge(TWO, question).device == "webgpu"
    measured = replace(question, experiences={"webgpu": Experience(tokens_per_s=150.0)})
    assert judge(TWO, measured).device == "webgpu"


def test_directml_counts_as_dxgi_does() -> None:
    """The chip that the display hangs on comes first there, the card second: it is directml:1."""
    card, chip = TWO.adapters
    hybrid = replace(TWO, adapters=(replace(card, order=1), replace(chip, order=0)))
    verdict = chosen(hybrid, ("directml",))
    assert verdict.device == "directml:1"
    assert card.name in str(verdict.cause)
    assert chosen(hybrid, ("webgpu",)).device == "webgpu"
