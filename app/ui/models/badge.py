"""Whether a model runs here, as a word or two with the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from app.hardware.devices import CPU
from app.hardware.verdict import State, Verdict
from app.ui.controls import say
from app.ui.hardware import words as hardware_words
from app.ui.wording import said


@dataclass(frozen=True)
class Badge:
    """What a card shows.

    Attributes:
        text: the verdict.
        kind: of its label.
        why: the numbers, or the cause and the next action.
    """

    text: str
    kind: str
    why: str

    def put_on(self, shown: QLabel) -> None:
        """Let a label say it."""
        say(shown, self.text, self.kind)
        shown.setToolTip(self.why)
        shown.setAccessibleDescription(self.why)


def badge_of(verdict: Verdict | None) -> Badge:
    """The badge of a verdict; None: too little is known of the model."""
    if verdict is None:
        return Badge(QCoreApplication.translate("Models", "Not known whether it fits"), "muted", "")
    why = f"{said(verdict.cause)} {said(verdict.action)}".strip()
    text = hardware_words.state(verdict.state)
    if runs(verdict) and verdict.device != CPU:
        text = f"{text} · {hardware_words.device(verdict.device)}"
    return Badge(text, hardware_words.look(verdict.state), why)


def state_of(verdict: Verdict | None) -> State | None:
    """Its state; None: too little is known of the model."""
    return None if verdict is None else verdict.state


def runs(verdict: Verdict | None) -> bool:
    """It is known to run."""
    return verdict is not None and verdict.state is not State.NOT
