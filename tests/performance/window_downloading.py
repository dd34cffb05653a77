"""How long the window's event loop is blocked while four models are fetched at full speed from loopback.

    python -m tests.performance.window_downloading --bytes 500000000 --rounds 3

The real downloader, and the real window with the models pane open and the files of every download listed; in
turn with a window in which nothing happens. Before that the pane is opened for the first time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtWidgets import QApplication

from app.download.client import DownloadClient
from app.download.protocol import Order, Reference
from app.history.background import BackgroundHistory
from app.paths import Paths
from app.remote.client import RemoteClient
from app.ui import application, running
from app.ui.measure.probe import LoopProbe
from app.ui.models.download_card import DownloadCard
from app.ui.models.downloads import Downloads
from app.ui.models.pane import ModelsPane
from app.ui.panes import Panes
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient
from tests.performance.download import FileServer

_DOWNLOADS = 4
_PATIENCE_S = 120.0
_STEP_S = 0.05


async def measure(app: QApplication, home: Path, url: str, rounds: int) -> None:
    """Open the window, and measure it idle and while it downloads, in turn."""
    shell, tasks = application.open_shell(app, Paths(home)), Tasks()
    background = await BackgroundHistory.open(Paths(home).history)
    async with (
        WorkerClient(home) as worker,
        DownloadClient(home) as downloader,
        RemoteClient(home) as remote,
    ):
        panes = Panes(shell, tasks, worker, downloader, remote, background)
        panes.fill_window()
        shell.window.show()
        await asyncio.sleep(2)
        running.keep_loop_free()
        with LoopProbe() as probe:
            await asyncio.sleep(_STEP_S)
            pane = shell.window.open_pane("models")
            assert isinstance(pane, ModelsPane)
            await pane.refresh()
            await asyncio.sleep(_STEP_S)
        _print("the pane filled for the first time", probe)
        await downloader.list()
        for number in range(rounds):
            with LoopProbe() as probe:
                await asyncio.sleep(2)
            _print("idle", probe)
            with LoopProbe() as probe:
                seconds = await fetch(pane, panes._services.downloads, url, number)
            _print(f"four downloads in {seconds:.1f} s", probe)
        shell.window.close()
        await tasks.close()
    background.close()


async def fetch(pane: ModelsPane, downloads: Downloads, url: str, number: int) -> float:
    """Fetch four models, and wait until the pane has forgotten them; gives the seconds."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for each in range(_DOWNLOADS):
        model_id = f"model-{number}-{each}"
        await downloads.get(Order(Reference("url", url), model_id, model_id))
    await _until(lambda: len(pane.downloads.cards) > 0)
    for card in pane.downloads.cards:
        if isinstance(card, DownloadCard):
            card.files_button.click()
            await asyncio.sleep(_STEP_S)
    await _until(lambda: not pane.downloads.cards)
    return loop.time() - begun


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(round(_PATIENCE_S / _STEP_S)):
        if true():
            return
        await asyncio.sleep(_STEP_S)
    raise SystemExit("the downloads did not end")


def _print(what: str, probe: LoopProbe) -> None:
    figures = probe.figures()
    print(
        f"{what}: blocked p95 {figures['p95_ms']:.1f} ms (own work {figures['p95_cpu_ms']:.1f}), "
        f"worst {figures['worst_ms']:.1f} ms (own work {figures['worst_cpu_ms']:.1f})",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=500_000_000, help="of each model")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        served = Path(name) / "served.bin"
        with served.open("wb") as file:
            for _ in range(options.bytes // 1_000_000):
                file.write(b"\x08" + os.urandom(999_999))
        os.sync()
        app = QApplication(["indoors"])
        app.setQuitOnLastWindowClosed(False)
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            runner.run(measure(app, Path(name) / "home", FileServer(served).url, options.rounds))


if __name__ == "__main__":
    main()
