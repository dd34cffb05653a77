"""Whether an installed model runs here: the state, the two numbers, the cause, the next action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.hardware.verdict import Verdict
from app.ui.controls import label, say
from app.ui.frame.words import count, size
from app.ui.hardware import words
from app.ui.theme import Theme
from app.ui.wording import said


class VerdictCard(QFrame):
    """One model's verdict, and the choice of its device.

    Args:
        name: what people call the model.
        theme: distances.

    Signals:
        device_chosen: the device, or empty for the setting's.
    """

    device_chosen = Signal(str)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._name = name
        self._devices: Sequence[str] = ()
        self.setProperty("kind", "card")
        self.state = label("")
        self.devices = self._device_box(name)
        self._facts, self._cause = label("", "muted", wrap=True), label("", wrap=True, selectable=True)
        self._choice = label("", "muted", wrap=True, selectable=True)
        self._placement = label("", "muted", wrap=True, selectable=True)
        self._action = label("", wrap=True, selectable=True)
        self._lay_out(name, theme)

    def show_verdict(self, verdict: Verdict, devices: Sequence[str], chosen: str) -> None:
        """Show how it is now; what is the same stays untouched.

        Args:
            verdict: what the fit says.
            devices: what can be chosen; the first stands for the setting.
            chosen: which of them is.
        """
        placed = self.tr("Loaded last: {placement}")
        say(self.state, words.state(verdict.state), words.look(verdict.state))
        self.setAccessibleName(f"{self._name}: {self.state.text()}")
        _tell(self._facts, self._told(verdict))
        _tell(self._cause, said(verdict.cause))
        _tell(self._choice, said(verdict.choice))
        _tell(
            self._placement,
            placed.format(placement=words.placement(verdict.placement)) if verdict.placement else "",
        )
        _tell(self._action, said(verdict.action))
        if self._devices != devices:
            self._devices = devices
            self.devices.clear()
            for device in devices:
                self.devices.addItem(words.device(device), device)
        self.devices.setCurrentIndex(max(0, self.devices.findData(chosen)))

    def _device_box(self, name: str) -> QComboBox:
        box = QComboBox()
        told = self.tr("Device for {model}").format(model=name)
        box.setAccessibleName(told)
        box.view().setAccessibleName(told)
        box.activated.connect(lambda index: self.device_chosen.emit(box.itemData(index)))
        return box

    def _told(self, verdict: Verdict) -> str:
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

    def _lay_out(self, name: str, theme: Theme) -> None:
        space = theme.tokens.space
        head = QHBoxLayout()
        head.setSpacing(space.l)
        head.addWidget(label(name, "subtitle", wrap=True), 1)
        head.addWidget(self.state)
        head.addWidget(self.devices)
        column = QVBoxLayout(self)
        column.setContentsMargins(space.l, space.l, space.l, space.l)
        column.setSpacing(space.xs)
        column.addLayout(head)
        for text in (self._facts, self._cause, self._choice, self._placement, self._action):
            column.addWidget(text)


def _tell(shown: QLabel, text: str) -> None:
    if shown.text() != text:
        shown.setText(text)
    shown.setVisible(bool(text))
