"""Conversations with a model elsewhere: the app's own server on loopback stands for it."""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.errors import DiskFull
from app.remote.endpoints import Endpoint
from app.ui.endpoints.card import EndpointsCard
from app.ui.frame.footer import Footer
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from tests.support.bad_endpoint import STREAM, bad_endpoint
from tests.support.serve_program import ServeProgram, serve_program
from tests.ui.chat.conftest import Chat

KEY = "sk-elsewhere"
ID = "guide @ Office"
QUESTION = "What is a token?"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    with serve_program(tmp_path_factory.mktemp("elsewhere"), "--api-key", KEY) as served:
        yield served


@pytest.fixture(autouse=True)
def _keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.support.file_keyring.FileKeyring")
    monkeypatch.setenv("KEYRING_FILE", str(tmp_path / "keyring.json"))


@pytest.fixture
async def office(chat: Chat, served: ServeProgram) -> AsyncIterator[Chat]:
    """A conversation whose model is the guide of another program."""
    await chat.elsewhere.add(Endpoint("Office", served.url, ("guide",)), KEY)
    offered(chat)[f"guide – not local: {host(served)}"].trigger()
    await chat.until(lambda: chat.pane.readiness.name.startswith("guide – not local"))
    return chat


def host(served: ServeProgram) -> str:
    return served.url.removeprefix("http://").partition(":")[0]


def offered(chat: Chat) -> dict[str, QAction]:
    menu = chat.pane.header.model
    menu.opening.emit()
    return {action.text(): action for action in menu.choices.actions() if action.text()}


async def test_an_answer_from_elsewhere_equals_the_local_one(office: Chat) -> None:
    await office.ask(QUESTION)
    remote = office.pane.session.branch[-1]
    assert remote.status == "complete", remote.answer.error
    assert remote.answer.model == ID
    assert remote.answer.usage
    assert remote.answer.device.startswith("127.0.0.1:")
    office.pane.session.begin()
    office.preferences.set("model", "guide")
    await office.until(lambda: office.pane.readiness.context_length > 0)
    await office.ask(QUESTION)
    local = office.pane.session.branch[-1]
    assert local.text == remote.text
    assert [item["type"] for item in local.items] == [item["type"] for item in remote.items]
    assert local.answer.usage["output_tokens"] == remote.answer.usage["output_tokens"]


async def test_the_second_turn_equals_the_local_one_too(office: Chat) -> None:
    texts = []
    for model in (ID, "guide"):
        office.preferences.set("model", model)
        office.pane.session.begin()
        await office.until(
            lambda wanted=model: office.pane.requests.model(office.pane.session.options) == wanted
        )
        await office.ask(QUESTION)
        await office.ask("And what is a model?")
        texts.append(office.pane.session.branch[-1].text)
    assert texts[0] == texts[1]


async def test_it_is_marked_as_not_local_everywhere(qtbot: QtBot, theme: Theme, office: Chat) -> None:
    footer = Footer(theme)
    qtbot.addWidget(footer)
    footer.follow(office.connections)
    assert footer.text.text() == "Not local: what you write goes to 127.0.0.1"
    assert "whole conversation" in footer.text.toolTip()
    assert "not local" in office.pane.header.model.toolTip()
    assert "goes to 127.0.0.1" in office.pane.welcome.place.text()
    await office.ask(QUESTION)
    assert [contact.subject for _, contact in office.connections.log] == ["guide"]
    office.pane.session.begin()
    await office.until(lambda: "Offline" in footer.text.text())
    assert office.pane.welcome.place.text() == "The model runs on this computer."


async def test_with_the_switch_on_it_is_refused_and_nobody_is_asked(office: Chat) -> None:
    office.preferences.set("offline", True)
    await office.until(lambda: "offline switch" in office.pane.readiness.problem)
    assert office.connections.elsewhere == ""
    action = offered(office)["guide – not local: 127.0.0.1"]
    assert not action.isEnabled()
    assert "offline" in action.toolTip()
    await office.pane.session.send(QUESTION)
    message = office.pane.session.branch[-1]
    assert message.status == "failed"
    assert "offline switch" in message.answer.error
    assert office.connections.log == []


