"""A load that fails ends as a sentence with what helps, one click away; the window lives on."""

from __future__ import annotations

import psutil

from app.errors import DeviceFailed, NotEnoughMemory, UsageError
from app.ui.chat.readiness import Failed


def offered(chat) -> list[str]:
    layout = chat.pane.notice.remedies
    return [layout.itemAt(number).widget().text() for number in range(layout.count())]


async def test_the_processor_is_one_click_away(chat, preferences) -> None:
    """DirectML's runtime is not installed here, nor anywhere else where tests run."""
    await chat.until(lambda: chat.pane.readiness.context_length)
    preferences.set("device", "directml:3")
    await chat.until(lambda: chat.pane.notice.isVisible())
    assert "runtime directml" in chat.pane.notice.text.text()
    assert offered(chat) == ["Use the processor"]
    chat.pane.notice.remedies.itemAt(0).widget().click()
    await chat.until(lambda: chat.pane.readiness.context_length)
    assert chat.pane.notice.isHidden()
    await chat.ask("Hello")
    assert chat.pane.session.branch[-1].answer.device == "cpu"


async def test_what_is_offered_depends_on_what_failed(chat, preferences) -> None:
    await chat.until(lambda: chat.pane.readiness.context_length)
    readiness, remedies = chat.pane.readiness, chat.pane._remedies
    chosen = chat.pane.readiness._chosen
    for error, expected in (
        (NotEnoughMemory("It is full."), ["Use the processor", "Use a context of 4,096"]),
        (DeviceFailed("The driver stopped."), ["Use the processor"]),
        (UsageError("There is no such device."), []),
    ):
        readiness.failed = Failed(chosen, error)
        assert [text for text, _ in remedies.of(error)] == expected
    assert list(remedies.of(DeviceFailed("of something else"))) == []


async def test_a_smaller_context_is_loaded(chat) -> None:
    await chat.until(lambda: chat.pane.readiness.context_length)
    readiness = chat.pane.readiness
    error = NotEnoughMemory("It is full.")
    readiness.failed = Failed(readiness._chosen, error)
    chat.pane.notice.tell(str(error), chat.pane._remedies.of(error))
    chat.pane.notice.remedies.itemAt(1).widget().click()
    await chat.until(lambda: readiness.context_length == 4096)


async def test_less_is_one_click_away_when_the_system_kills_the_worker(chat, preferences) -> None:
    readiness, notice = chat.pane.readiness, chat.pane.notice
    await chat.until(lambda: readiness.context_length)
    worker = psutil.Process(chat.worker.pid)
    worker.suspend()  # so that the load is still under way when it dies
    preferences.set("context", 16384)
    await chat.until(lambda: readiness.loading is not None)
    worker.kill()
    await chat.until(notice.isVisible)
    assert "process" in notice.text.text()
    assert "Traceback" not in notice.text.text()
    assert offered(chat)[-1] == "Use a context of 8,192"
    assert not worker.is_running()
    notice.remedies.itemAt(notice.remedies.count() - 1).widget().click()
    await chat.until(lambda: readiness.context_length == 8192)
    await chat.ask("Hello")
    assert chat.pane.session.branch[-1].answer.device == "cpu"
