"""What was measured is remembered, and a load is judged before the worker is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from app.errors import NotEnoughMemory, UsageError
from app.hardware.asking import MachineWatch
from app.hardware.gate import NORMAL, OFF, STRICT, LoadGate
from app.hardware.machine import Adapter, Machine
from app.hardware.records import Records, Run
from app.paths import Paths, guide
from app.worker.client import WorkerClient
from tests.support.machines import make_huge
from tests.support.wine import UNDER_WINE

DRIVER = f"onnxruntime {version('onnxruntime')}"
GUIDE = {"model": str(guide()), "device": "auto", "context": None}


@pytest.fixture
def places(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "home")


@pytest.fixture
def records(places: Paths) -> Records:
    return Records(places.measurements)


@pytest.fixture
def huge(tmp_path: Path) -> Mapping[str, Any]:
    return {"model": str(make_huge(tmp_path / "huge")), "device": "cpu", "context": 4096}


class Watch(MachineWatch):
    """Tells of a computer that is written down, and counts how often it is looked at.

    Args:
        places: as in `MachineWatch`.
        machine: the computer.
        seen: somebody looked at it before.
    """

    def __init__(self, places: Paths, machine: Machine | None = None, *, seen: bool = True) -> None:
        super().__init__(places)
        self.looks = 0
        self._written, self._seen = machine or Machine(""), seen

    async def machine(self, age: float = 0) -> Machine:
        self.looks += 1
        return self._written

    def adapters(self) -> tuple[Adapter, ...] | None:
        return self._written.adapters if self._seen else None


def gate(places: Paths, level: str = NORMAL, machine: Machine | None = None) -> LoadGate:
    return LoadGate(places, lambda: level, Watch(places, machine))


async def unmeasured(load: Mapping[str, Any]) -> Mapping[str, Any]:
    raise AssertionError(f"{load} must not be measured")


async def test_what_fits_passes_with_a_context(places: Paths) -> None:
    assert await gate(places).admit(GUIDE, None, unmeasured) == GUIDE | {"device": "cpu", "context": 2048}


@pytest.mark.parametrize("level", [NORMAL, STRICT])
async def test_what_does_not_fit_is_refused_within_100_ms(
    places: Paths, huge: Mapping[str, Any], level: str
) -> None:
    await gate(places).admit(GUIDE, None, unmeasured)
    start = perf_counter()
    with pytest.raises(NotEnoughMemory) as refusal:
        await gate(places, level).admit(huge, None, unmeasured)
    assert perf_counter() - start < 0.1
    assert "Huge needs 11" in refusal.value.message
    assert "choose a smaller model" in refusal.value.hint


async def test_off_is_off(places: Paths, huge: Mapping[str, Any]) -> None:
    assert await gate(places, OFF).admit(huge, None, unmeasured) == {**huge, "unguarded": True}


async def test_a_device_that_does_not_exist(places: Paths) -> None:
    with pytest.raises(UsageError):
        await gate(places).admit(GUIDE | {"device": "abacus"}, None, unmeasured)


async def test_a_folder_that_holds_no_model_is_the_workers_to_explain(places: Paths, tmp_path: Path) -> None:
    load = {"model": str(tmp_path), "context": None}
    assert await gate(places).admit(load, None, unmeasured) == load


def test_an_answer_teaches_memory_and_speed(places: Paths, records: Records) -> None:
    """The longest conversation counts; a short answer tells nothing of speed."""
    learning = gate(places)
    load = GUIDE | {"context": 2048}
    usage = {"input_tokens": 900, "output_tokens": 100}
    done = {"device": "cpu", "peak_memory_bytes": 80_000_000, "usage": usage}
    learning.learn(load, {**done, "timings": {"decode_tokens_per_s": 321.0}})
    learning.learn(load, {**done, "usage": {"input_tokens": 5, "output_tokens": 2}, "timings": {}})
    run = records.run("guide", "cpu", DRIVER)
    assert (run.tokens, run.peak, run.tokens_per_s) == (1000, 80_000_000, 321.0)
    assert records.experience("guide", "cpu", DRIVER).ratio == pytest.approx(80_000_000 / run.estimated)


async def test_what_a_model_held_is_credited(places: Paths, huge: Mapping[str, Any]) -> None:
    learning = gate(places)
    learning.learn(GUIDE | {"context": 2048}, {"device": "cpu", "peak_memory_bytes": 2 * 10**15})
    assert await learning.admit(huge, GUIDE, unmeasured) == huge


def test_unlikely_figures_are_not_believed() -> None:
    assert [Run(1, 100, peak).ratio for peak in (1, 120, 10_000)] == [0.5, 1.2, 2.0]
    assert Run().ratio == 1.0


@pytest.mark.parametrize(
    "content", ["", "[]", '{"runs": 3, "bandwidth": "much"}', '{"runs": {"a": {"b": 1}}}']
)
def test_a_damaged_file_counts_as_empty(records: Records, content: str) -> None:
    records._path.parent.mkdir(parents=True)
    records._path.write_text(content, encoding="utf-8")
    assert records.bandwidth is None
    assert records.run("guide", "cpu", DRIVER) == Run()
    records.keep_bandwidth(3e10)
    assert records.bandwidth == 3e10


def test_a_disk_that_refuses_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    Records(tmp_path / "file" / "measurements.json").keep_bandwidth(1e10)


def test_models_devices_and_drivers_are_kept_apart(records: Records) -> None:
    records.keep_speed("a", "cpu", "1", 10.0)
    records.keep_speed("a", "cpu", "2", 20.0)
    records.keep_peak("b", "cpu", "1", tokens=5, estimated=10, peak=11)
    speeds = [
        records.run(*key).tokens_per_s for key in (("a", "cpu", "1"), ("a", "cpu", "2"), ("b", "cpu", "1"))
    ]
    assert speeds == [10.0, 20.0, 0.0]


async def test_the_worker_is_not_even_started_for_what_does_not_fit(
    tmp_path: Path, places: Paths, huge: Mapping[str, Any]
) -> None:
    async with WorkerClient(tmp_path / "home", gate=gate(places)) as client:
        with pytest.raises(NotEnoughMemory):
            await client.call("load", huge)
        assert client.pid is None


async def test_a_real_worker_teaches_the_gate(tmp_path: Path, places: Paths, records: Records) -> None:
    """The chosen context goes to the worker; the same wish again loads nothing anew."""
    async with WorkerClient(tmp_path / "home", gate=gate(places)) as client:
        assert client.held_bytes == 0
        loaded = await client.call("load", GUIDE)
        assert loaded["context_length"] == 2048
        assert client.held_bytes == loaded["peak_memory_bytes"] > 0
        body = {"input": "Hello", "max_output_tokens": 20, "indoors": {"load": GUIDE, "seed": 1}}
        phases: list[str] = []
        await client.call("respond", body, lambda event: phases.append(str(event.data.get("phase"))))
        assert "load" not in phases
        run = records.run("guide", "cpu", DRIVER)
        assert run.tokens > 20
        assert UNDER_WINE or run.ratio == pytest.approx(1.0, abs=0.1)  # Wine counts reserved memory as used


async def test_a_load_that_fails_is_judged_again(tmp_path: Path, places: Paths) -> None:
    async with WorkerClient(tmp_path / "home", gate=gate(places)) as client:
        wrong = GUIDE | {"model": str(tmp_path)}
        for _ in range(2):
            with pytest.raises(Exception, match=r"holds no \.onnx file"):
                await client.call("load", wrong)
        assert (await client.call("load", GUIDE))["context_length"] == 2048


def test_records_survive_a_change_of_form(records: Records) -> None:
    records.keep_speed("a", "cpu", "1", 10.0)
    content = json.loads(records._path.read_text(encoding="utf-8"))
    content["runs"]["a | cpu | 1"]["from a later version"] = 1
    records._path.write_text(json.dumps(content), encoding="utf-8")
    assert records.run("a", "cpu", "1") == Run()
    assert replace(Run(), tokens=1).tokens == 1
