"""Recorded computers get the verdicts written down beside them."""

from __future__ import annotations

import pytest

from app.hardware.devices import CPU, GRAPHICS
from app.hardware.fit import judge
from app.hardware.question import Question
from tests.support.machines import MACHINES, Expected, Recorded, gpt_oss_20b

CASES = [
    (recorded, device, expected) for recorded in MACHINES for device, expected in recorded.verdicts.items()
]


@pytest.mark.parametrize(
    ("recorded", "device", "expected"), CASES, ids=[f"{case[0].name}: {case[1]}" for case in CASES]
)
def test_verdicts(recorded: Recorded, device: str, expected: Expected) -> None:
    question = Question(gpt_oss_20b(), context=8192, device=device, roads=frozenset({CPU, *GRAPHICS}))
    verdict = judge(recorded.machine, question)
    assert verdict.state is expected.state, verdict
    assert expected.says in f"{verdict.cause} {verdict.action}"
    assert verdict.alternative == expected.alternative


def test_there_are_enough_of_them() -> None:
    assert len(MACHINES) >= 12


@pytest.mark.parametrize("recorded", MACHINES, ids=lambda recorded: recorded.name)
def test_a_version_without_graphics_offers_the_processor(recorded: Recorded) -> None:
    verdict = judge(recorded.machine, Question(gpt_oss_20b(), context=8192))
    assert verdict.device == CPU
