"""Which device suits a model best, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.hardware.devices import CPU, parse_device
from app.hardware.question import Experience, Question
from app.hardware.verdict import State, Verdict
from app.phrases import Phrase

_ORDER = (State.WELL, State.SLOWLY, State.NOT)


def best(verdicts: Sequence[Verdict], question: Question) -> Verdict:
    """The verdict of the device to take: by state, then by speed.

    One that failed before comes after all that run. Where every device failed, the processor is taken: it
    tells best what is wrong with the model. Where it fits nowhere, the device that lacks least is taken.

    A road's most capable adapter that holds the model is taken to be faster than any other device while
    nobody has measured it: loading the model on it measures it. Lesser ones are not tried for that.

    Args:
        verdicts: one for each device, the processor's last.
        question: what was asked of all of them.
    """
    hoped = _first_of_each_road(verdicts)
    known = [question.experiences.get(verdict.device, Experience()) for verdict in verdicts]

    def rank(number: int) -> tuple[float, bool, bool, int, float, int]:
        verdict, failed = verdicts[number], bool(known[number].failure)
        unknown = float("inf") if verdict.device in hoped else 0.0
        speed = unknown if verdict.tokens_per_s is None else verdict.tokens_per_s
        graphics = failed and verdict.device != CPU
        return _lacking(verdict), failed, graphics, _ORDER.index(verdict.state), -speed, number

    ranked = sorted(range(len(verdicts)), key=rank)
    taken = verdicts[ranked[0]]
    others = [verdicts[number] for number in ranked[1:]]
    return replace(taken, choice=_reason(taken, others, question))


def _lacking(verdict: Verdict) -> float:
    """Bytes that a refused load lacks; without end where the device is out of the question."""
    if verdict.state is not State.NOT:
        return 0.0
    return float("inf") if verdict.needed is None else 1.0 + verdict.missing


def _first_of_each_road(verdicts: Sequence[Verdict]) -> set[str]:
    """The most capable adapter on which the model runs well, for each road."""
    found: dict[str, str] = {}
    for verdict in verdicts:
        if verdict.state is State.WELL and verdict.device != CPU:
            found.setdefault(parse_device(verdict.device).name, verdict.device)
    return set(found.values())


def _reason(taken: Verdict, others: Sequence[Verdict], question: Question) -> Phrase:
    if taken.state is State.NOT and others:
        return Phrase.of("It runs on no device of this computer; {device} lacks least.", device=taken.device)
    failures = [(other, question.experiences.get(other.device, Experience()).failure) for other in others]
    failed = next(((other, why) for other, why in failures if why and other.state is taken.state), None)
    if failed is not None:
        device, why = failed[0].device, failed[1]
        return Phrase.of(
            "{device} was chosen, for {other} failed before: {why}",
            device=taken.device,
            other=device,
            why=why,
        )
    if taken.device == CPU and not others:
        return Phrase("The processor was chosen: no graphics adapter computes here.")
    rival = next((other for other in others if other.state is taken.state), None)
    if rival is None:
        return Phrase.of("{device} was chosen: on no other does it run as well.", device=taken.device)
    if taken.tokens_per_s is None:
        return Phrase.of(
            "{device} was chosen: it has room for the model, and loading it measures its speed.",
            device=taken.device,
        )
    return Phrase.of(
        "{device} was chosen: {speed} tokens a second, against {rival} on {other}.",
        device=taken.device,
        speed=f"{taken.tokens_per_s:.1f}",
        rival="?" if rival.tokens_per_s is None else f"{rival.tokens_per_s:.1f}",
        other=rival.device,
    )
