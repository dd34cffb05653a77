"""The hardware pane tells what is known and what is not, judges installed models, and measures."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from importlib.metadata import version

import psutil
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app import manifest as manifests
from app.hardware.asking import MachineWatch
from app.hardware.gate import NORMAL, LoadGate
from app.hardware.machine import Adapter, AdapterKind, Machine, Memory, Unknown
from app.hardware.probes.memory import MemoryProbe
from app.hardware.records import Records
from app.hardware.verdict import State
from app.library.store import Store
from app.manifest import Manifest
from app.paths import Paths
from app.phrases import Phrase
from app.ui.hardware.chart import Chart, Figure
from app.ui.hardware.facts import FactsCard
from app.ui.hardware.live import LiveCard
from app.ui.hardware.memory_bar import MemoryBar, Segment
from app.ui.hardware.pane import HardwarePane
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient

GIB = 1 << 30
CARD = Adapter("A card", "NVIDIA", AdapterKind.DISCRETE, 16 * GIB, None, 10 * GIB, "580.95", "", ("NVML",))
RENDERER = Adapter("llvmpipe", "Mesa", AdapterKind.SOFTWARE, 2 * GIB)


@pytest.fixture
async def pane(places: Paths, preferences: Preferences, theme: Theme) -> AsyncIterator[HardwarePane]:
    """A pane that has looked, not shown: nothing but what a test asks for happens."""
    tasks = Tasks()
    async with WorkerClient(places.home) as worker:
        pane = HardwarePane(places, Store(places), preferences, worker, tasks, theme)
        await pane.look()
        yield pane
        pane.hide()
        await tasks.close()
        pane.deleteLater()


def words(pane: HardwarePane) -> set[str]:
    return {text.text() for text in pane.findChildren(QLabel)}


async def test_facts_are_those_of_this_computer(pane: HardwarePane) -> None:
    assert any(f"{psutil.cpu_count()} threads" in text for text in words(pane))


async def test_what_is_unknown_is_said(qtbot: QtBot, theme: Theme) -> None:
    card = FactsCard(theme)
    qtbot.addWidget(card.widget)
    gap = Unknown(Phrase("Graphics adapters"), Phrase("The system took too long to answer."))
    card.show_machine(Machine("System", unknown=(gap,)))
    card.show_machine(Machine("System", unknown=(gap,), adapters=(CARD, RENDERER)))
    shown = [text.text() for text in card.widget.findChildren(QLabel)]
    assert "unknown: The system took too long to answer." in shown
    assert "A card · 17.2 GB · memory of its own · driver 580.95" in shown
    assert len([text for text in shown if text == "System"]) == 2  # its name and its value


async def test_free_and_total_agree_with_the_bar(pane: HardwarePane) -> None:
    await pane.refresh()
    assert "free of" in pane.live.memory.figures.text()
    assert "free of" in pane.live.disk.figures.text()
    assert pane.live.memory.strip.accessibleName() == "Memory"
    assert "free: " in pane.live.memory.strip.accessibleDescription()


async def test_the_models_share_of_the_memory(qtbot: QtBot, theme: Theme) -> None:
    card = LiveCard(theme)
    qtbot.addWidget(card.widget)
    worker = {"memory": {"private_bytes": 6_000_000_000}, "loaded": {"kv_bytes": 1_000_000_000}}
    card.show_memory(Memory(16_000_000_000, 8_000_000_000), worker)
    assert (
        card.memory.strip.accessibleDescription()
        == "model: 5.0 GB, KV cache: 1.0 GB, others: 2.0 GB, free: 8.0 GB"
    )
    card.show_memory(Memory(16_000_000_000, 8_000_000_000), None)
    assert card.memory.strip.accessibleDescription() == "others: 8.0 GB, free: 8.0 GB"


async def test_each_adapter_that_computes_has_a_bar(qtbot: QtBot, theme: Theme) -> None:
    card = LiveCard(theme)
    qtbot.addWidget(card.widget)
    silent = Adapter("Arc", "Intel", AdapterKind.DISCRETE, 8 * GIB)
    card.show_adapters([CARD, silent, RENDERER])
    assert [bar.title.text() for bar in card.adapters] == ["A card", "Arc"]
    assert card.adapters[0].figures.text() == "10.7 GB free of 17.2 GB"
    assert "unknown" in card.adapters[1].figures.text()
    card.show_adapters([])
    assert card.adapters == []


async def test_every_installed_model_has_a_verdict(pane: HardwarePane, places: Paths) -> None:
    folder = places.models / "huge"
    folder.mkdir(parents=True)
    config = {"num_hidden_layers": 1000, "hidden_size": 10**6, "num_attention_heads": 1000, "vocab_size": 100}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    manifests.write(folder, Manifest("huge", "A huge model", "", files=manifests.record_files(folder)))
    await pane.look()
    assert {name: verdict.state for name, verdict in pane.verdicts.items()} == {
        "guide": State.WELL,
        "huge": State.NOT,
    }
    assert {"Runs well", "Does not run"} <= words(pane)
    assert [card.accessibleName() for card in pane.cards] == [
        "The guide: Runs well",
        "A huge model: Does not run",
    ]


async def test_the_chosen_context_is_judged(pane: HardwarePane, preferences: Preferences) -> None:
    preferences.set("context", 512)
    await pane.judge()
    assert pane.verdicts["guide"].context == 512


async def test_the_report_is_copied(pane: HardwarePane) -> None:
    pane.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "guide: runs well on cpu" in text
    assert "Processor" in text
    assert pane.copy_button.text() == "Copied"
    pane._end_of_copying()
    assert pane.copy_button.text() == "Copy report"


async def test_measuring_shows_a_chart_and_teaches_the_verdict(pane: HardwarePane, places: Paths) -> None:
    await pane.measure()
    names = [figure.name for figure in pane.measuring.chart.figures]
    assert names[:2] == ["Reads a prompt", "Writes"]
    assert "tokens a second" in pane.measuring.chart.accessibleDescription()
    await pane.judge()
    assert pane.verdicts["guide"].measured
    assert (
        Records(places.measurements).run("guide", "cpu", f"onnxruntime {version('onnxruntime')}").tokens_per_s
    )
    assert pane.measuring.start.text() == "Measure now"


async def test_measuring_can_be_stopped(pane: HardwarePane) -> None:
    running = asyncio.ensure_future(pane.measure())
    await asyncio.sleep(0.1)
    assert pane.measuring.start.text() == "Stop"
    pane.measuring.start.click()
    await running
    assert pane.measuring.start.text() == "Measure now"
    assert pane.measuring.chart.isHidden() or pane.measuring.chart.figures


async def test_a_measurement_that_fails_is_said(pane: HardwarePane, places: Paths) -> None:
    folder = places.models / "broken"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"no model")
    manifests.write(folder, Manifest("broken", "Broken", "", files=manifests.record_files(folder)))
    await pane.look()
    pane.measuring.choice.setCurrentIndex(pane.measuring.choice.findData("broken"))
    await pane.measure()
    assert pane.notice.isVisibleTo(pane)
    assert "model.onnx" in pane.notice.text.text()


async def test_what_does_not_fit_is_not_measured_and_what_helps_is_offered(
    pane: HardwarePane, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard stands before a measurement too; nothing is loaded before it speaks."""
    pane._worker._gate = LoadGate(places, lambda: NORMAL, MachineWatch(places))
    monkeypatch.setattr(MemoryProbe, "now", lambda _: Memory(16 * GIB, 1 << 20))
    await pane.measure()
    assert "The guide needs 0.1 GB of memory" in pane.notice.text.text()
    remedies = pane.notice.remedies
    buttons = [remedies.itemAt(number).widget() for number in range(remedies.count())]
    assert [each.text() for each in buttons] == ["Try again", "Try anyway"]
    assert pane._worker.pid is None
    buttons[1].click()
    async with asyncio.timeout(30):
        while not pane.measuring.chart.figures:  # noqa: ASYNC110 - a click is answered whenever it is
            await asyncio.sleep(0.02)
    assert pane.notice.isHidden()


