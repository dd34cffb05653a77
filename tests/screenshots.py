"""Writes a picture of each pane in both themes: `python -m tests.screenshots OUT/`."""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app import manifest as manifests
from app.download.client import DownloadClient
from app.history.background import BackgroundHistory
from app.history.records import Answer, Draft, Status
from app.history.store import History
from app.manifest import Manifest
from app.paths import Paths
from app.remote.client import RemoteClient
from app.settings import Settings
from app.ui import application
from app.ui.chat.pane import ChatPane
from app.ui.chat.view import ConversationView
from app.ui.frame.diagnostics_dialog import DiagnosticsDialog
from app.ui.panes import Panes
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient
from tests.support.conversations import answer_item, say, talk, thinking_item

SIZE = (1180, 780)
NARROW = (620, 700)
SETTLE_SECONDS = 0.5
MOST_SECONDS = 20.0
WIDE = (1700, 900)
LARGEST = 200
LONG_TITLE = "A long table and long words"
RICH_TITLE = "What can an answer hold?"
FAILED_TITLE = "A question whose answer failed"
USAGE = {"input_tokens": 61, "output_tokens": 213, "total_tokens": 274}
TIMINGS = {"ttft_s": 0.31, "prefill_s": 0.3, "decode_s": 4.2, "run_s": 4.5, "decode_tokens_per_s": 50.7}
RICH = """## A heading

Some *text* with `code`, a [link](https://example.org/page) and the formula $a^2 + b^2 = c^2$.

1. first
   - nested
   - [x] done
2. second

> A quotation, שלום עולם and مرحبا among it.

| Name | Size |
|---|---:|
| one | 1 |
| a longer name | 20,000 |

```python
def area(radius: float) -> float:
    \"\"\"Of a circle.\"\"\"
    return 3.14159 * radius**2  # roughly
```

$$\\int_0^1 x^2 \\, dx = \\frac{1}{3}$$
"""

LONG = (
    "| name | number | remark |\n|---|---:|---|\n"
    + "".join(
        f"| row {row} | {row * 17} | {'a remark that is long enough to be wrapped ' * (row % 3)} |\n"
        for row in range(40)
    )
    + f"\n{'A-word-without-an-end' * 12}\n\n```text\n{'one line of code that is very long ' * 8}\n```\n"
)


async def take(app: QApplication, places: Paths, options: argparse.Namespace, theme_name: str) -> None:
    """Every picture of one theme."""
    for name, value in (("theme", theme_name), ("language", options.language), ("text-size", 100)):
        Settings(places.settings).set(name, value)
    shell, tasks = application.open_shell(app, places), Tasks()
    if options.right_to_left:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    background = await BackgroundHistory.open(places.history)
    await background.run(converse, background.history)
    summaries = await background.run(background.history.conversations.summaries)
    titles = {line.title: line.id for line in summaries}
    async with (
        WorkerClient(places.home) as worker,
        DownloadClient(places.home) as downloader,
        RemoteClient(places.home) as remote,
    ):
        Panes(shell, tasks, worker, downloader, remote, background).fill_window()
        shell.window.resize(*SIZE)
        shell.window.show()
        for name, show in scenes(shell, titles):
            shown = show()
            await settle(shell)
            shown.grab().save(str(options.out / f"{name}-{theme_name}-{options.language}.png"))
            if shown is not shell.window:
                shown.close()
        shell.window.close()
        await tasks.close()
        shell.window.deleteLater()
        QCoreApplication.sendPostedEvents(shell.window, QEvent.Type.DeferredDelete)
    background.close()
    shell.theme.deleteLater()


async def settle(shell: Shell) -> None:
    """Wait until all is drawn, formulas too."""
    await asyncio.sleep(SETTLE_SECONDS)
    for _ in range(round(MOST_SECONDS / SETTLE_SECONDS)):
        views = shell.window.findChildren(ConversationView)
        if all(getattr(row, "whole", True) for view in views for row in view.shown):
            return
        await asyncio.sleep(SETTLE_SECONDS)


def furnish(places: Paths) -> None:
    """Put a sound and a damaged model into the home."""
    names = {"sound": "A model", "damaged": "A damaged model with a name that needs two lines " * 2}
    for model_id, name in names.items():
        folder = places.models / model_id
        folder.mkdir(parents=True)
        (folder / "model.onnx").write_bytes(bytes(3_000_000))
        facts = {"parameters": 20_900_000_000, "context_length": 131_072, "licence": "Apache-2.0"}
        manifests.write(folder, Manifest(model_id, name, "", files=manifests.record_files(folder), **facts))
    (places.models / "damaged" / "model.onnx").unlink()


