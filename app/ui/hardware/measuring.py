"""Measure now: how fast a model computes here, with a small chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from app.errors import Cancelled
from app.hardware.computer import Computer
from app.library.store import InstalledModel
from app.process.stream import EventStream
from app.ui.controls import PARTS, allow, button, label, progress_bar, show_part
from app.ui.hardware import words
from app.ui.hardware.chart import Chart, Figure
from app.ui.theme import Theme
from app.worker.client import WorkerClient
from app.worker.protocol import PROGRESS

_PROMPT_TOKENS, _NEW_TOKENS, _CONTEXT = 128, 32, 512


class Measuring(QFrame):
    """A choice of models, a button, and the figures of the last measurement.

    Args:
        worker: the chat's, which measures between answers; it loads its model again afterwards.
        computer: gives this computer, whose records keep what was measured.
        theme: look.

    Signals:
        wanted: the button was clicked.
        measured: there are new figures.
    """

    wanted = Signal()
    measured = Signal()

    def __init__(self, worker: WorkerClient, computer: Callable[[], Computer], theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._worker, self._computer = worker, computer
        self._models: Sequence[InstalledModel] = ()
        self._stream: EventStream | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Model to measure"))
        self.choice.view().setAccessibleName(self.tr("Model to measure"))
        self.choice.setPlaceholderText(self.tr("Looking for models…"))
        self.start = button(self.tr("Measure now"), "primary")
        self.start.clicked.connect(self._clicked)
        allow(self.start, self.tr("Looking for models…"))
        self.bar = progress_bar(self.tr("Progress of the measurement"))
        self.bar.hide()
        self.chart = Chart(self.tr("Result of the measurement"), theme)
        self._lay_out(theme)

    def offer(self, models: Sequence[InstalledModel]) -> None:
        """Let one of these be chosen; a choice that is still there stays."""
        before, self._models = _names(self._models), models
        if _names(models) != before:
            chosen = self.choice.currentData()
            self.choice.clear()
            for name, model_id in _names(models):
                self.choice.addItem(name, model_id)
            self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        if self._stream is None:
            allow(self.start, "" if models else self.tr("No model is installed."))

    @property
    def model(self) -> str:
        """The id of the chosen model."""
        return str(self.choice.currentData())

    async def measure(self, device: str, *, unguarded: bool = False) -> None:
        """Measure the chosen model; one that is stopped ends quietly.

        Args:
            device: what it is to compute on.
            unguarded: try it though the memory may not hold it.

        Raises:
            IndoorsError: it cannot be measured.
        """
        model = next(each for each in self._models if each.manifest.id == self.model)
        self._set_running(running=True)
        try:
            figures = await self._follow(model.folder, device, unguarded=unguarded)
        except Cancelled:
            return
        finally:
            self._set_running(running=False)
        computer = self._computer()
        computer.records.keep_bench(model.manifest.id, computer.driver(str(figures["device"])), figures)
        self.show_figures(figures)
        self.measured.emit()

    def show_figures(self, figures: Mapping[str, Any]) -> None:
        """Show a measurement: reading the prompt, writing, and what the memory would allow."""
        decode, prefill = float(figures["decode_tokens_per_s"]), float(figures["prefill_tokens_per_s"])
        shown = [
            Figure(self.tr("Reads a prompt"), prefill, words.speed(prefill)),
            Figure(self.tr("Writes"), decode, words.speed(decode)),
        ]
        if figures["token_bytes"]:
            limit = float(figures["read_bandwidth"]) / float(figures["token_bytes"])
            if limit < 100 * decode:
                shown.append(Figure(self.tr("The memory allows"), limit, words.speed(limit), strong=False))
        self.chart.show_figures(shown)

    async def _follow(self, folder: Path, device: str, *, unguarded: bool) -> Mapping[str, Any]:
        params = {
            "model": str(folder),
            "device": device,
            "unguarded": unguarded,
            "prompt_tokens": _PROMPT_TOKENS,
            "new_tokens": _NEW_TOKENS,
            "conversation_tokens": 0,
            "context": _CONTEXT,
        }
        data: Mapping[str, Any] = {}
        self._stream = self._worker.request("bench", params)
        async with self._stream as stream:
            async for event in stream:
                data = event.data
                if event.name == PROGRESS:
                    done, total = int(data.get("done", 0)), int(data.get("total", 0))
                    show_part(self.bar, PARTS * done // total if total else None)
        return data

    def _clicked(self) -> None:
        if self._stream is not None:
            self._stream.cancel()
        else:
            self.wanted.emit()

    def _set_running(self, *, running: bool) -> None:
        if not running:
            self._stream = None
        show_part(self.bar, None)
        self.bar.setVisible(running)
        self.choice.setEnabled(not running)
        text = self.tr("Stop") if running else self.tr("Measure now")
        self.start.setText(text)
        self.start.setAccessibleName(text)

    def _lay_out(self, theme: Theme) -> None:
        space = theme.tokens.space
        lead = self.tr(
            "A prompt and an answer of random words are computed; a large model takes half a minute."
        )
        row = QHBoxLayout()
        row.setSpacing(space.m)
        row.addWidget(self.choice, 1)
        row.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(space.l, space.l, space.l, space.l)
        column.setSpacing(space.m)
        column.addWidget(label(self.tr("Speed"), "subtitle"))
        column.addWidget(label(lead, "muted", wrap=True))
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.chart)


def _names(models: Sequence[InstalledModel]) -> list[tuple[str, str]]:
    return [(model.manifest.name, model.manifest.id) for model in models]
