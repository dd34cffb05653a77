"""Whether an installed model runs here: the state, the two numbers, the cause, the next action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from app.hardware.verdict import Verdict
from app.ui.controls import label
from app.ui.frame.words import count, size
from app.ui.hardware import words
from app.ui.theme import Theme
from app.ui.wording import said


class VerdictCard(QFrame):
    """One model's verdict, and the choice of its device.

    Args:
        name: what people call the model.
        verdict: what the fit says.
        devices: what can be chosen; the first stands for the setting.
        chosen: which of them is.
        theme: distances.

    Signals:
        device_chosen: the device, or empty for the setting's.
    """

    device_chosen = Signal(str)

    def __init__(
        self, name: str, verdict: Verdict, devices: Sequence[str], chosen: str, theme: Theme
    ) -> None:
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
        self.devices = self._device_box(name, devices, chosen)
        head.addWidget(self.devices)
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

    def _device_box(self, name: str, devices: Sequence[str], chosen: str) -> QComboBox:
        box = QComboBox()
        told = self.tr("Device for {model}").format(model=name)
        box.setAccessibleName(told)
        box.view().setAccessibleName(told)
        for device in devices:
            box.addItem(words.device(device), device)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.activated.connect(lambda index: self.device_chosen.emit(box.itemData(index)))
        return box

    def _facts(self, verdict: Verdict) -> str:
        facts = [words.device(verdict.device)]
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
