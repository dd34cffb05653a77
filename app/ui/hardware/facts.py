"""This computer at a glance: a fact a line, and what could not be found out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout, QVBoxLayout

from app.hardware.machine import Machine, Processor
from app.ui.controls import frame, label
from app.ui.frame.words import count, size
from app.ui.hardware import words
from app.ui.theme import Theme
from app.ui.wording import said


class FactsCard:
    """The card with the facts; they are laid out anew each time, for they seldom change.

    Args:
        theme: distances.
    """

    def __init__(self, theme: Theme) -> None:
        self.widget = frame("card")
        self._space = theme.tokens.space
        self._outer = QVBoxLayout(self.widget)
        self._outer.setContentsMargins(self._space.l, self._space.l, self._space.l, self._space.l)
        self._form: QFormLayout | None = None
        translate = QCoreApplication.translate
        self._reading = label(translate("FactsCard", "Looking at this computer…"), "muted", wrap=True)
        self._outer.addWidget(self._reading)

    def show_machine(self, machine: Machine) -> None:
        """Show what is known of a computer."""
        self._clear()
        self._reading.hide()
        form = QFormLayout()
        form.setHorizontalSpacing(self._space.xl)
        form.setVerticalSpacing(self._space.m)
        for name, value in _facts(machine):
            form.addRow(label(name, "muted"), label(value, wrap=True, selectable=True))
        self._outer.addLayout(form)
        self._form = form

    def _clear(self) -> None:
        if self._form is not None:
            while self._form.rowCount():
                self._form.removeRow(0)
            self._outer.removeItem(self._form)
            self._form = None


def _facts(machine: Machine) -> Iterator[tuple[str, str]]:
    translate = QCoreApplication.translate
    unknown = translate("FactsCard", "unknown")
    if machine.processor is None:
        yield translate("FactsCard", "Processor"), unknown
    else:
        yield from _processor(machine.processor, unknown)
    if machine.memory is not None:
        yield translate("FactsCard", "Memory"), size(machine.memory.total)
    for adapter in machine.adapters:
        yield translate("FactsCard", "Graphics"), words.adapter(adapter)
    if not machine.adapters:
        none = translate("FactsCard", "no graphics adapter was found")
        yield translate("FactsCard", "Graphics"), none
    if machine.disk is not None and machine.disk.read_speed:
        yield translate("FactsCard", "Disk is read at"), words.per_second(machine.disk.read_speed)
    if machine.power is not None:
        yield translate("FactsCard", "Power"), words.power(machine.power)
    yield translate("FactsCard", "System"), machine.system
    for gap in machine.unknown:
        yield said(gap.topic), f"{unknown}: {said(gap.reason)}"


def _processor(processor: Processor, unknown: str) -> Iterator[tuple[str, str]]:
    translate = QCoreApplication.translate
    yield translate("FactsCard", "Processor"), processor.name or unknown
    cores = translate("FactsCard", "{cores} cores, {threads} threads").format(
        cores=count(processor.cores) if processor.cores else unknown, threads=count(processor.threads)
    )
    yield translate("FactsCard", "Cores"), cores
    yield translate("FactsCard", "Instructions"), " ".join(processor.instructions) or unknown
    if processor.bandwidth:
        yield translate("FactsCard", "Memory is read at"), words.per_second(processor.bandwidth)