async def test_it_looks_only_while_somebody_looks_at_it(qtbot: QtBot, pane: HardwarePane) -> None:
    pane.show()
    assert pane._timer.isActive()
    pane.hide()
    assert not pane._timer.isActive()


def test_a_bar_says_in_words_what_it_shows(qtbot: QtBot, theme: Theme) -> None:
    bar = MemoryBar("Memory", theme)
    qtbot.addWidget(bar)
    bar.show_segments([Segment("model", 3 * 10**9, "accent"), Segment("free", 10**9)], 4 * 10**9)
    assert bar.figures.text() == "1.0 GB free of 4.0 GB"
    assert [entry.words.text() for entry in bar._entries] == ["model: 3.0 GB", "free: 1.0 GB"]
    bar.show_segments([Segment("free", 10**9)], 10**9)
    assert [entry.words.text() for entry in bar._entries] == ["free: 1.0 GB"]
    bar.resize(200, 60)
    image = bar.strip.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == theme.tokens.colours.sunken


def test_the_colours_of_a_bar_have_the_right_lengths(qtbot: QtBot, theme: Theme) -> None:
    bar = MemoryBar("Memory", theme)
    qtbot.addWidget(bar)
    bar.resize(200, 80)
    bar.show_segments([Segment("model", 1, "accent"), Segment("others", 2, "control"), Segment("free", 1)], 4)
    image = bar.strip.grab().toImage()
    colours = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    assert colours.count(theme.tokens.colours.accent) == pytest.approx(image.width() / 4, abs=4)
    assert colours.count(theme.tokens.colours.control) == pytest.approx(image.width() / 2, abs=4)


