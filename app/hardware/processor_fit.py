"""Whether a model runs on the processor."""

from __future__ import annotations

from app.hardware.devices import CPU
from app.hardware.estimate import Estimate, on_processor
from app.hardware.machine import Machine, Memory
from app.hardware.question import Question
from app.hardware.verdict import State, Verdict, gigabytes
from app.phrases import Phrase

_SLOW_TOKENS_PER_S = 4.0
_SYSTEM = 2_500_000_000  # what the system itself keeps, whatever is closed
_EFFICIENCY = 0.8  # of the read bandwidth; measured with gpt-oss-20b (docs/performance.md)
_TOKEN_SECONDS, _LAYER_SECONDS = 0.4e-3, 0.1e-3  # whatever the size
_VECTORS = frozenset({"avx2", "dotprod"})


def judge_processor(machine: Machine, question: Question) -> Verdict:
    """Compare what a model takes with the memory there is, then with what makes it slow."""
    memory = machine.memory
    if memory is None:
        return _without_figures(question)
    free = memory.free + question.unloading
    context = question.chosen_context(on_processor, free)
    needed = question.estimated(on_processor, context)
    speed, measured = _speed(machine, question)
    state, cause, action = _compare(memory, question, context, needed)
    if state is State.WELL and (slow := _slowness(machine, speed)):
        state, cause, action = State.SLOWLY, *slow
    return Verdict(state, CPU, context, needed, free, cause, action, speed, measured)


def expected_speed(machine: Machine, question: Question) -> float | None:
    """Tokens a second that the memory's bandwidth allows; None where it was not measured."""
    processor, active = machine.processor, question.model.active_bytes
    if processor is None or not processor.bandwidth or not active:
        return None
    layers = question.model.geometry.layers if question.model.geometry else 0
    seconds = active / (processor.bandwidth * _EFFICIENCY) + _TOKEN_SECONDS + layers * _LAYER_SECONDS
    return 1 / seconds


def _speed(machine: Machine, question: Question) -> tuple[float | None, bool]:
    if question.experience.tokens_per_s:
        return question.experience.tokens_per_s, True
    return expected_speed(machine, question), False


def _compare(
    memory: Memory, question: Question, context: int, needed: Estimate
) -> tuple[State, Phrase, Phrase]:
    free, with_swap = memory.free + question.unloading, memory.with_swap + question.unloading
    figures = {"model": question.model.name, "needed": gigabytes(needed.total), "free": gigabytes(free)}
    if needed.total <= free:
        return (
            State.WELL,
            Phrase("{model} needs {needed} of memory, and {free} are free.", figures),
            Phrase(""),
        )
    action = _remedy(memory, question, context, needed)
    if needed.total <= with_swap:
        cause = Phrase(
            "{model} needs {needed} of memory, and {free} are free: the rest would lie on the disk.", figures
        )
        return State.SLOWLY, cause, action
    return State.NOT, Phrase("{model} needs {needed} of memory, and {free} are free.", figures), action


def _remedy(memory: Memory, question: Question, context: int, needed: Estimate) -> Phrase:
    free = memory.free + question.unloading
    smaller = question.smaller_context(on_processor, context, free)
    missing = gigabytes(needed.total - free)
    beyond_reach = needed.total > memory.total - _SYSTEM
    if beyond_reach and smaller is None:
        total = gigabytes(memory.total)
        return Phrase.of("This computer has {total} altogether: choose a smaller model.", total=total)
    if beyond_reach:
        return Phrase.of("Use a context of {context}.", context=smaller)
    if smaller is None:
        return Phrase.of("Close programs that hold {missing}.", missing=missing)
    return Phrase.of(
        "Close programs that hold {missing}, or use a context of {context}.", missing=missing, context=smaller
    )


def _slowness(machine: Machine, speed: float | None) -> tuple[Phrase, Phrase] | None:
    """Why a model that fits is slow all the same, and what helps; None when nothing makes it so."""
    processor, power = machine.processor, machine.power
    if speed is not None and speed < _SLOW_TOKENS_PER_S:
        cause = Phrase.of("It writes about {speed} tokens a second.", speed=f"{speed:.1f}")
        return cause, Phrase("Choose a smaller model for quicker answers.")
    if processor is not None and processor.instructions and not _VECTORS & set(processor.instructions):
        cause = Phrase("The processor lacks the instructions that the fast kernels use.")
        return cause, Phrase("Choose a small model on this computer.")
    if power is not None and power.mode == "saver":
        return Phrase("The computer saves power now."), Phrase("Connect it, or leave the power saver.")
    return None


def _without_figures(question: Question) -> Verdict:
    context = question.context or question.model.longest
    needed = question.estimated(on_processor, context)
    cause = Phrase.of(
        "{model} needs {needed} of memory; how much is free is not known.",
        model=question.model.name,
        needed=gigabytes(needed.total),
    )
    return Verdict(State.SLOWLY, CPU, context, needed, None, cause)
