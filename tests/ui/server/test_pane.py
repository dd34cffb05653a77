"""The server pane steers a real server."""

from __future__ import annotations

import asyncio
import json
import socket
import tomllib

import psutil
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.server.request_log import MOST_KEPT, RequestLog
from app.ui.server.snippets import snippets
from app.ui.server.switch import Phase
from tests.ui.server.conftest import Panel, free_port

WATCHED = {
    "number": 1,
    "method": "POST",
    "path": "/v1/responses",
    "model": "guide",
    "status": 200,
    "input_tokens": 1234,
    "output_tokens": 5,
    "state": "completed",
    "seconds": 1.25,
}


async def test_one_switch_turns_it_on_and_off(panel: Panel) -> None:
    assert "Offline" in panel.footer.text.text()
    url = await panel.turn_on()
    assert panel.switch.phase is Phase.ON, panel.switch.problem
    assert await panel.get("/health") == 200
    assert panel.pane.state.address.text() == f"{url}/v1"
    place = url.removeprefix("http://")
    assert panel.footer.text.text() == f"Listening on {place}; nothing leaves this computer"
    panel.pane.state.switch.click()
    await panel.until(lambda: panel.switch.phase is Phase.OFF)
    assert "Offline" in panel.footer.text.text()
    assert panel.pane.state.address.isHidden()
    listening = psutil.Process(panel.worker.pid).net_connections("inet")
    assert not [one for one in listening if one.status == psutil.CONN_LISTEN]


async def test_another_port_holds_at_once(panel: Panel) -> None:
    old = await panel.turn_on()
    panel.preferences.set("server-port", free_port())
    await panel.until(lambda: panel.switch.phase is Phase.ON and panel.switch.url != old)
    assert await panel.get("/health") == 200


async def test_quick_clicks_end_where_the_last_one_says(panel: Panel) -> None:
    for _ in range(5):
        panel.pane.state.switch.click()
    await panel.until(lambda: panel.switch.phase is Phase.ON)
    for _ in range(3):
        panel.pane.state.switch.click()
    await panel.until(lambda: panel.switch.phase is Phase.OFF and not panel.switch._turn.locked())
    assert not panel.switch.url


async def test_a_taken_port_is_said(panel: Panel) -> None:
    with socket.create_server(("127.0.0.1", panel.preferences.number("server-port"))):
        await panel.turn_on()
        assert panel.switch.phase is Phase.FAILED
    assert "cannot listen" in panel.pane.state.problem.text()
    assert "Offline" in panel.footer.text.text()


async def test_the_network_needs_a_key_which_turns_it_on(panel: Panel) -> None:
    panel.preferences.set("server-host", "0.0.0.0")
    await panel.turn_on()
    assert panel.switch.phase is Phase.FAILED
    assert "has no key" in panel.pane.state.problem.text()
    panel.pane.keys.name.setText("laptop")
    panel.pane.keys.create_button.click()
    await panel.until(lambda: panel.switch.phase is Phase.ON)
    assert "other computers that have a key" in panel.footer.text.text()
    panel.pane.keys.rows[0].revoke_button.click()
    await panel.until(lambda: panel.switch.phase is Phase.FAILED)
    assert not panel.switch.url


async def test_keys_are_shown_once_and_open_at_once(panel: Panel, qtbot: QtBot) -> None:
    await panel.turn_on()
    card = panel.pane.keys
    assert await panel.get("/v1/models") == 200
    card.name.setText("laptop")
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    key = card.fresh.key.text()
    card.fresh.copy_button.click()
    assert QGuiApplication.clipboard().text() == key
    card.fresh.close_button.click()
    shown = [one.text() for one in panel.pane.findChildren(QLabel)]
    assert key not in shown
    await panel.until(lambda: panel.switch.phase is Phase.ON)
    await asyncio.sleep(0.2)
    assert await panel.get("/v1/models") == 401
    assert await panel.get("/v1/models", key) == 200
    assert card.rows[0].revoke_button.accessibleName() == "Revoke the key laptop"
    card.rows[0].revoke_button.click()
    await asyncio.sleep(0.2)
    assert card.rows == []
    assert await panel.get("/v1/models") == 200


async def test_a_running_answer_survives_a_new_key(panel: Panel) -> None:
    await panel.turn_on()
    answer = asyncio.create_task(panel.ask(max_output_tokens=60))
    await panel.until(lambda: panel.switch.log.running)
    panel.switch.create_key("laptop")
    assert (await answer)["status"] in {"completed", "incomplete"}


