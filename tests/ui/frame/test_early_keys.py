"""Keys pressed while the window is painted but empty are not lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.download.client import DownloadClient
from app.history.background import BackgroundHistory
from app.history.records import Draft
from app.paths import Paths
from app.remote.client import RemoteClient
from app.settings import Settings
from app.ui.chat.pane import ChatPane
from app.ui.frame.state import StateFile, WindowState
from app.ui.panes import Panes
from app.ui.preferences import Preferences
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient

Fill = Callable[[], Awaitable[BackgroundHistory]]


@pytest.fixture
def empty(
    qtbot: QtBot,
    qapp: QApplication,
    places: Paths,
    preferences: Preferences,
    theme: Theme,
    tiny_model: Path,
) -> Shell:
    """A shown window, as it is before worker, history and panes are there."""
    preferences.set("model", str(tiny_model))
    shell = Shell(places, Settings(places.settings), preferences, theme)
    qtbot.addWidget(shell.window)
    shell.window.show()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is shell.window.windowHandle())
    return shell


@pytest.fixture
async def fill(empty: Shell, places: Paths) -> AsyncIterator[Fill]:
    """Puts everything into the window, as the running program does after the first paint."""
    async with AsyncExitStack() as stack:
        tasks = Tasks()

        async def run() -> BackgroundHistory:
            worker = await stack.enter_async_context(WorkerClient(places.home))
            downloader = await stack.enter_async_context(DownloadClient(places.home))
            remote = await stack.enter_async_context(RemoteClient(places.home))
            background = await BackgroundHistory.open(places.history)
            stack.callback(background.close)
            stack.push_async_callback(tasks.close)
            Panes(empty, tasks, worker, downloader, remote, background).fill_window()
            await until(lambda: chat_of(empty).readiness.name)  # what the pane started has begun
            return background

        yield run


async def press(shell: Shell, *keys: str | Qt.Key) -> None:
    """Through the window system, which itself chooses the widget that gets them.

    It runs the event loop meanwhile, which no task may do.
    """
    pressed = asyncio.Event()

    def run() -> None:
        for key in keys:
            QTest.keyClick(shell.window.windowHandle(), key)
        pressed.set()

    QTimer.singleShot(0, run)
    await pressed.wait()


def chat_of(shell: Shell) -> ChatPane:
    pane = shell.window.open_pane("chat")
    assert isinstance(pane, ChatPane)
    return pane


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - a test looks from outside
            await asyncio.sleep(0.01)


async def test_what_is_typed_early_stands_in_the_message(empty: Shell, fill: Fill) -> None:
    await press(empty, *"helo", Qt.Key.Key_Backspace, *"lo")
    await fill()
    await press(empty, "!")
    assert chat_of(empty).composer.draft().text == "hello!"


async def test_enter_sends_it(empty: Shell, fill: Fill) -> None:
    await press(empty, *"Hi", Qt.Key.Key_Return)
    await fill()
    chat = chat_of(empty)
    await until(lambda: len(chat.session.branch) == 2)
    assert chat.session.branch[0].text == "Hi"
    assert not chat.composer.draft()
    chat.answers.stop()
    await until(lambda: not chat.session.busy)


async def test_a_draft_that_was_kept_stays_before_it(empty: Shell, fill: Fill, places: Paths) -> None:
    background = await BackgroundHistory.open(places.history)
    await background.run(background.history.drafts.save, None, Draft("kept"))
    background.close()
    await press(empty, *"new")
    await fill()
    chat = chat_of(empty)
    await until(lambda: chat.composer.draft().text == "kept\nnew")


async def test_a_draft_is_not_lost_with_what_was_sent_before_it_was_read(
    empty: Shell, fill: Fill, places: Paths
) -> None:
    background = await BackgroundHistory.open(places.history)
    await background.run(background.history.drafts.save, None, Draft("kept"))
    background.close()
    await press(empty, *"Hi", Qt.Key.Key_Return)
    await fill()
    chat = chat_of(empty)
    await until(lambda: len(chat.session.branch) == 2)
    assert chat.session.branch[0].text == "Hi"
    assert chat.composer.draft().text == "kept"
    chat.answers.stop()
    await until(lambda: not chat.session.busy)


async def test_shortcuts_are_not_collected(empty: Shell, fill: Fill) -> None:
    await press(empty, Qt.Key.Key_F2, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
    await fill()
    assert not chat_of(empty).composer.draft()


async def test_what_is_typed_into_another_pane_goes_nowhere(
    qtbot: QtBot, qapp: QApplication, places: Paths, preferences: Preferences, theme: Theme
) -> None:
    StateFile(places.window_state).write(WindowState(b"", "settings"))
    shell, tasks = Shell(places, Settings(places.settings), preferences, theme), Tasks()
    qtbot.addWidget(shell.window)
    shell.window.show()
    await press(shell, *"lost")
    background = await BackgroundHistory.open(places.history)
    async with (
        WorkerClient(places.home) as worker,
        DownloadClient(places.home) as downloader,
        RemoteClient(places.home) as remote,
    ):
        Panes(shell, tasks, worker, downloader, remote, background).fill_window()
        assert shell.window.current_pane == "settings"
        assert not chat_of(shell).composer.draft()
        await until(lambda: chat_of(shell).readiness.name)
        await tasks.close()
    background.close()