def converse(history: History) -> None:
    """Fill an empty history with what a conversation can hold."""
    if history.conversations.summaries():
        return
    for title in (
        "A question about bread",
        "שאלה על לחם",
        "A title that is much longer than the sidebar is wide",
    ):
        talk(history, title, "An answer.")
    folder = history.folders.create("Recipes")
    history.conversations.move(talk(history, "Soup of the day", "Lentils."), folder)
    history.conversations.pin(talk(history, "Kept at the top", "An answer."), pinned=True)
    broken = say(history, history.conversations.create(), FAILED_TITLE)
    begun = history.messages.begin_answer(broken.conversation_id, broken.id, Answer("guide"))
    failure = Answer(
        "guide", error="The memory does not hold the model. Close other programs, then try again."
    )
    history.messages.finish_answer(begun.id, [answer_item("The beginning of")], Status.FAILED, failure)
    talk(history, LONG_TITLE, LONG)
    question = say(history, history.conversations.create(), RICH_TITLE)
    for text in ("An earlier version of the answer.", RICH):
        begun = history.messages.begin_answer(question.conversation_id, question.id, Answer("guide"))
        items = [thinking_item("First I think about it."), answer_item(text)]
        about = Answer("guide", device="cpu", usage=USAGE, timings=TIMINGS, thinking_s=3.2)
        history.messages.finish_answer(begun.id, items, Status.COMPLETE, about)


def scenes(shell: Shell, titles: Mapping[str, int]) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """Name of each picture, and what brings its content about."""
    window = shell.window

    def pane(key: str) -> Callable[[], QWidget]:
        def show() -> QWidget:
            window.open_pane(key)
            return window

        return show

    def chat() -> ChatPane:
        found = window.open_pane("chat")
        assert isinstance(found, ChatPane)
        return found

    def conversation(title: str) -> Callable[[], QWidget]:
        def show() -> QWidget:
            chat().sidebar.opened.emit(titles[title])
            return window

        return show

    def search() -> QWidget:
        chat().sidebar.search.setText("answer")
        return window

    def large_settings() -> QWidget:
        window.resize(*SIZE)
        shell.preferences.set("text-size", LARGEST)
        window.open_pane("settings")
        return window

    def large_chat() -> QWidget:
        chat().sidebar.search.clear()
        chat().sidebar.opened.emit(titles[RICH_TITLE])
        return window

    def sheet() -> QWidget:
        chat().sidebar.search.clear()
        chat().sidebar.opened.emit(titles[RICH_TITLE])
        chat().toggle_sheet()
        return window

    def finding() -> QWidget:
        chat().toggle_sheet()
        chat().find_bar.open()
        chat().find_bar.field.setText("one")
        chat().find_bar.searched.emit("one")
        return window

    def attached() -> QWidget:
        chat().find_bar.closed.emit()
        chat().composer.attached.add_text("Some text that was pasted. " * 400)
        chat().composer.attached.add_text("More text. " * 40)
        chat().composer.input.setPlainText("A draft\nof several\nlines.")
        chat().notice.tell("The file notes.docx cannot be read: it is no text. Save it as text first.")
        return window

    def wide() -> QWidget:
        chat().composer.set_draft(Draft())
        chat().sidebar.opened.emit(titles[LONG_TITLE])
        window.resize(*WIDE)
        return window

    def narrow_chat() -> QWidget:
        window.resize(*NARROW)
        chat().sidebar.opened.emit(titles[RICH_TITLE])
        return window

    def crash() -> QWidget:
        window.resize(*SIZE)
        shell.dialogs.show_failure(ValueError("a value that nobody expected"), shell.watch)
        return next(dialog for dialog in window.findChildren(DiagnosticsDialog) if dialog.isVisible())

    def large() -> QWidget:
        shell.preferences.set("text-size", 150)
        window.notices.add("The history was damaged and has been set aside. Yesterday's backup is in use.")
        window.open_pane("models")
        return window

    def narrow() -> QWidget:
        shell.preferences.set("text-size", 100)
        window.resize(*NARROW)
        window.open_pane("settings")
        return window

    for key in ("chat", "models", "hardware", "server", "settings"):
        yield key, pane(key)
    yield "conversation", conversation(RICH_TITLE)
    yield "failed", conversation(FAILED_TITLE)
    yield "search", search
    yield "sheet", sheet
    yield "find", finding
    yield "attached", attached
    yield "wide", wide
    yield "narrow-chat", narrow_chat
    yield "palette", shell.dialogs.open_palette
    yield "shortcuts", shell.dialogs.open_shortcuts
    yield "diagnostics", shell.dialogs.open_diagnostics
    yield "about", shell.dialogs.open_about
    yield "crash", crash
    yield "large", large
    yield "narrow", narrow
    yield "large-settings", large_settings
    yield "large-search", search
    yield "large-conversation", large_chat


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(prog="tests.screenshots")
    parser.add_argument("out", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--right-to-left", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(["indoors"])
    app.setQuitOnLastWindowClosed(False)
    with (
        tempfile.TemporaryDirectory() as home,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner,
    ):
        furnish(Paths(Path(home)))
        for theme_name in ("light", "dark"):
            runner.run(take(app, Paths(Path(home)), options, theme_name))


if __name__ == "__main__":
    main()