def test_a_chart_tells_its_figures(qtbot: QtBot, theme: Theme) -> None:
    chart = Chart("Result", theme)
    qtbot.addWidget(chart)
    assert chart.isHidden()
    chart.show_figures([Figure("Writes", 10, "10 tokens a second"), Figure("Limit", 20, "20", strong=False)])
    assert chart.accessibleDescription() == "Writes: 10 tokens a second, Limit: 20"
    chart.resize(200, chart.sizeHint().height())
    image = chart.grab().toImage()
    counts = [image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())]
    accent, control = theme.tokens.colours.accent, theme.tokens.colours.control
    assert 0 < counts.count(accent) < counts.count(control)


async def test_a_device_is_chosen_for_one_model(pane: HardwarePane, places: Paths) -> None:
    [card] = pane.cards
    assert [card.devices.itemText(number) for number in range(card.devices.count())] == [
        "As in the settings",
        "Auto",
        "CPU",
    ]
    card.devices.setCurrentIndex(2)
    card.devices.activated.emit(2)
    assert Store(places).devices.of("guide") == "cpu"


async def test_who_computes_what_is_told_once_it_is_known(pane: HardwarePane, places: Paths) -> None:
    shares = {"CPUExecutionProvider": {"nodes": 55, "bytes": 5_470_288}}
    Records(places.measurements).keep_placement(
        "guide", "cpu", f"onnxruntime {version('onnxruntime')}", shares
    )
    await pane.look()
    assert "Loaded last: CPU 55 nodes with 5.5 MB of weights" in words(pane)


async def test_the_models_share_of_an_adapter(qtbot: QtBot, theme: Theme) -> None:
    card = LiveCard(theme)
    qtbot.addWidget(card.widget)
    placement = {"WebGpuExecutionProvider": {"bytes": 4_000_000_000}, "CPUExecutionProvider": {"bytes": 9}}
    loaded = {"device": "webgpu", "placement": placement, "kv_bytes": 500_000_000}
    card.show_adapters([CARD], {"loaded": loaded})
    expected = "model: 4.0 GB, KV cache: 500.0 MB, used: 1.9 GB, free: 10.7 GB"
    assert card.adapters[0].strip.accessibleDescription() == expected
    card.show_adapters([CARD], {"loaded": {**loaded, "device": "webgpu:1"}})
    assert card.adapters[0].strip.accessibleDescription() == "used: 6.4 GB, free: 10.7 GB"
