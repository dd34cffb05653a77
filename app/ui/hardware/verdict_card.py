"""Whether an installed model runs here: the state, the two numbers, the cause, the next action."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.hardware.verdict import Verdict
from app.ui.controls import label
from app.ui.frame.words import choice_text, count, size
from app.ui.hardware import words
from app.ui.theme import Theme
from app.ui.wording import said


class VerdictCard(QFrame):
    """One model's verdict.

    Args:
        name: what people call the model.
        verdict: what the fit says.
        theme: distances.
    """

    def __init__(self, name: str, verdict: Verdict, theme: Theme) -> None:
        super().__init__()
        self.verdict = verdict
        self.setProperty("kind", "card")
        space = theme.tokens.space
        self.state = label(words.state(verdict.state), words.look(verdict.state))
        self.setAccessibleName(f"{name}: {self.state.text()}")
        head = QHBoxLayout()
        head.setSpacing(space.l)
        head.addWidget(label(name, "subtitle", wrap=True), 1)
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(space.l, space.l, space.l, space.l)
        column.setSpacing(space.xs)
        column.addLayout(head)
        column.addWidget(label(self._facts(verdict), "muted", wrap=True))
        column.addWidget(label(said(verdict.cause), wrap=True, selectable=True))
        if str(verdict.choice):
            column.addWidget(label(said(verdict.choice), "muted", wrap=True, selectable=True))
        if verdict.placement:
            computed = self.tr("Loaded last: {placement}").format(
                placement=words.placement(verdict.placement)
            )
            column.addWidget(label(computed, "muted", wrap=True, selectable=True))
        if str(verdict.action):
            column.addWidget(label(said(verdict.action), wrap=True, selectable=True))

    def _facts(self, verdict: Verdict) -> str:
        facts = [choice_text(verdict.device)]
        if verdict.context:
            facts.append(self.tr("context of {tokens} tokens").format(tokens=count(verdict.context)))
        if verdict.needed is not None:
            facts.append(self.tr("weights {size}").format(size=size(verdict.needed.weights)))
            if verdict.needed.kv:
                facts.append(self.tr("KV cache {size}").format(size=size(verdict.needed.kv)))
        if verdict.tokens_per_s is not None:
            known = self.tr("{speed}, measured") if verdict.measured else self.tr("{speed}, expected")
            facts.append(known.format(speed=words.speed(verdict.tokens_per_s)))
        return " · ".join(facts)
