"""Whether a model runs on this computer: a pure function of what is known of both."""

from __future__ import annotations

from dataclasses import replace

from app.hardware.best_device import best
from app.hardware.devices import AUTO, COREML, CPU, GRAPHICS, devices_on, parse_device
from app.hardware.graphics_fit import judge_graphics
from app.hardware.machine import Machine
from app.hardware.processor_fit import judge_processor
from app.hardware.question import Question
from app.hardware.verdict import State, Verdict
from app.phrases import Phrase


def judge(machine: Machine, question: Question) -> Verdict:
    """Say whether a model runs.

    Args:
        machine: the computer.
        question: what is asked.

    Raises:
        UsageError: there is no such device, or the model was not made for such a context.
    """
    question.check()
    if question.device == AUTO:
        return _best(machine, question)
    device = parse_device(question.device)
    if device.name == CPU:
        return judge_processor(machine, question)
    if device.name == COREML:
        return _without_coreml(judge(machine, replace(question, device=CPU)))
    found = judge_graphics(machine, question, device)
    return _offered(machine, question, found) if found.state is State.NOT else found


def _offered(machine: Machine, question: Question, refused: Verdict) -> Verdict:
    """The same, with the processor as the way out where it runs there."""
    if judge_processor(machine, question).state is State.NOT:
        return refused
    action = refused.action if str(refused.action) else Phrase("Let the processor compute instead.")
    return replace(refused, action=action, alternative=CPU)


def _best(machine: Machine, question: Question) -> Verdict:
    roads = [road for road in GRAPHICS if road in question.roads]
    asked = [str(device) for road in roads for device, _ in devices_on(road, machine.adapters)]
    verdicts = [judge(machine, replace(question, device=device)) for device in (*asked, CPU)]
    return best(verdicts, question)


def _without_coreml(verdict: Verdict) -> Verdict:
    reason = Phrase("CoreML has no kernels for the products of a language model: the processor computes.")
    return replace(verdict, choice=reason)
