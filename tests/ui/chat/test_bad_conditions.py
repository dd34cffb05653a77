"""What a user may run into: nothing is lost, nothing freezes, and a sentence says what happened."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from app.download.client import DownloadClient
from app.history.background import BackgroundHistory
from app.history.items import attachments, typed_text
from app.history.opening import FILE_NAME
from app.history.records import Role, Status
from app.paths import Paths
from app.remote.client import RemoteClient
from app.settings import Settings
from app.ui.panes import Panes
from app.ui.preferences import Preferences
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient
from tests.support.conversations import talk
from tests.support.permissions import unprivileged
from tests.support.worker import endless
from tests.ui.chat.conftest import Chat

_LONG = 4000
EMOJI = "😀👩‍👩‍👧‍👦" * 12_500  # 100,000 code points
STRANGE = {
    "five megabytes": "All work and no play makes a long paste. " * 128_000,
    "100,000 emoji": EMOJI,
    "Arabic": "السلام عليكم ورحمة الله. " * 50,
    "Hebrew": "שלום עולם, מה שלומך? " * 50,
}


class Pulse:
    """Measures how long the event loop is kept from running by work: on a busy machine all takes longer."""

    def __init__(self) -> None:
        self.longest_s = 0.0

    async def beat(self) -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.005)
            self.longest_s = max(self.longest_s, time.thread_time() - before)


@asynccontextmanager
async def pulse() -> AsyncIterator[Pulse]:
    measured = Pulse()
    task = asyncio.create_task(measured.beat())
    yield measured
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("name", STRANGE)
async def test_any_message_is_sent_kept_and_shown_whole(chat: Chat, name: str) -> None:
    text = STRANGE[name]
    chat.preferences.set("context", 0)
    QGuiApplication.clipboard().setText(text)
    composer = chat.pane.composer
    async with pulse() as measured:
        composer.input.setFocus()
        composer.input.paste()
        await chat.until(lambda: composer.draft())
        await chat.pane.session.send(composer.draft().text, composer.draft().attachments)
        await chat.until(lambda: not chat.pane.session.busy)
    said = chat.pane.session.branch[0]
    whole = typed_text(said.items) + "".join(file.text for file in attachments(said.items))
    assert whole.strip() == text.strip()
    stored = await chat.background.run(chat.background.history.messages.get, said.id)
    assert stored.items == said.items
    assert measured.longest_s < 1.5


@contextmanager
def little_disk(folder: Path, spare: int) -> Iterator[None]:
    """No file may grow further, as on a disk that is full."""
    import resource

    largest = max(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + spare, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file sizes")
async def test_a_disk_that_fills_up_while_an_answer_streams(chat: Chat, places: Paths) -> None:
    request = endless(_LONG)
    chat.pane.session.options.sampling.update({"max_output_tokens": _LONG, "indoors": request["indoors"]})
    chat.type("Hello")
    await chat.until(chat.answer_is_growing)
    with little_disk(places.history, 0):
        chat.pane.answers.stop()
        await chat.until(lambda: not chat.pane.notice.isHidden())
    assert "saving the answer" in chat.pane.notice.text.text()
    await chat.until(lambda: not chat.pane.session.busy)
    shown = chat.pane.view.turns[-1]
    assert shown.markdown()
    chat.pane.session.options.sampling.clear()
    await chat.ask("And now?")
    assert chat.pane.session.branch[-1].status in {Status.COMPLETE, Status.INCOMPLETE}
    assert [message.role for message in chat.pane.session.branch].count(Role.USER) == 2


@asynccontextmanager
async def window(places: Paths, preferences: Preferences, theme: Theme) -> AsyncIterator[Shell]:
    """The whole window on the home as it is."""
    shell, tasks = Shell(places, Settings(places.settings), preferences, theme), Tasks()
    background = await BackgroundHistory.open(places.history)
    async with (
        WorkerClient(places.home) as worker,
        DownloadClient(places.home) as downloader,
        RemoteClient(places.home) as remote,
    ):
        Panes(shell, tasks, worker, downloader, remote, background).fill_window()
        shell.window.show()
        yield shell
        await tasks.close()
    background.close()
    shell.window.deleteLater()


async def test_a_damaged_history_is_set_aside_and_said(
    places: Paths, preferences: Preferences, theme: Theme, tiny_model: Path
) -> None:
    preferences.set("model", str(tiny_model))
    first = await BackgroundHistory.open(places.history)
    await first.run(talk, first.history, "before", "an answer")
    first.close()
    file = places.history / FILE_NAME
    content = bytearray(file.read_bytes())
    content[:4096] = b"\xff" * 4096
    file.write_bytes(content)
    async with window(places, preferences, theme) as shell:
        assert "The history was damaged" in shell.window.notices.text.text()
        assert shell.window.notices.isVisible()
        assert list(places.history.glob("*damaged*"))


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder beside that of pytest, which every other run of pytest closes to others when it begins."""
    with tempfile.TemporaryDirectory(prefix="indoors-") as folder:
        yield Path(folder)


async def test_a_read_only_home_can_be_chatted_in_and_it_is_said(
    outside: Path, theme: Theme, tiny_model: Path
) -> None:
    places = Paths(outside / "home")
    places.home.mkdir()
    preferences = Preferences(Settings(places.settings))
    preferences.set("model", str(shutil.copytree(tiny_model, outside / "tiny")))
    (await BackgroundHistory.open(places.history)).close()
    with unprivileged(places.home):
        async with window(places, preferences, theme) as shell:
            assert "will not be kept" in shell.window.notices.text.text()
            pane = shell.window.open_pane("chat")
            chat = Chat(pane, None, None, preferences, None, None)  # type: ignore[arg-type]
            await chat.ask("Hello")
            assert pane.session.branch[-1].role is Role.ASSISTANT
            pane.maths.close()
