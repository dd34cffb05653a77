"""The fit: numbers, causes, actions, and what must hold for every computer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UsageError
from app.hardware.devices import CPU, GRAPHICS, Device, parse_device
from app.hardware.estimate import on_graphics, on_processor
from app.hardware.fit import judge
from app.hardware.machine import Machine, Memory, Processor
from app.hardware.question import Experience, Question
from app.hardware.verdict import State
from tests.support.machines import MACHINES, gpt_oss_20b, small_model

GB = 10**9
ROADS = frozenset({CPU, *GRAPHICS})
MODEL = gpt_oss_20b()


def computer(free: int, swap: int = 0, total: int = 64 * GB) -> Machine:
    return Machine("", memory=Memory(total, free, swap))


def test_gpt_oss_20b_on_a_graphics_adapter_stays_within_its_budget() -> None:
    assert on_graphics(MODEL, 8192).total <= 12.5 * GB


def test_the_two_numbers_are_told() -> None:
    verdict = judge(computer(20 * GB), Question(MODEL, context=8192))
    assert str(verdict.cause) == "gpt-oss-20b needs 15.5 GB of memory, and 20.0 GB are free."
    assert verdict.needed is not None
    assert verdict.needed.total == sum(
        (verdict.needed.weights, verdict.needed.kv, verdict.needed.workspace, verdict.needed.runtime)
    )


def test_swapping_is_slow_and_says_what_helps() -> None:
    verdict = judge(computer(15 * GB, swap=8 * GB), Question(MODEL, context=8192))
    assert verdict.state is State.SLOWLY
    assert str(verdict.action) == "Close programs that hold 0.5 GB, or use a context of 4,096."


def test_what_is_unloaded_counts_as_free() -> None:
    tight = computer(10 * GB)
    assert judge(tight, Question(MODEL, context=8192)).state is State.NOT
    assert judge(tight, Question(MODEL, context=8192, unloading=8 * GB)).state is State.WELL


def test_the_memory_chooses_the_longest_context_that_fits_comfortably() -> None:
    roomy = judge(computer(60 * GB), Question(MODEL))
    tight = judge(computer(20 * GB), Question(MODEL))
    assert (roomy.context, tight.context) == (131_072, 16_384)
    assert tight.state is State.WELL
    assert judge(computer(4 * GB), Question(MODEL)).context == 2048


def test_experience_corrects_the_estimate_and_the_speed() -> None:
    machine = replace(computer(16 * GB), processor=Processor("", "", 8, 8, ("avx2",), 40 * GB))
    known = Question(MODEL, context=8192, experiences={CPU: Experience(1.1, 9.5)})
    guess, corrected = judge(machine, Question(MODEL, context=8192)), judge(machine, known)
    assert guess.state is State.WELL
    assert not guess.measured
    assert guess.tokens_per_s == pytest.approx(14.9, abs=0.5)
    assert corrected.state is State.NOT
    assert (corrected.tokens_per_s, corrected.measured) == (9.5, True)


@pytest.mark.parametrize("context", [1, 131_073])
def test_a_context_the_model_was_not_made_for(context: int) -> None:
    with pytest.raises(UsageError, match="this model takes 2 to 131,072"):
        judge(computer(60 * GB), Question(MODEL, context=context))


def test_without_figures_nothing_is_claimed() -> None:
    verdict = judge(Machine(""), Question(MODEL, context=8192))
    assert (verdict.state, verdict.free) == (State.SLOWLY, None)
    assert "not known" in str(verdict.cause)


def test_an_old_processor_is_slow() -> None:
    machine = replace(computer(60 * GB), processor=Processor("", "x86_64", 2, 2, ("avx",)))
    verdict = judge(machine, Question(small_model()))
    assert verdict.state is State.SLOWLY
    assert "instructions" in str(verdict.cause)


@pytest.mark.parametrize("text", ["gpu", "cpu:1", "webgpu:", "directml:x", "", "webgpu:-1"])
def test_there_is_no_such_device(text: str) -> None:
    with pytest.raises(UsageError, match="no device"):
        parse_device(text)


def test_devices() -> None:
    assert parse_device("directml:1") == Device("directml", 1)
    assert [str(parse_device(text)) for text in ("cpu", "webgpu", "coreml")] == [
        "cpu",
        "webgpu",
        "coreml",
    ]


@given(
    machine=st.sampled_from([recorded.machine for recorded in MACHINES]),
    device=st.sampled_from(["auto", *ROADS]),
    context=st.integers(2, 131_072),
    more=st.integers(0, 64 * GB),
)
def test_more_memory_never_makes_it_worse(machine: Machine, device: str, context: int, more: int) -> None:
    order = [State.WELL, State.SLOWLY, State.NOT]
    question = Question(MODEL, context=context, device=device, roads=ROADS)
    verdict, better = judge(machine, question), judge(machine, replace(question, unloading=more))
    assert order.index(better.state) <= order.index(verdict.state)


@given(
    model=st.sampled_from([MODEL, small_model()]), context=st.integers(2, 32_000), more=st.integers(1, 768)
)
def test_a_longer_context_never_takes_less(model: object, context: int, more: int) -> None:
    for estimate in (on_processor, on_graphics):
        assert estimate(model, context + more).total >= estimate(model, context).total


@given(machine=st.sampled_from([recorded.machine for recorded in MACHINES]), context=st.integers(2, 131_072))
def test_a_smaller_context_that_is_offered_does_fit(machine: Machine, context: int) -> None:
    question = Question(MODEL, context=context, device=CPU)
    verdict = judge(machine, question)
    offered = verdict.action.values.get("context")
    if isinstance(offered, int):
        assert judge(machine, replace(question, context=offered)).missing == 0


def test_every_sentence_can_be_said() -> None:
    for recorded in MACHINES:
        for device in ROADS:
            for context in (None, 2048, 131_072):
                question = Question(MODEL, context=context, device=device, roads=ROADS)
                verdict = judge(recorded.machine, question)
                assert "{" not in f"{verdict.cause}{verdict.action}"
                assert verdict.to_json()["state"] == str(verdict.state)