async def test_the_worker_is_killed_and_the_server_is_back(panel: Panel) -> None:
    await panel.turn_on()
    url = panel.switch.url
    assert panel.worker.pid is not None
    psutil.Process(panel.worker.pid).kill()
    await panel.until(lambda: panel.switch.phase is Phase.BROKEN)
    assert "started again" in panel.pane.state.state.text()
    await panel.until(lambda: panel.switch.phase is Phase.ON)
    assert panel.switch.url == url
    assert "It was started again" in panel.pane.state.problem.text()
    assert await panel.get("/health") == 200


async def test_requests_are_listed_and_kept_only_when_wanted(panel: Panel) -> None:
    await panel.turn_on()
    heard: list[int] = []
    panel.switch.log.changed.connect(lambda: heard.append(1))
    await panel.ask()
    await panel.until(lambda: len(heard) == 2)  # when it began, and when it was over
    assert panel.switch.log.ended == []
    panel.preferences.set("server-log", True)
    await panel.ask()
    await panel.until(lambda: len(panel.switch.log.ended) == 1)  # a client has its answer a little before
    await panel.get("/v1/nothing")
    await panel.until(lambda: len(panel.switch.log.ended) == 2)
    panel.pane.requests.refresh()
    lines = [[item.text(column) for column in range(6)] for item in panel.pane.requests._items]
    assert lines[0][1] == "GET /v1/nothing"
    assert lines[0][5] == "Refused (404)"
    assert lines[1][1:3] == ["POST /v1/responses", "guide"]
    assert lines[1][3].endswith("in, 8 out")
    assert lines[1][5] == "Cut at its limit"
    panel.preferences.set("server-log", False)
    assert panel.switch.log.ended == []


async def test_the_window_goes_first(panel: Panel) -> None:
    """Two guests wait; what the window asks meanwhile is answered before the second of them."""
    await panel.turn_on()
    load = {"model": str(panel.switch._offer.find("guide").folder)}
    guests = [asyncio.create_task(panel.ask(max_output_tokens=80)) for _ in range(2)]
    await panel.until(lambda: len(panel.switch.log.running) == 2)
    body = {"input": "Hi", "max_output_tokens": 2, "indoors": {"load": load}}
    await panel.worker.call("respond", body)
    assert not all(guest.done() for guest in guests)
    assert {(await guest)["status"] for guest in guests} <= {"completed", "incomplete"}


async def test_the_table_rests_while_nobody_looks(panel: Panel) -> None:
    panel.pane.show()
    assert panel.pane.requests._timer.isActive()
    panel.pane.hide()
    assert not panel.pane.requests._timer.isActive()


def test_the_log_is_bounded_and_forgets() -> None:
    log = RequestLog()
    log.hear(WATCHED)
    assert log.ended == []
    log.keep(wanted=True)
    for number in range(MOST_KEPT + 5):
        log.hear({**WATCHED, "number": number})
    assert len(log.ended) == MOST_KEPT
    log.hear({**WATCHED, "number": 7, "state": "running"})
    log.cut()
    assert log.running == []
    assert log.ended[0].state == "failed"
    log.clear()
    assert log.ended == []


def test_snippets_name_address_model_and_key() -> None:
    for keyed in (False, True):
        found = {one.title: one.text for one in snippets("http://127.0.0.1:1", "a/b", 8192, keyed=keyed)}
        assert all("http://127.0.0.1:1/v1" in text and "a/b" in text for text in found.values())
        assert ("INDOORS_API_KEY" in found["curl"]) is keyed
        compile(found["Python (openai)"], "snippet", "exec")
        provider = tomllib.loads(found["Codex CLI"])["model_providers"]["indoors"]
        assert ("env_key" in provider) is keyed
        model = json.loads(found["VS Code"])[0]["models"][0]
        assert model["maxInputTokens"] + model["maxOutputTokens"] == 8192


async def test_a_snippet_is_copied(panel: Panel) -> None:
    panel.pane.snippets.choice.setCurrentText("Codex CLI")
    panel.pane.snippets.copy_button.click()
    assert 'model = "guide"' in QGuiApplication.clipboard().text()
    panel.preferences.set("model", "other")
    assert panel.pane.snippets.choice.currentText() == "Codex CLI"
    assert 'model = "other"' in panel.pane.snippets.text.toPlainText()
