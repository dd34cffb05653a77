"""Whether a model runs on a graphics adapter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.hardware.adapters import marketed_gb
from app.hardware.devices import Device
from app.hardware.estimate import Estimate, on_graphics
from app.hardware.estimate_directml import on_directml
from app.hardware.machine import Adapter, AdapterKind, Machine, Memory
from app.hardware.model import ModelDescription
from app.hardware.processor_fit import judge_processor
from app.hardware.question import Question
from app.hardware.verdict import State, Verdict, gigabytes
from app.phrases import Phrase

# What a system leaves to programs of a memory whose use nobody tells.
_USUAL_SHARE = 0.9
_SMALLER = Phrase("Choose a smaller model.")


def judge_graphics(machine: Machine, question: Question, device: Device) -> Verdict:
    """Compare what a model takes with an adapter's memory, its class first."""
    adapter = device.adapter(machine.adapters)
    if adapter is None and question.software and device == Device("webgpu") and device.name in question.roads:
        return replace(judge_processor(machine, question), device=str(device))  # in the computer's memory
    if adapter is None:
        absent = Phrase("This computer has no such graphics adapter.")
        return Verdict(State.NOT, str(device), question.context or 0, None, None, absent)
    if refusal := _refusal(adapter, question, device):
        return Verdict(State.NOT, str(device), question.context or 0, None, adapter.free, refusal)
    free = _free(adapter, machine.memory) + question.unloading
    estimate = _estimate(device)
    context = question.chosen_context(estimate, free)
    needed = question.estimated(estimate, context)
    return _compared(adapter, question, device, context, needed, free)


def _estimate(device: Device) -> Callable[[ModelDescription, int], Estimate]:
    """DirectML computes graphs of its own, whose tensors are known one by one."""
    return on_directml if device.name == "directml" else on_graphics


def _refusal(adapter: Adapter, question: Question, device: Device) -> Phrase | None:
    """Why the adapter is out of the question whatever is free on it."""
    capacity, smallest = adapter.capacity, question.model.graphics_class_gb
    if capacity is None:
        return Phrase.of("How much memory {adapter} has is not known.", adapter=adapter.name)
    if smallest and marketed_gb(capacity) < smallest:
        return Phrase.of(
            "{model} needs {needed} GB of graphics memory; {adapter} has {size} GB.",
            model=question.model.name,
            needed=smallest,
            adapter=adapter.name,
            size=marketed_gb(capacity),
        )
    if device.name not in question.roads:
        return Phrase.of("The runtime for {device} is not installed.", device=device.name)
    return None


def _free(adapter: Adapter, memory: Memory | None) -> int:
    """What the adapter can give now; memory that it shares must be free on the computer too."""
    capacity = adapter.capacity or 0
    free = int(capacity * _USUAL_SHARE) if adapter.free is None else adapter.free
    if adapter.kind is AdapterKind.INTEGRATED and memory is not None:
        return min(free, memory.free)
    return free


def _compared(
    adapter: Adapter, question: Question, device: Device, context: int, needed: Estimate, free: int
) -> Verdict:
    capacity = adapter.capacity or 0
    cause = Phrase.of(
        "{model} needs {needed} of the memory of {adapter}, and {free} are free."
        if needed.total <= capacity
        else "{model} needs {needed} of the memory of {adapter}, which has {capacity}.",
        model=question.model.name,
        needed=gigabytes(needed.total),
        adapter=adapter.name,
        free=gigabytes(free),
        capacity=gigabytes(capacity),
    )
    experience = question.experience.tokens_per_s
    if needed.total <= free:
        measured = experience is not None
        return Verdict(
            State.WELL, str(device), context, needed, free, cause, Phrase(""), experience, measured
        )
    action = _remedy(adapter, question, device, context, needed, free)
    return Verdict(State.NOT, str(device), context, needed, free, cause, action)


def _remedy(
    adapter: Adapter, question: Question, device: Device, context: int, needed: Estimate, free: int
) -> Phrase:
    smaller = question.smaller_context(_estimate(device), context, free)
    missing = gigabytes(needed.total - free)
    if needed.total > (adapter.capacity or 0):
        return Phrase.of("Use a context of {context}.", context=smaller) if smaller else _SMALLER
    if smaller is None:
        return Phrase.of("Close {missing} of other programs that use the graphics.", missing=missing)
    return Phrase.of(
        "Close {missing} of other programs that use the graphics, or use a context of {context}.",
        missing=missing,
        context=smaller,
    )