async def test_stop_ends_it_there_too(office: Chat, served: ServeProgram) -> None:
    office.type("Explain quantization at length, please.")
    await office.until(lambda: office.pane.session.busy)
    await office.until(lambda: office.answer_is_growing() or not office.pane.session.busy)
    office.pane.answers.stop()
    await office.until(lambda: not office.pane.session.busy)
    message = office.pane.session.branch[-1]
    assert message.status in {"cancelled", "complete"}
    assert message.text or message.items


async def test_a_stream_that_is_cut_loses_nothing(chat: Chat) -> None:
    told = [
        {"type": "response.output_item.added", "item": {"type": "message", "id": "m", "role": "assistant"}},
        {"type": "response.output_text.delta", "delta": "half an answer"},
    ]
    stream = b"".join(b"data: " + json.dumps(one).encode() + b"\n\n" for one in told)
    with bad_endpoint(STREAM + stream) as endpoint:
        await chat.elsewhere.add(Endpoint("Office", endpoint.url, ("guide",)), "")
        chat.preferences.set("model", ID)
        await chat.ask(QUESTION)
        message = chat.pane.session.branch[-1]
        assert message.status == "failed"
        assert message.text == "half an answer"
        assert "broke off" in message.answer.error
        await chat.pane.session.go_on(message.id)
        assert "cannot go on" in chat.pane.session.branch[-1].answer.error


async def test_a_remote_process_that_dies_is_told_and_started_again(office: Chat) -> None:
    await office.ask(QUESTION)
    client = office.elsewhere._client
    assert client.pid is not None
    psutil.Process(client.pid).kill()
    await office.until(lambda: client.pid is None)
    await office.ask(QUESTION)
    assert office.pane.session.branch[-1].status == "complete"


async def test_an_endpoint_is_added_asked_and_removed(
    qtbot: QtBot, theme: Theme, chat: Chat, served: ServeProgram, tmp_path: Path
) -> None:
    tasks, problems = Tasks(), []
    card = EndpointsCard(chat.elsewhere, tasks, problems.append, theme)
    qtbot.addWidget(card)
    dialog = card.open_dialog()
    assert not dialog.add_button.isEnabled()
    dialog.name.setText("Office")
    dialog.address.setText(served.url)
    dialog.key.setText("wrong")
    dialog.add_button.click()
    await chat.until(lambda: "does not accept the key" in dialog.problem.text())
    assert dialog.name.height() >= dialog.name.sizeHint().height()
    dialog.key.setText(KEY)
    dialog.add_button.click()
    await chat.until(lambda: len(card.rows) == 1)
    assert any("guide" in text.text() for text in card.rows[0].findChildren(QLabel))
    assert KEY in (tmp_path / "keyring.json").read_text(encoding="utf-8")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    assert KEY.encode() not in kept
    card.rows[0].remove_button.click()
    await chat.until(lambda: card.rows == [] and KEY not in (tmp_path / "keyring.json").read_text())
    await asyncio.sleep(0.05)
    assert problems[-1] is None
    await tasks.close()


async def test_an_endpoint_that_cannot_be_kept_leaves_no_key(
    chat: Chat, served: ServeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.remote.endpoints.write_whole", full)
    with pytest.raises(DiskFull):
        await chat.elsewhere.add(Endpoint("Office", served.url, ("guide",)), KEY)
    assert KEY not in (tmp_path / "keyring.json").read_text(encoding="utf-8")


async def test_a_model_whose_endpoint_is_gone_is_said(office: Chat) -> None:
    await office.elsewhere.remove(office.elsewhere.endpoints()[0])
    await office.until(lambda: office.pane.readiness.problem)
    assert "guide @ Office" in office.pane.readiness.problem
