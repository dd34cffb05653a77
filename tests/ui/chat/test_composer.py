from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.documents.reading import read_document
from app.errors import WorkerDied
from app.history.items import Attachment
from app.history.records import Draft
from app.ui.chat.composer import Composer
from app.ui.chat.composer.message_input import LONG_PASTE
from app.ui.tasks import Tasks
from app.ui.theme import Theme


class Counter:
    """Counts words; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.fails = False

    async def __call__(self, texts: Sequence[str]) -> list[int]:
        self.asked.append(list(texts))
        await asyncio.sleep(0.01)
        if self.fails:
            raise WorkerDied("It is gone.", "Try again.")
        return [len(text.split()) for text in texts]


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
async def composer(theme: Theme, counter: Counter) -> AsyncIterator[Composer]:
    tasks = Tasks()
    made = Composer(theme, tasks, counter, read_document)
    made.resize(600, 200)
    made.show()
    made.activateWindow()
    made.input.setFocus()
    yield made
    await tasks.close()
    made._save_pause.stop()
    made.close()
    made.deleteLater()
    await asyncio.sleep(0)


def heard(composer: Composer) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for name in ("sent", "stop_asked", "draft_changed", "effort_chosen"):
        getattr(composer, name).connect(lambda *args, name=name: found.append((name, *args)))
    return found


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def paste(composer: Composer, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    composer.input.insertFromMimeData(data)


async def test_enter_sends_and_shift_enter_breaks(composer: Composer) -> None:
    told = heard(composer)
    QTest.keyClicks(composer.input, "one")
    QTest.keyClick(composer.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer.input, "two")
    QTest.keyClick(composer.input, Qt.Key.Key_Enter)
    assert told == [("sent", Draft("one\ntwo"))]


async def test_a_sent_draft_stays_until_it_is_kept(composer: Composer) -> None:
    told = heard(composer)
    QTest.keyClicks(composer.input, "precious")
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    QTest.keyClicks(composer.input, "more")
    assert told == [("sent", Draft("precious"))]
    assert composer.draft() == Draft("precious")
    composer.finish_sending(kept=False)
    assert composer.draft() == Draft("precious")
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    composer.finish_sending(kept=True)
    assert len(told) == 2
    assert composer.draft() == Draft()
    assert composer.input.hasFocus()


async def test_disabled_buttons_say_why(composer: Composer) -> None:
    assert not composer.send.isEnabled()
    assert composer.send.toolTip() == "There is nothing to send yet."
    QTest.keyClicks(composer.input, "x")
    assert composer.send.isEnabled()
    assert composer.send.toolTip() == "Send"
    composer.forbid("No model is installed.")
    assert not composer.send.isEnabled()
    assert composer.send.accessibleDescription() == "No model is installed."
    told = heard(composer)
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    assert told == []
    assert composer.problem.text() == "No model is installed."
    composer.forbid("")
    assert composer.send.isEnabled()


async def test_busy_offers_to_stop(composer: Composer) -> None:
    told = heard(composer)
    QTest.keyClicks(composer.input, "next question")
    composer.send.setFocus()
    composer.set_busy(True)
    assert composer.input.hasFocus()
    assert (composer.send.isVisible(), composer.stop.isVisible()) == (False, True)
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    assert "Stop it first" in composer.problem.text()
    QTest.keyClick(composer.input, Qt.Key.Key_Escape)
    composer.stop.click()
    assert told == [("stop_asked",), ("stop_asked",)]
    composer.set_busy(False)
    QTest.keyClick(composer.input, Qt.Key.Key_Escape)
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    assert told[2:] == [("sent", Draft("next question"))]


async def test_it_grows_with_its_text_up_to_a_limit(composer: Composer) -> None:
    heights = []
    for lines in (1, 2, 5, 12, 40):
        composer.set_draft(Draft("\n".join("line" for _ in range(lines))))
        QApplication.sendPostedEvents()
        heights.append(composer.input.height())
    line = composer.input.fontMetrics().lineSpacing()
    assert [round((height - heights[0]) / line) for height in heights] == [0, 1, 4, 11, 11]
    composer.set_draft(Draft("word " * 300))
    assert composer.input.height() > heights[0] + line


async def test_drafts_are_told_in_a_moment_and_at_once_when_asked(composer: Composer) -> None:
    told = heard(composer)
    QTest.keyClicks(composer.input, "half a thought")
    assert told == []
    await until(lambda: bool(told))
    assert told == [("draft_changed", Draft("half a thought"))]
    QTest.keyClicks(composer.input, "!")
    composer.flush()
    composer.flush()
    assert told[1:] == [("draft_changed", Draft("half a thought!"))]
    QTest.keyClicks(composer.input, "?")
    composer.set_draft(Draft("of another conversation"))
    assert told[2:] == [("draft_changed", Draft("half a thought!?"))]
    await asyncio.sleep(0.5)
    assert len(told) == 3


async def test_the_draft_is_counted_before_it_is_sent(composer: Composer, counter: Counter) -> None:
    composer.set_context(40, 100)
    QTest.keyClicks(composer.input, "five words in this draft")
    assert "being counted" in composer.ring.toolTip()
    await until(lambda: composer.ring.text() == "45 %")
    assert counter.asked == [["five words in this draft"]]
    assert composer.ring.value() == 45
    assert composer.ring.accessibleDescription() == "45 of 100 tokens of context used. The draft takes 5."
    assert composer.ring.accessibleName() == "Context"


async def test_keys_typed_meanwhile_are_counted_too(composer: Composer, counter: Counter) -> None:
    composer.set_context(0, 100)
    for word in ("one ", "two ", "three "):
        QTest.keyClicks(composer.input, word)
        await asyncio.sleep(0.12)
    await until(lambda: composer.ring.text() == "3 %")
    assert len(counter.asked) <= 2


async def test_a_draft_that_does_not_fit_is_marked_before_it_is_sent(composer: Composer) -> None:
    told = heard(composer)
    composer.set_context(98, 100)
    QTest.keyClicks(composer.input, "one two three")
    await until(lambda: composer.ring.text() == "101 %")
    assert "It does not fit." in composer.ring.toolTip()
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    assert told == [("sent", Draft("one two three"))]


async def test_a_draft_that_was_kept_stands_before_what_was_typed_meanwhile(composer: Composer) -> None:
    notes = Attachment("notes.txt", "some words", 10)
    QTest.keyClicks(composer.input, "typed")
    composer.put_before(Draft("kept", (notes,)))
    QTest.keyClicks(composer.input, "!")
    assert composer.draft() == Draft("kept\ntyped!", (notes,))


async def test_a_worker_that_cannot_count_is_no_obstacle(composer: Composer, counter: Counter) -> None:
    counter.fails = True
    told = heard(composer)
    composer.set_context(0, 100)
    QTest.keyClicks(composer.input, "hello")
    await until(lambda: bool(counter.asked))
    await asyncio.sleep(0.05)
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    assert ("sent", Draft("hello")) in told
    counter.fails = False
    composer.recount()
    await until(lambda: composer.ring.text() == "1 %")


async def test_efforts_are_offered_where_there_are_any(composer: Composer) -> None:
    told = heard(composer)
    assert not composer.effort.isVisible()
    composer.set_efforts(["low", "medium", "high"], "medium")
    assert composer.effort.isVisible()
    assert composer.effort.accessibleName() == "Effort: Medium"
    menu = composer.effort.menu()
    assert [(action.text(), action.isChecked()) for action in menu.actions()] == [
        ("Low", False),
        ("Medium", True),
        ("High", False),
    ]
    menu.actions()[2].trigger()
    assert told == [("effort_chosen", "high")]
    assert composer.effort.text().strip() == "High"
    composer.set_efforts([], "")
    assert not composer.effort.isVisible()


async def test_files_are_read_shown_counted_and_removed(composer: Composer, tmp_path: Path) -> None:
    names = ("notes.md", "table.csv")
    for name in names:
        (tmp_path / name).write_text("some words here", encoding="utf-8")
    await composer.attached.read([tmp_path / name for name in names])
    files = tuple(Attachment(name, "some words here", 15) for name in names)
    assert composer.draft() == Draft("", files)
    await until(lambda: "tokens" in composer.chips.chips[1].accessibleName())
    assert composer.chips.chips[0].accessibleName() == "notes.md · 7 tokens"  # with its name and its fences
    told = heard(composer)
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    assert told == [("sent", Draft("", files))]
    composer.finish_sending(kept=False)
    remove = composer.chips.chips[0].remove
    assert remove.accessibleName() == "Remove notes.md"
    remove.click()
    assert composer.draft() == Draft("", files[1:])
    assert composer.input.hasFocus()


async def test_a_file_that_cannot_be_read_is_named(composer: Composer, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\0\0\0")
    reading = asyncio.ensure_future(composer.attached.read([path]))
    await asyncio.sleep(0)
    QTest.keyClicks(composer.input, "x")
    assert composer.send.toolTip() == "A file is being read."
    await reading
    assert "picture.png is not a text file" in composer.problem.text()
    assert composer.draft() == Draft("x")
    assert composer.send.isEnabled()


async def test_files_are_pasted_and_dropped(composer: Composer, tmp_path: Path) -> None:
    path = tmp_path / "dropped.txt"
    path.write_text("dropped words", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, none)
    QApplication.sendEvent(composer, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(composer, QDropEvent(QPointF(5, 5), actions, data, buttons, none))
    await until(lambda: len(composer.draft().attachments) == 1)
    assert composer.input.canInsertFromMimeData(data)
    composer.input.insertFromMimeData(data)
    await until(lambda: len(composer.draft().attachments) == 2)
    assert composer.draft().text == ""


async def test_a_picture_is_refused_in_words(composer: Composer) -> None:
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    composer.input.insertFromMimeData(data)
    assert "reads text only" in composer.problem.text()
    assert composer.draft() == Draft()


@pytest.mark.parametrize(
    "text",
    ["A line of a log.\n" * 300_000, "x" * 5_000_000, "😀" * 100_000],
    ids=["lines", "one line", "emoji"],
)
async def test_an_enormous_paste_becomes_a_file_at_once(composer: Composer, text: str) -> None:
    start = time.perf_counter()
    paste(composer, text)
    assert time.perf_counter() - start < 0.5
    await asyncio.sleep(0)
    (file,) = composer.draft().attachments
    assert (file.name, file.text, file.size) == ("Pasted text 1.txt", text, len(text.encode()))
    paste(composer, text)
    assert [file.name for file in composer.draft().attachments] == ["Pasted text 1.txt", "Pasted text 2.txt"]
    told = heard(composer)
    QTest.keyClick(composer.input, Qt.Key.Key_Return)
    assert told[0][0] == "sent"
    assert told[0][1].attachments[0].text == text


async def test_a_short_paste_is_plain_text(composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    composer.input.insertFromMimeData(data)
    paste(composer, " مرحبا")
    assert composer.draft() == Draft("bold مرحبا")


async def test_a_long_text_put_in_by_the_program_is_not_lost(composer: Composer) -> None:
    text = "y" * (LONG_PASTE + 1)
    composer.set_draft(Draft(text))
    assert composer.draft().text == ""
    assert composer.draft().attachments[0].text == text


async def test_input_methods_may_use_enter(composer: Composer) -> None:
    """A commit by an input method is no key press, so it neither sends nor breaks."""
    from PySide6.QtGui import QInputMethodEvent

    told = heard(composer)
    event = QInputMethodEvent("", [])
    event.setCommitString("日本語")
    QApplication.sendEvent(composer.input, event)
    assert composer.draft() == Draft("日本語")
    assert [name for name, *_ in told if name == "sent"] == []


async def test_every_control_is_reached_by_tab_and_has_a_name(composer: Composer, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    await composer.attached.read([path])
    composer.set_efforts(["low", "high"], "low")
    QTest.keyClicks(composer.input, "hello")
    composer.chips.chips[0].remove.setFocus()
    names = []
    for _ in range(6):
        widget = QApplication.focusWidget()
        names.append(widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert names == ["Remove a.txt", "Message", "Attach files…", "Effort: Low", "Context", "Send"]


async def test_the_ring_says_what_it_does_not_know(composer: Composer) -> None:
    assert composer.ring.text() == "–"
    assert "when a model is loaded" in composer.ring.toolTip()
    composer.set_context(1, 100_000)
    assert composer.ring.text() == "< 1 %"
    composer.ring.setFocus()
    assert not composer.ring.grab().isNull()
