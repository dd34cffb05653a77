"""Asking whether the catalogue's models are still there, with the real downloader and a hub on loopback."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.library import catalog
from app.ui.preferences import Preferences
from tests.support.hub_repositories import Repository
from tests.support.hub_server import HubServer
from tests.support.models_pane import FILES, Parts


async def test_a_click_asks_and_says_what_is_known(
    qtbot: QtBot, online: Parts, hub_server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    reference = catalog.load().get("llama-3.2-1b-instruct").variants[0].reference
    assert reference is not None
    repository = hub_server.add(Repository(reference.name, FILES))
    repository.commits[reference.revision] = FILES
    freshness = online.pane.freshness
    assert freshness.said.isHidden()
    assert hub_server.requests == []
    qtbot.mouseClick(freshness.ask_button, Qt.MouseButton.LeftButton)
    await online.until(lambda: not freshness.ask_button.isEnabled())
    await online.until(freshness.ask_button.isEnabled)
    assert f"Newer revisions: {reference.name}." in freshness.said.text()
    assert "Not given any more: onnx-community/gpt-oss-20b-ONNX" in freshness.said.text()
    assert online.problem() == ""


async def test_offline_nobody_is_asked(
    qtbot: QtBot, online: Parts, hub_server: HubServer, preferences: Preferences
) -> None:
    preferences.set("offline", True)
    qtbot.mouseClick(online.pane.freshness.ask_button, Qt.MouseButton.LeftButton)
    await online.until(lambda: bool(online.problem()))
    assert "offline switch" in online.problem()
    assert online.pane.freshness.said.isHidden()
    assert online.services.downloads.client.pid is None
    assert hub_server.requests == []
