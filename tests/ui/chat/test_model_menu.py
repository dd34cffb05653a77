"""Switching the model from the line above the conversation."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtGui import QAction

from app import manifest as manifests
from app.library.store import Store
from app.manifest import Manifest
from tests.ui.chat.conftest import Chat


def install(chat: Chat, source: Path, model_id: str) -> Path:
    """Put a copy of a model into the home."""
    folder: Path = chat.pane.switching._models._store.folder / model_id
    shutil.copytree(source, folder)
    (folder / manifests.FILE_NAME).unlink(missing_ok=True)
    manifests.write(
        folder, Manifest(model_id, model_id.title(), "test", files=manifests.record_files(folder))
    )
    return folder


def offered(chat: Chat) -> dict[str, QAction]:
    menu = chat.pane.header.model
    menu.opening.emit()
    return {action.text(): action for action in menu.choices.actions() if action.text()}


def shown(chat: Chat) -> str:
    return chat.pane.header.model.toolTip()


async def test_a_conversation_gets_a_model_of_its_own(chat: Chat, tiny_model: Path) -> None:
    install(chat, tiny_model, "first")
    second = install(chat, tiny_model, "second")
    chat.preferences.set("model", "first")
    await chat.until(lambda: shown(chat) == "First")
    await chat.ask("Hello")
    offered(chat)["Second"].trigger()
    await chat.until(lambda: shown(chat) == "Second" and chat.pane.readiness.context_length > 0)
    status = await chat.worker.call("status")
    assert status["loaded"]["model"] == str(second)
    assert chat.preferences.text("model") == "first"
    conversation = chat.pane.session.conversation
    assert conversation is not None
    chat.pane.session.begin()
    await chat.until(lambda: shown(chat) == "First")
    await chat.pane.session.open(conversation.id)
    await chat.until(lambda: shown(chat) == "Second")
    assert offered(chat)["Second"].isChecked()


async def test_a_name_is_cut_only_where_there_is_no_room(chat: Chat) -> None:
    menu = chat.pane.header.model
    chat.pane.resize(1100, 700)
    for size in (100, 200):
        chat.preferences.set("text-size", size)
        menu.show_text("The guide")
        await chat.until(lambda: menu.text() == "The guide")
    menu.show_text("A name without an end " * 20)
    await chat.until(lambda: menu.text().endswith("…"))
    assert menu.width() <= chat.pane.header.width() / 2


async def test_the_model_becomes_the_one_for_new_conversations(chat: Chat, tiny_model: Path) -> None:
    install(chat, tiny_model, "first")
    offered(chat)["First"].trigger()
    await chat.until(lambda: shown(chat) == "First")
    default = offered(chat)["Use it for new conversations"]
    assert default.isEnabled()
    default.trigger()
    await chat.until(lambda: chat.preferences.text("model") == "first")
    assert not offered(chat)["Use it for new conversations"].isEnabled()


async def test_what_cannot_answer_is_there_with_the_reason(
    chat: Chat, tiny_model: Path, tmp_path: Path
) -> None:
    damaged = install(chat, tiny_model, "broken")
    next(damaged.glob("*.onnx")).unlink()
    far = install(chat, tiny_model, "far")
    manifests.write(far, Manifest("far", "Far", "test", link=str(tmp_path / "gone")))
    choices = offered(chat)
    for name, reason in (("Broken", "damaged"), ("Far", "not connected")):
        line = next(text for text in choices if text.startswith(name))
        assert reason in line
        assert not choices[line].isEnabled()
    assert len(Store(chat.pane.switching._models._store._paths).models()) == 3


async def test_more_models_are_got_elsewhere(chat: Chat) -> None:
    asked: list[bool] = []
    chat.pane.models_wanted.connect(lambda: asked.append(True))
    offered(chat)["Get more models…"].trigger()
    assert asked == [True]
