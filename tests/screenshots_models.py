"""Writes pictures of the models pane at work: `python -m tests.screenshots_models OUT/`."""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.download.client import DownloadClient
from app.download.protocol import Order, Reference
from app.history.background import BackgroundHistory
from app.library.licences import Terms
from app.paths import Paths, guide
from app.remote.client import RemoteClient
from app.settings import Settings
from app.ui import application
from app.ui.models.download_card import DownloadCard
from app.ui.models.import_dialog import ImportDialog
from app.ui.models.licence_dialog import LicenceDialog
from app.ui.models.offer_card import EntryCard
from app.ui.models.pane import ModelsPane
from app.ui.models.sign_in_dialog import SignInDialog
from app.ui.panes import Panes
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient
from tests.screenshots import NARROW, SIZE, furnish
from tests.support.hub_repositories import Repository, content
from tests.support.hub_server import HubServer, running_hub
from tests.support.models_pane import FILES, install

SETTLE_SECONDS = 0.6
PATIENCE = 50
LONG = "a-model-with-a-name-that-is-longer-than-anybody-would-like-it-to-be-0.5b-instruct-onnx"


def publish(hub: HubServer) -> None:
    """Put models on the hub: large ones that take their time, and a gated one."""
    hub.bytes_per_s = 400_000
    large = {**FILES, "onnx/model.onnx_data": content(30_000_000, 5)}
    hub.add(Repository("tests/model", large))
    hub.add(Repository(f"tests/{LONG}", large))
    hub.add(Repository("tests/gated", FILES, gated=True))


class Pictures:
    """Takes the pictures of one theme.

    Args:
        app: the application.
        places: a furnished home.
        options: of the command line.
        hub: serves the models.
        theme_name: light or dark.
    """

    def __init__(
        self, app: QApplication, places: Paths, options: argparse.Namespace, hub: HubServer, theme_name: str
    ) -> None:
        self._options = options
        self._hub = hub
        self._theme_name = theme_name
        settings = Settings(places.settings)
        for name, value in (("theme", theme_name), ("language", options.language), ("text-size", 100)):
            settings.set(name, value)
        settings.set("hub-endpoint", hub.url)
        self._places = places
        self._shell = application.open_shell(app, places)

    async def take(self) -> None:
        """All of them."""
        shell, tasks = self._shell, Tasks()
        background = await BackgroundHistory.open(self._places.history)
        home = self._places.home
        async with (
            WorkerClient(home) as worker,
            DownloadClient(home) as downloader,
            RemoteClient(home) as remote,
        ):
            panes = Panes(shell, tasks, worker, downloader, remote, background)
            panes.fill_window()
            shell.window.resize(*SIZE)
            shell.window.show()
            pane = shell.window.open_pane("models")
            assert isinstance(pane, ModelsPane)
            await self._pane(pane, downloader)
            await self._dialogs(pane)
            await self._import(pane, self._places.home, "import-failed")
            await self._import(pane, guide(), "import")
            await self._save("models-imported", shell.window)
            shell.preferences.set("offline", True)
            pane.search_hub()
            await self._save("models-offline", shell.window)
            shell.preferences.set("offline", False)
            shell.window.resize(*NARROW)
            await self._save("models-narrow", shell.window)
            for download in await downloader.list():
                await (downloader.forget if download.state.ended else downloader.cancel)(download.key)
            shell.window.close()
            await tasks.close()
            shell.window.deleteLater()
            QCoreApplication.sendPostedEvents(shell.window, QEvent.Type.DeferredDelete)
        background.close()
        shell.theme.deleteLater()

    async def _pane(self, pane: ModelsPane, downloader: DownloadClient) -> None:
        window = self._shell.window
        await self._save("models-quiet", window)
        pane.search.words.setText("tests")
        pane.search_hub()
        await self._save("models-search", window)
        pane.search.words.clear()
        for name in ("model", LONG, "gated"):
            await downloader.add(Order(Reference("hub", f"tests/{name}"), name, name.replace("-", " ")))
        pane._services.downloads.follow()
        await asyncio.sleep(3)
        shown = pane.downloads.cards[0]
        assert isinstance(shown, DownloadCard)
        shown.files_button.click()
        await self._save("models-busy", window)
        await pane.hub.show_cards([])
        pane.hub.hide()
        window.resize(SIZE[0], 2600)
        card = next(one for one in pane.catalogue.cards if isinstance(one, EntryCard))
        card.more.click()
        await self._save("models-all", window)
        window.resize(*SIZE)

    async def _dialogs(self, pane: ModelsPane) -> None:
        theme = self._shell.theme
        terms = Terms("Apache-2.0", "gpt-oss-20b", "Follow the usage policy of the publisher.")
        card = next(one for one in pane.catalogue.cards if isinstance(one, EntryCard))
        dialogs: dict[str, QDialog] = {
            "licence": LicenceDialog(terms, theme, pane),
            "sign-in": SignInDialog(pane._services.hub, theme, pane),
            "model-details": pane.keeping.show_model(pane.models[0]),
            "entry-details": pane.keeping.show_entry(card.entry),
        }
        for name, dialog in dialogs.items():
            dialog.open()
            await self._save(name, dialog)
            dialog.close()

    async def _import(self, pane: ModelsPane, source: Path, name: str) -> None:
        work = asyncio.create_task(pane.importing.import_path(source, "imported"))
        shown: list[ImportDialog] = []
        for _ in range(PATIENCE):
            await asyncio.sleep(SETTLE_SECONDS)
            shown = [dialog for dialog in pane.findChildren(ImportDialog) if dialog.isVisible()]
            if shown:
                break
        await self._save(name, shown[0])
        (shown[0].accept if shown[0].ways else shown[0].reject)()
        await work

    async def _save(self, name: str, shown: QWidget) -> None:
        await asyncio.sleep(SETTLE_SECONDS)
        shown.grab().save(str(self._options.out / f"{name}-{self._theme_name}-{self._options.language}.png"))


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(prog="tests.screenshots_models")
    parser.add_argument("out", type=Path)
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(["indoors"])
    app.setQuitOnLastWindowClosed(False)
    with (
        tempfile.TemporaryDirectory() as home,
        running_hub() as hub,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner,
    ):
        places = Paths(Path(home))
        furnish(places)
        install(places, "far", link=str(Path(home) / "gone"))
        publish(hub)
        for theme_name in ("light", "dark"):
            runner.run(Pictures(app, places, options, hub, theme_name).take())


if __name__ == "__main__":
    main()
