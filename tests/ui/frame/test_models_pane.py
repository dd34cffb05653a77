"""The models pane: what is installed, which one answers, import by a real worker."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app import manifest as manifests
from app.library.store import Store
from app.manifest import Manifest
from app.paths import Paths
from app.ui.frame.model_card import ModelCard
from app.ui.frame.models_pane import ModelsPane
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient


@pytest.fixture
def pane(qtbot: QtBot, preferences: Preferences, places: Paths, theme: Theme) -> Iterator[ModelsPane]:
    pane = ModelsPane(Store(places), preferences, lambda: WorkerClient(places.home), Tasks(), theme)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def install(places: Paths, model_id: str) -> Path:
    folder = places.models / model_id
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"x" * 2_000_000)
    record = manifests.record_files(folder)
    facts = {"parameters": 20_900_000_000, "context_length": 131_072, "licence": "Apache-2.0"}
    manifests.write(folder, Manifest(model_id, model_id.title(), "test", files=record, **facts))
    return folder


def card_of(pane: ModelsPane, model_id: str) -> ModelCard:
    return next(card for card in pane.cards if card.model.manifest.id == model_id)


def words_of(card: ModelCard) -> str:
    return " ".join(text.text() for text in card.findChildren(QLabel) if text.isVisibleTo(card))


def test_a_card_tells_size_parameters_context_and_licence(pane: ModelsPane, places: Paths) -> None:
    install(places, "large")
    pane.refresh()
    words = words_of(card_of(pane, "large"))
    assert "20.9 B parameters" in words
    assert "2.0 MB" in words
    assert "131,072" in words
    assert "Apache-2.0" in words


def test_use_for_chat_chooses_the_model(
    qtbot: QtBot, pane: ModelsPane, places: Paths, preferences: Preferences
) -> None:
    install(places, "one")
    install(places, "two")
    pane.refresh()
    qtbot.mouseClick(card_of(pane, "two").use, Qt.MouseButton.LeftButton)
    assert preferences.text("model") == "two"
    assert "Answers in the chat" in words_of(card_of(pane, "two"))
    assert card_of(pane, "two").use.isHidden()
    assert not card_of(pane, "one").use.isHidden()


def test_a_damaged_model_says_so_and_cannot_be_used(pane: ModelsPane, places: Paths) -> None:
    (install(places, "broken") / "model.onnx").unlink()
    pane.refresh()
    card = card_of(pane, "broken")
    assert "Damaged: model.onnx is missing" in words_of(card)
    assert not card.use.isEnabled()
    assert "damaged" in card.use.toolTip()


async def test_a_folder_is_imported_by_a_worker(pane: ModelsPane, tiny_model: Path) -> None:
    seen: list[bool] = []
    work = asyncio.create_task(pane.import_folder(tiny_model))
    while not work.done():
        seen.append(pane.bar.isVisible() and not pane.import_button.isEnabled())
        await asyncio.sleep(0.01)
    await work
    assert any(seen)
    assert not pane.bar.isVisible()
    assert pane.import_button.isEnabled()
    assert card_of(pane, "tiny").use.isEnabled()


async def test_a_second_import_gets_another_name(pane: ModelsPane, tiny_model: Path) -> None:
    await pane.import_folder(tiny_model)
    await pane.import_folder(tiny_model)
    assert {card.model.manifest.id for card in pane.cards} >= {"tiny", "tiny-2"}


async def test_a_folder_without_a_model_is_explained(pane: ModelsPane, tmp_path: Path, places: Paths) -> None:
    (tmp_path / "empty").mkdir()
    await pane.import_folder(tmp_path / "empty")
    problem = next(text for text in pane.findChildren(QLabel) if text.accessibleName() == "Problem")
    assert problem.isVisible()
    assert "empty" in problem.text()
    assert not list(places.models.glob("*"))
    assert pane.import_button.isEnabled()


async def test_an_import_that_is_stopped_leaves_nothing(
    qtbot: QtBot, pane: ModelsPane, tiny_model: Path, places: Paths
) -> None:
    work = asyncio.create_task(pane.import_folder(tiny_model))
    while not pane.bar.isVisible():  # noqa: ASYNC110
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    qtbot.mouseClick(pane.bar.stop, Qt.MouseButton.LeftButton)
    await work
    problem = next(text for text in pane.findChildren(QLabel) if text.accessibleName() == "Problem")
    assert not problem.isVisible()
    assert not (places.models / "tiny").exists()
