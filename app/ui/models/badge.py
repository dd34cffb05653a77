"""Whether a model runs here, as a word or two with the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import IndoorsError
from app.hardware.devices import CPU
from app.hardware.fit import judge
from app.hardware.machine import Machine
from app.hardware.model import describe
from app.hardware.probes.memory import MemoryProbe
from app.hardware.question import Question
from app.hardware.records import Records, driver_of
from app.hardware.verdict import State, Verdict
from app.library.fit import Fit
from app.library.store import InstalledModel
from app.ui.hardware import words as hardware_words
from app.ui.models import words
from app.ui.wording import said


@dataclass(frozen=True)
class Badge:
    """What a card shows.

    Attributes:
        text: the verdict.
        kind: of its label.
        why: the numbers, or the cause and the next action.
        runs: it is known to run.
    """

    text: str
    kind: str
    why: str
    runs: bool


def of_fit(fit: Fit) -> Badge:
    """For a model that is not there yet, of which little more than its size is known."""
    text, kind = words.verdict(fit)
    return Badge(text, kind, words.figures(fit), fit.runs)


def of_verdict(verdict: Verdict) -> Badge:
    """For a model that is there."""
    text = hardware_words.state(verdict.state)
    why = f"{said(verdict.cause)} {said(verdict.action)}".strip()
    return Badge(text, hardware_words.look(verdict.state), why, verdict.state is not State.NOT)


def judge_model(model: InstalledModel, records: Records) -> Verdict | None:
    """Whether an installed model would run now; None where its own files do not tell enough."""
    try:
        described = describe(model.folder, model.manifest)
        experience = records.experience(described.id, CPU, driver_of(CPU))
        question = Question(described, experience=experience)
        return judge(Machine("", memory=MemoryProbe().now()), question)
    except IndoorsError:
        return None
