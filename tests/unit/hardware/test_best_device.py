"""Which device is taken where several could be: by fit, then by speed, and what failed last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import DeviceFailed, NotEnoughMemory
from app.hardware.computer import Computer
from app.hardware.devices import CPU, GRAPHICS, Device, devices_on
from app.hardware.fit import judge
from app.hardware.gate import NORMAL, LoadGate
from app.hardware.machine import Machine
from app.hardware.probes.memory import MemoryProbe
from app.hardware.question import Experience, Question
from app.hardware.verdict import State, Verdict
from app.paths import Paths, guide
from tests.support.machines import MACHINES, gpt_oss_20b, make_huge, small_model
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


def test_where_it_fits_nowhere_the_device_that_lacks_least_is_told() -> None:
    little = replace(STRONG, memory=replace(STRONG.memory, available=2_000_000_000))
    card = replace(STRONG.adapters[0], free=12_000_000_000)
    verdict = chosen(replace(little, adapters=(card,)), ("webgpu",))
    assert (verdict.state, verdict.device) == (State.NOT, "webgpu")
    assert "Close" in str(verdict.action)
    assert "webgpu lacks least" in str(verdict.choice)


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
def machine():
    """A strong adapter, and this computer's memory."""
    return replace(STRONG, memory=MemoryProbe().now())


@pytest.fixture
def open_gate(places, machine, monkeypatch):
    """Makes a gate at that computer, with the runtime of WebGPU."""
    drivers = {CPU: "onnxruntime 1", "webgpu": "webgpu 1"}

    def here(_: type[Computer], places: Paths, found: Machine) -> Computer:
        from app.hardware.records import Records

        return Computer(found, Records(places.measurements), drivers)

    monkeypatch.setattr(Computer, "here", classmethod(here))
    return lambda watch, level=NORMAL: LoadGate(places, lambda: level, watch)


@pytest.fixture
def gate(places, machine, open_gate):
    return open_gate(Watch(places, machine))


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


async def test_what_fits_nowhere_is_refused_before_anything_is_asked(
    places: Paths, machine: Machine, open_gate, tmp_path: Path
) -> None:
    """Neither drivers nor a worker: what the adapters hold when empty is known since somebody looked."""
    watch, heard = Watch(places, machine), []
    load = {"model": str(make_huge(tmp_path / "huge")), "device": "auto"}
    with pytest.raises(NotEnoughMemory, match=r"Huge needs 11.* choose a smaller model"):
        await open_gate(watch).admit(load, None, Bench(), lambda *told: heard.append(told))
    assert (watch.looks, heard) == (0, [])


async def test_a_full_adapter_is_looked_at_before_it_refuses(
    places: Paths, machine: Machine, open_gate, tmp_path: Path
) -> None:
    """It would hold the model if it were empty; what is free on it changes from one moment to the next."""
    full = replace(machine, adapters=(replace(STRONG.adapters[0], free=1 << 20),))
    watch, heard = Watch(places, full), []
    with pytest.raises(NotEnoughMemory, match="are free"):
        await open_gate(watch).admit(
            {**LOAD, "device": "webgpu"}, None, Bench(), lambda *told: heard.append(told)
        )
    assert (watch.looks, heard) == (1, [("survey", 0, 1), ("survey", 1, 1)])


async def test_where_nobody_looked_before_the_adapters_are_looked_at_first(
    places: Paths, machine: Machine, open_gate, tmp_path: Path
) -> None:
    watch = Watch(places, machine, seen=False)
    with pytest.raises(NotEnoughMemory):
        await open_gate(watch).admit({**LOAD, "model": str(make_huge(tmp_path / "huge"))}, None, Bench())
    assert watch.looks == 1


async def test_where_no_adapter_can_be_nobody_looks(places: Paths, open_gate) -> None:
    watch = Watch(places, Machine("", memory=MemoryProbe().now()))
    assert (await open_gate(watch).admit(LOAD, None, Bench()))["device"] == "cpu"
    assert watch.looks == 0


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


def test_webgpu_is_asked_for_speed_or_for_saving_power() -> None:
    """Of two cards the system takes one; only a chip beside them is another device."""
    card, chip = TWO.adapters
    assert devices_on("webgpu", (card, chip)) == [(Device("webgpu"), card), (Device("webgpu", 1), chip)]
    assert devices_on("webgpu", (card, card)) == [(Device("webgpu"), card)]
    assert devices_on("webgpu", (chip,)) == [(Device("webgpu"), chip)]
    assert len(devices_on("directml", (card, card))) == 2


def test_directml_counts_as_dxgi_does() -> None:
    """The chip that the display hangs on comes first there, the card second: it is directml:1."""
    card, chip = TWO.adapters
    hybrid = replace(TWO, adapters=(replace(card, order=1), replace(chip, order=0)))
    verdict = chosen(hybrid, ("directml",))
    assert verdict.device == "directml:1"
    assert card.name in str(verdict.cause)
    assert chosen(hybrid, ("webgpu",)).device == "webgpu"
