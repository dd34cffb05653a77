"""Details of a model, and what is done there: check, removal, newer revision; moving the models folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from app.hardware.computer import Computer
from app.hardware.machine import Machine
from app.library import trash
from app.library.lineage import origin_of
from app.library.upstream import Standing, Upstreams
from app.paths import Paths
from app.ui.models.model_details import ModelDetails
from app.ui.models.offer_card import EntryCard
from app.ui.models.removal_box import RemovalBox
from tests.support.hub_server import HubServer
from tests.support.models_pane import FILES, Parts, install, words_of
from tests.ui.models.test_downloads import begin


async def details(parts: Parts, model_id: str) -> ModelDetails:
    await parts.pane.refresh()
    model = next(one for one in parts.pane.models if one.manifest.id == model_id)
    return parts.pane.keeping.show_model(model)


def outcome(dialog: ModelDetails) -> Callable[[], bool]:
    return lambda: not dialog.outcome.isHidden()


async def test_the_details_tell_licence_lineage_and_files(parts: Parts, places: Paths) -> None:
    install(places, "mine", base_model="openai/gpt-oss-20b", converted_by="somebody", host="hub.example")
    dialog = await details(parts, "mine")
    words = words_of(dialog)
    for fact in ("openai/gpt-oss-20b", "somebody", "hub.example", "Apache-2.0", "2.0 MB"):
        assert fact in words
    table = dialog.findChild(QTreeWidget)
    record = dialog_record(parts, "mine")
    assert table.topLevelItem(0).text(2) == record
    text = dialog.findChild(QPlainTextEdit)
    assert text.isHidden()
    assert "Apache License" in text.toPlainText()
    dialog.close()


async def test_the_details_tell_how_fast_it_was_measured_here(parts: Parts, places: Paths) -> None:
    assert "Measured speed" not in words_of(await details(parts, "guide"))
    here = Computer.here(places, Machine(""))
    here.records.keep_speed("guide", "cpu", here.driver("cpu"), 432.0)
    words = words_of(await details(parts, "guide"))
    assert "Measured speed" in words
    assert "432 tokens a second" in words
    assert "Runs well" in words


def dialog_record(parts: Parts, model_id: str) -> str:
    model = next(one for one in parts.pane.models if one.manifest.id == model_id)
    return model.manifest.files[0].sha256


async def test_the_files_are_checked(qtbot: QtBot, parts: Parts, places: Paths) -> None:
    folder = install(places, "mine")
    dialog = await details(parts, "mine")
    qtbot.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    await parts.until(outcome(dialog))
    assert "as it should be" in dialog.outcome.text()
    (folder / "model.onnx").write_bytes(b"y" * 2_000_000)
    qtbot.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    await parts.until(lambda: "Damaged: model.onnx" in dialog.outcome.text())
    await parts.until(dialog.check.isEnabled)
    dialog.close()


async def test_a_check_is_stopped_with_the_dialog(parts: Parts, places: Paths) -> None:
    install(places, "mine")
    dialog = await details(parts, "mine")
    dialog.check.click()
    dialog.bar.stop.click()
    await parts.until(outcome(dialog))
    dialog.close()


async def choose(parts: Parts, dialog: ModelDetails, choice: str) -> RemovalBox:
    dialog.remove.click()
    await parts.until(lambda: dialog.findChild(RemovalBox) is not None)
    box = dialog.findChild(RemovalBox)
    button = getattr(box, choice)
    button.click()
    return box


async def test_a_model_is_deleted_for_good(parts: Parts, places: Paths) -> None:
    folder = install(places, "mine")
    await choose(parts, await details(parts, "mine"), "for_good")
    await parts.until(lambda: not folder.exists())
    await parts.until(lambda: "mine" not in {one.manifest.id for one in parts.pane.models})


async def test_a_model_goes_into_the_bin(
    parts: Parts, places: Paths, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = install(places, "mine")
    monkeypatch.setattr(trash, "discard", lambda entry: entry.rename(tmp_path / "bin"))
    await choose(parts, await details(parts, "mine"), "bin")
    await parts.until(lambda: "mine" not in {one.manifest.id for one in parts.pane.models})
    assert not folder.exists()
    assert (tmp_path / "bin" / "model.onnx").is_file()


async def test_a_removal_can_be_thought_better_of(parts: Parts, places: Paths) -> None:
    folder = install(places, "mine")
    dialog = await details(parts, "mine")
    await choose(parts, dialog, "cancel")
    await asyncio.sleep(0.1)
    assert folder.is_dir()
    dialog.close()


async def test_the_guide_stays(parts: Parts) -> None:
    dialog = await details(parts, "guide")
    assert not dialog.remove.isEnabled()
    assert dialog.remove.toolTip()
    assert not dialog.newer.isEnabled()
    dialog.close()


async def test_a_newer_revision_is_looked_for_on_demand(online: Parts, hub_server: HubServer) -> None:
    row = await begin(online)
    await online.until(lambda: not row.there.isHidden())
    hub_server.requests.clear()
    dialog = await details(online, "model")
    assert hub_server.requests == []
    dialog.newer.click()
    await online.until(outcome(dialog))
    assert "newest" in dialog.outcome.text()
    hub_server.repositories["tests/model"].commit({**FILES, "config.json": b'{"model_type": "qwen2"}'})
    dialog.newer.click()
    await online.until(lambda: "newer revision" in dialog.outcome.text())
    manifest = online.services.store.get("model").manifest
    kept = Upstreams(online.services.places.upstream).of(origin_of(manifest))
    assert kept is not None
    assert kept.standing is Standing.NEWER
    dialog.close()


async def test_the_models_are_moved(parts: Parts, places: Paths, tmp_path: Path) -> None:
    install(places, "mine")
    await parts.pane.refresh()
    parts.pane.keeping.move_wanted.emit(tmp_path / "elsewhere")
    await parts.until(lambda: places.models == tmp_path / "elsewhere")
    await parts.until(lambda: parts.pane.keeping.bar.isHidden())
    await parts.pane.refresh()
    assert (tmp_path / "elsewhere" / "mine" / "model.onnx").is_file()
    shown = parts.pane.keeping.place.said.text().replace("\u200b", "")
    assert str(tmp_path / "elsewhere") in shown


async def test_a_move_that_cannot_be_is_explained(parts: Parts, places: Paths) -> None:
    install(places, "mine")
    parts.pane.keeping.move_wanted.emit(places.models / "inside")
    await parts.until(lambda: bool(parts.problem()))
    assert parts.pane.keeping.place.move_button.isEnabled()


async def test_an_entry_tells_its_licence_and_what_runs_it(parts: Parts) -> None:
    cards = [card for card in parts.pane.catalogue.cards if isinstance(card, EntryCard)]
    entry = next(card.entry for card in cards if card.entry.id == "gpt-oss-20b")
    dialog = parts.pane.keeping.show_entry(entry)
    words = words_of(dialog)
    assert "openai/gpt-oss-20b" in words
    assert "Apache-2.0" in words
    assert len(dialog.findChildren(QTreeWidget)) == len(entry.variants)
    assert all(text.text() for text in dialog.findChildren(QLabel) if text.isVisibleTo(dialog))
    dialog.close()
