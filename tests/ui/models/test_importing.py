"""Importing in the window: what was found, the choice of what becomes of the files, and the report."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from app.checks import Check
from app.errors import ModelDamaged
from app.graph.plan import Mode
from app.paths import Paths
from app.ui.models.import_dialog import ImportDialog, ReportDialog
from app.ui.models.installed_card import InstalledCard
from app.worker.protocol import IMPORT_MODES
from tests.support.gguf_files import TinyGguf, write_gguf
from tests.support.models_pane import Parts, words_of


@pytest.fixture
def published(tiny_model: Path, tmp_path: Path) -> Path:
    """A folder as somebody publishes it: without our manifest."""
    folder = Path(shutil.copytree(tiny_model, tmp_path / "published"))
    (folder / "indoors.json").unlink()
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def installed(parts: Parts) -> set[str]:
    await parts.pane.refresh()
    return {model.manifest.id for model in parts.pane.models}


async def dialog_of(parts: Parts) -> ImportDialog:
    def shown() -> list[ImportDialog]:
        return [dialog for dialog in parts.pane.findChildren(ImportDialog) if dialog.isVisible()]

    await parts.until(lambda: bool(shown()))
    return shown()[0]


async def accepted(parts: Parts, source: Path, name: str, mode: str = "copy") -> None:
    """Import something in a way, as somebody does who clicks through."""
    work = asyncio.create_task(parts.pane.importing.import_path(source, name))
    dialog = await dialog_of(parts)
    dialog.ways[mode].click()
    dialog.start.click()
    await work


async def test_what_was_found_is_shown_before_anything_is_done(
    parts: Parts, published: Path, places: Paths
) -> None:
    importer = parts.pane.importing
    work = asyncio.create_task(importer.import_path(published, "published"))
    await parts.until(importer.bar.isVisible)
    assert not importer.button.isEnabled()
    dialog = await dialog_of(parts)
    words = words_of(dialog)
    for said in ("Files complete", "Chat template", "gpt_oss", "16,384", str(published)):
        assert said in words, said
    assert "Failed" not in words
    assert "Nothing was changed yet" in dialog.plan.text()
    assert str(places.models / "published") in words
    assert not list(places.models.glob("*"))
    dialog.reject()
    await work
    assert not list(places.models.glob("*"))
    assert importer.button.isEnabled()
    assert not importer.report.isVisible()


async def test_a_copy_and_its_report(qtbot: QtBot, parts: Parts, published: Path) -> None:
    await accepted(parts, published, "published")
    importer = parts.pane.importing
    assert "published" in await installed(parts)
    card = next(
        one
        for one in parts.pane.installed.cards
        if isinstance(one, InstalledCard) and one.model.manifest.id == "published"
    )
    assert card.use.isEnabled()
    assert "model.onnx" in names(published)
    assert importer.report.isVisible()
    assert "10 tokens: " in importer.report.said.text()
    qtbot.mouseClick(importer.report.checks, Qt.MouseButton.LeftButton)
    (report,) = parts.pane.findChildren(ReportDialog)
    assert "Ten tokens" in words_of(report)
    report.close()
    qtbot.mouseClick(importer.report.close_button, Qt.MouseButton.LeftButton)
    assert not importer.report.isVisible()


async def test_a_move_takes_the_files(parts: Parts, published: Path, places: Paths) -> None:
    await accepted(parts, published, "published", "move")
    assert "published" in await installed(parts)
    assert "published" not in names(published.parent)
    assert len(list(places.models.glob("published/model.onnx"))) == 1


async def test_a_link_leaves_the_files(parts: Parts, published: Path, places: Paths) -> None:
    work = asyncio.create_task(parts.pane.importing.import_path(published, "published"))
    dialog = await dialog_of(parts)
    dialog.ways["link"].click()
    assert "no room" in dialog.plan.text()
    dialog.start.click()
    await work
    assert [path.name for path in places.models.glob("published/*")] == ["indoors.json"]
    assert "model.onnx" in names(published)


async def test_what_is_converted_can_only_be_copied(parts: Parts, tmp_path: Path) -> None:
    source = write_gguf(tmp_path / "Tiny.Q4_K.gguf", TinyGguf("qwen2", "Q4_K", bias=True))
    work = asyncio.create_task(parts.pane.importing.import_path(source, "tiny"))
    dialog = await dialog_of(parts)
    assert {mode: way.isEnabled() for mode, way in dialog.ways.items()} == {
        "copy": True,
        "move": False,
        "link": False,
    }
    assert "converted" in dialog.ways["move"].toolTip()
    dialog.start.click()
    await work
    assert "tiny" in await installed(parts)


async def test_a_check_that_fails_is_said_with_what_to_do(
    parts: Parts, published: Path, places: Paths
) -> None:
    (published / "tokenizer.json").unlink()
    work = asyncio.create_task(parts.pane.importing.import_path(published, "published"))
    dialog = await dialog_of(parts)
    words = words_of(dialog)
    assert words.count("Failed") == 1
    assert "has no tokenizer" in words
    assert "cannot be imported" in dialog.plan.text()
    assert not dialog.ways
    assert dialog.start not in dialog.buttons.buttons()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Close).click()
    await work
    assert not list(places.models.glob("*"))


async def test_a_folder_without_a_model_is_explained(parts: Parts, tmp_path: Path, places: Paths) -> None:
    (tmp_path / "empty").mkdir()
    parts.pane.importing.wanted.emit(tmp_path / "empty", "empty")
    dialog = await dialog_of(parts)
    assert "empty" in words_of(dialog)
    dialog.reject()
    await parts.until(parts.pane.importing.button.isEnabled)
    assert not list(places.models.glob("*"))
    assert not parts.problem()


async def test_a_model_that_breaks_between_the_look_and_the_import(
    parts: Parts, published: Path, places: Paths
) -> None:
    parts.pane.importing.wanted.emit(published, "published")
    dialog = await dialog_of(parts)
    (published / "model.onnx.data").unlink()
    dialog.start.click()
    await parts.until(lambda: "model.onnx.data" in parts.problem())
    assert not list(places.models.glob("*"))


async def test_a_second_import_gets_another_name(parts: Parts, published: Path) -> None:
    await accepted(parts, published, "tiny")
    await accepted(parts, published, "tiny")
    assert await installed(parts) >= {"tiny", "tiny-2"}


@pytest.mark.parametrize("begun", [False, True])
async def test_an_import_that_is_stopped_leaves_nothing(
    qtbot: QtBot, parts: Parts, published: Path, places: Paths, begun: bool
) -> None:
    importer = parts.pane.importing
    work = asyncio.create_task(importer.import_path(published, "tiny"))
    await parts.until(importer.bar.isVisible)
    if begun:
        (await dialog_of(parts)).start.click()
        await parts.until(importer.bar.isVisible)
    await asyncio.sleep(0)
    qtbot.mouseClick(importer.bar.stop, Qt.MouseButton.LeftButton)
    await work
    assert not parts.problem()
    assert not (places.models / "tiny").exists()


async def test_words_of_strangers_are_plain_text(parts: Parts, published: Path) -> None:
    content = json.loads((published / "config.json").read_text(encoding="utf-8"))
    content["model_type"] = "<b>gpt_oss</b>"
    (published / "config.json").write_text(json.dumps(content), encoding="utf-8")
    work = asyncio.create_task(parts.pane.importing.import_path(published, "published"))
    dialog = await dialog_of(parts)
    formats = {text.textFormat() for text in dialog.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    dialog.reject()
    await work


def test_both_sides_know_the_same_ways() -> None:
    assert tuple(Mode) == IMPORT_MODES


def test_an_error_keeps_its_kind_over_the_pipe() -> None:
    error = ModelDamaged("{file} is cut.", "Get it again.", file="x")
    check = Check.from_json(Check("files", error.cause, error).to_json())
    assert not check.passed
    assert isinstance(check.error, ModelDamaged)
