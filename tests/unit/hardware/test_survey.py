"""All probes at once: failures and slowness become what is unknown; the check is quick; the child may die."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.hardware.asking import ask_machine
from app.hardware.machine import Fact, Machine, Memory, Power
from app.hardware.survey import probes_here, survey
from app.paths import Paths
from app.phrases import Phrase


class Given:
    topic = Phrase("Given")

    def __init__(self, *facts: Fact) -> None:
        self._facts = facts

    def look(self) -> Iterable[Fact]:
        return self._facts


class Failing(Given):
    topic = Phrase("Failing")

    def look(self) -> Iterable[Fact]:
        raise RuntimeError("the driver says no")


class Hanging(Given):
    topic = Phrase("Hanging")

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()

    def look(self) -> Iterable[Fact]:
        self.over.wait(10)
        return ()


def test_a_probe_that_fails_or_hangs_says_what_is_unknown() -> None:
    hanging = Hanging()
    machine = survey([Failing(), hanging, Given(Power(on_battery=True))], deadline=0.2)
    hanging.over.set()
    assert machine.power == Power(on_battery=True)
    gaps = {str(gap.topic): str(gap.reason) for gap in machine.unknown}
    assert gaps == {
        "Failing": "The system answers: the driver says no",
        "Hanging": "The system took too long to answer.",
    }
    assert machine.seconds < 1


def test_this_computer_within_two_seconds(tmp_path: Path) -> None:
    machine = survey(probes_here(tmp_path))
    assert machine.memory is not None
    assert machine.processor is not None
    assert machine.seconds < 2


def test_json_and_back(tmp_path: Path) -> None:
    machine = survey([*probes_here(tmp_path, bandwidth=1e10), Failing()])
    assert Machine.from_json(json.loads(json.dumps(machine.to_json()))) == machine


async def test_the_child_answers_and_what_it_measured_is_kept(tmp_path: Path) -> None:
    places = Paths(tmp_path)
    for _ in range(5):  # a busy computer may not tell it in time
        first = await ask_machine(places)
        assert first.processor is not None
        if first.processor.bandwidth is not None:
            break
    second = await ask_machine(places)
    assert first.processor.bandwidth is not None
    assert second.processor is not None
    assert first.processor.bandwidth == second.processor.bandwidth
    assert second.seconds < 2


@pytest.mark.parametrize(
    "program", ["import os; os.abort()", "print('[1]')", "print('{}')", "print('no JSON')"]
)
async def test_a_child_that_dies_or_babbles_leaves_what_needs_no_driver(tmp_path: Path, program: str) -> None:
    machine = await ask_machine(Paths(tmp_path), [sys.executable, "-c", program])
    assert isinstance(machine.memory, Memory)
    assert [str(gap.topic) for gap in machine.unknown] == ["Graphics adapters and disk"]


async def test_no_child_can_be_started(tmp_path: Path) -> None:
    machine = await ask_machine(Paths(tmp_path), [str(tmp_path / "nothing")])
    assert machine.unknown
