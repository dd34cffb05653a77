"""The hardware pane: what this computer has, what is free on it now, and which models run on it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent

from app.errors import IndoorsError, InferenceFailed, NotEnoughMemory, UnsupportedModel, WorkerDied
from app.hardware.asking import ask_machine
from app.hardware.computer import Computer
from app.hardware.devices import CPU
from app.hardware.machine import Machine
from app.hardware.probes.disk import disk_now
from app.hardware.probes.memory import MemoryProbe
from app.hardware.report import report
from app.hardware.verdict import Verdict
from app.library.fitting import Fitting
from app.library.loading import Loading
from app.library.store import Store
from app.paths import Paths
from app.ui.controls import allow, button, label
from app.ui.frame.page import Page
from app.ui.hardware.catalogue_card import CatalogueCard
from app.ui.hardware.facts import FactsCard
from app.ui.hardware.judging import Judgement, judge_catalogue, judge_models
from app.ui.hardware.live import LiveCard
from app.ui.hardware.measuring import Measuring
from app.ui.hardware.verdict_card import VerdictCard
from app.ui.notice import Remedy
from app.ui.preferences import Preferences
from app.ui.renewal import Renewal
from app.ui.row_list import RowList, in_turns
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient

_LIVE_MS = 2000
_LOOKS_BETWEEN = 15  # live refreshes until a child looks at the graphics again


class HardwarePane(Page):
    """Facts, live bars, verdicts and a measurement. Drivers are asked by a child process.

    Args:
        places: the disk that holds the models is the one that is shown.
        store: the models.
        preferences: device and context that verdicts are about.
        worker: the chat's: its memory is shown, and it measures.
        tasks: runs what clicks and timers start.
        theme: look.
    """

    def __init__(
        self,
        places: Paths,
        store: Store,
        preferences: Preferences,
        worker: WorkerClient,
        tasks: Tasks,
        theme: Theme,
    ) -> None:
        translate = QCoreApplication.translate
        lead = translate("HardwarePane", "What this computer offers to a model, and which models run on it.")
        super().__init__(translate("HardwarePane", "Hardware"), lead, theme)
        self._places, self._store, self._preferences = places, store, preferences
        self._worker, self._tasks, self._theme = worker, tasks, theme
        self._loading = Loading(store.devices, preferences)
        self._computer = Computer.here(places, Machine(""))
        self._until_look = 0
        self.verdicts: dict[str, Verdict] = {}
        self._judging = Renewal(tasks, self._judge)
        self._list = RowList[Judgement, VerdictCard](
            self._make_card, theme.tokens.space.m, key=lambda one: one.model.manifest.id
        )
        self.facts, self.live, self.catalogue = FactsCard(theme), LiveCard(theme), CatalogueCard(theme)
        self.measuring = Measuring(worker, lambda: self._computer, theme)
        self.measuring.wanted.connect(lambda: tasks.start(self.measure()))
        self.measuring.measured.connect(self._judging.ask)
        self.copy_button = button(self.tr("Copy report"), icon=theme.icon("copy"))
        self.copy_button.clicked.connect(self.copy_report)
        self.look_button = button(self.tr("Look again"), icon=theme.icon("regenerate"))
        self.look_button.clicked.connect(lambda: tasks.start(self.look()))
        self._timer = QTimer(self)
        self._timer.setInterval(_LIVE_MS)
        self._timer.timeout.connect(self._tick)
        self._copied = QTimer(self, singleShot=True, interval=_LIVE_MS)
        self._copied.timeout.connect(self._end_of_copying)
        self._lay_out(theme)
        preferences.changed.connect(self._on_preference)
        self._show_live(None)

    @property
    def cards(self) -> list[VerdictCard]:
        """Of the models that could be judged."""
        return self._list.rows

    async def look(self) -> None:
        """Let a child look at this computer, and show what it found."""
        self._until_look = _LOOKS_BETWEEN
        allow(self.look_button, self.tr("It is being looked for."))
        try:
            machine = await ask_machine(self._places)
        finally:
            allow(self.look_button)
        self._computer = Computer.here(self._places, machine)
        self.facts.show_machine(machine)
        self.live.show_adapters(machine.adapters)
        await self.judge()

    async def refresh(self) -> None:
        """Show what is free now."""
        worker: Mapping[str, Any] | None = None
        if self._worker.pid is not None:
            try:
                worker = await self._worker.call("status")
            except WorkerDied:  # its last request tells of it
                worker = None
        self._show_live(worker)

    async def measure(self, device: str = "", *, unguarded: bool = False) -> None:
        """Measure the chosen model; a problem is shown in the pane, with what helps.

        Args:
            device: empty for the one that it runs on.
            unguarded: try it though the memory may not hold it.
        """
        self.show_problem(None)
        verdict = self.verdicts.get(self.measuring.model)
        device = device or (verdict.device if verdict else CPU)
        try:
            await self.measuring.measure(device, unguarded=unguarded)
        except IndoorsError as error:
            self.show_problem(error, self._remedies(error, device))

    def _remedies(self, error: IndoorsError, device: str) -> Iterator[Remedy]:
        if not isinstance(error, InferenceFailed | UnsupportedModel | WorkerDied):
            return

        def again(device: str, *, unguarded: bool = False) -> None:
            self._tasks.start(self.measure(device, unguarded=unguarded))

        yield self.tr("Try again"), lambda: again(device)
        if device != CPU:
            yield self.tr("Use the processor"), lambda: again(CPU)
        if isinstance(error, NotEnoughMemory):
            yield self.tr("Try anyway"), lambda: again(device, unguarded=True)

    def copy_report(self) -> None:
        """Put this computer and all verdicts into the clipboard, as text in English."""
        QGuiApplication.clipboard().setText(report(self._computer.machine, self.verdicts))
        self.copy_button.setText(self.tr("Copied"))
        self._copied.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: look, and keep what is shown fresh."""
        super().showEvent(event)
        self._until_look = 0
        self._tick()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody looks; rest."""
        super().hideEvent(event)
        self._timer.stop()

    def _tick(self) -> None:
        self._until_look -= 1
        if self._until_look < 0:
            self._tasks.start(self.look())
        self._tasks.start(self.refresh())

    def _show_live(self, worker: Mapping[str, Any] | None) -> None:
        self.live.show_memory(MemoryProbe().now(), worker)
        self.live.show_adapters(self._computer.machine.adapters, worker)
        self.live.show_disk(disk_now(self._places.models))

    async def judge(self) -> None:
        """Say of every installed model whether it runs, by what is on the disk and free in memory now."""
        await self._judging.ask()

    async def _judge(self) -> None:
        """Files are read in another thread; cards are made a few at a time."""
        found = await asyncio.to_thread(judge_models, self._store, self._computer, self._fitting)
        self.measuring.offer([one.model for one in found])
        self.verdicts = {one.model.manifest.id: one.verdict for one in found if one.verdict is not None}
        async for _ in in_turns(self._list.steps(one for one in found if one.verdict is not None)):
            pass
        for one in found:
            card = self._list.get(one.model.manifest.id)
            if card is not None and one.verdict is not None:
                card.show_verdict(one.verdict, one.devices, one.chosen)
        self.catalogue.show_verdicts(await asyncio.to_thread(judge_catalogue, self._fitting))

    def _fitting(self) -> Fitting:
        return Fitting(self._computer, self._loading, self._worker.held_bytes)

    def _make_card(self, one: Judgement) -> VerdictCard:
        card = VerdictCard(one.model.manifest.name, self._theme)
        card.device_chosen.connect(lambda device: self._choose(one.model.manifest.id, device))
        if one.verdict is not None:
            card.show_verdict(one.verdict, one.devices, one.chosen)
        return card

    def _choose(self, model: str, device: str) -> None:
        """Let a model run on a device from its next load on."""
        try:
            self._store.devices.choose(model, device)
        except IndoorsError as error:
            self.show_problem(error)
        self._judging.ask()

    def _on_preference(self, name: str) -> None:
        if name in {"context", "device"} and self.verdicts:
            self._judging.ask()

    def _end_of_copying(self) -> None:
        self.copy_button.setText(self.tr("Copy report"))

    def _lay_out(self, theme: Theme) -> None:
        self.header.addWidget(self.look_button)
        self.header.addWidget(self.copy_button)
        self.column.addWidget(self.live.widget)
        self.column.addWidget(self.facts.widget)
        self.column.addWidget(label(self.tr("Models on this computer"), "subtitle"))
        self.column.addLayout(self._list.layout)
        self.column.addWidget(self.measuring)
        self.column.addWidget(label(self.tr("Models that could be got"), "subtitle"))
        self.column.addWidget(self.catalogue.widget)
        self.column.addStretch(1)
