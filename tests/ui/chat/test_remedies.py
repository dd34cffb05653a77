"""A load that fails ends as a sentence with what helps, one click away; the window lives on."""

from __future__ import annotations

import asyncio

import psutil

from app.errors import DeviceFailed, NotEnoughMemory, UsageError, WorkerDied
from app.history.records import Status
from app.ui.chat.readiness import Failed


def offered(chat) -> list[str]:
    layout = chat.pane.notice.remedies
    return [layout.itemAt(number).widget().text() for number in range(layout.count())]


def click(chat, text: str) -> None:
    chat.pane.notice.remedies.itemAt(offered(chat).index(text)).widget().click()


async def test_the_processor_is_one_click_away(chat, preferences) -> None:
    """DirectML's runtime is not installed here, nor anywhere else where tests run."""
    await chat.until(lambda: chat.pane.readiness.context_length)
    preferences.set("device", "directml:3")
    await chat.until(lambda: chat.pane.notice.isVisible())
    assert "runtime directml" in chat.pane.notice.text.text()
    assert offered(chat) == ["Try again", "Use the processor"], "no other model runs on that device"
    click(chat, "Use the processor")
    await chat.until(lambda: chat.pane.readiness.context_length)
    assert chat.pane.notice.isHidden()
    await chat.ask("Hello")
    assert chat.pane.session.branch[-1].answer.device == "cpu"


async def test_what_is_offered_depends_on_what_failed(chat, preferences) -> None:
    await chat.until(lambda: chat.pane.readiness.context_length)
    readiness, remedies = chat.pane.readiness, chat.pane.troubles.remedies
    chosen = chat.pane.readiness._chosen
    again, processor, less = "Try again", "Use the processor", "Use a context of 4,096"
    for error, expected in (
        (NotEnoughMemory("It is full."), [again, processor, less, "Use The guide", "Try anyway"]),
        (WorkerDied("It was killed."), [again, processor, less, "Use The guide"]),
        (DeviceFailed("The driver stopped."), [again, processor, "Use The guide"]),
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
    chat.pane.troubles.tell(error)
    click(chat, "Use a context of 4,096")
    await chat.until(lambda: readiness.context_length == 4096)
    await chat.ask("Hello")
    assert (await chat.worker.call("status"))["loaded"]["context_length"] == 4096, "it lasts"


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
    assert "Use a context of 8,192" in offered(chat)
    assert not worker.is_running()
    click(chat, "Use a context of 8,192")
    await chat.until(lambda: readiness.context_length == 8192)
    await chat.ask("Hello")
    assert (await chat.worker.call("status"))["loaded"]["context_length"] == 8192
    assert chat.pane.session.branch[-1].answer.device == "cpu"


async def test_what_the_guard_refuses_can_be_tried_anyway(chat, preferences) -> None:
    """The gate lets this load pass, and every answer with it, until the settings change."""
    await chat.until(lambda: chat.pane.readiness.context_length)
    readiness = chat.pane.readiness
    error = NotEnoughMemory("It is full.")
    readiness.failed = Failed(readiness._chosen, error)
    chat.pane.troubles.tell(error)
    click(chat, "Try anyway")
    models = chat.pane.requests._models
    await chat.until(lambda: "unguarded" in models.choose().load)
    await chat.until(lambda: readiness.context_length)
    preferences.set("memory-guard", "strict")
    assert "unguarded" not in models.choose().load


async def test_an_answer_whose_model_dies_is_asked_for_again_with_one_click(chat) -> None:
    """The turn tells what happened; above the composer stands what helps."""
    await chat.until(lambda: chat.pane.readiness.context_length)
    worker = psutil.Process(chat.worker.pid)
    worker.suspend()
    asking = asyncio.ensure_future(chat.ask("Hello"))
    await chat.until(lambda: chat.pane.answers.busy)
    await asyncio.sleep(0.2)
    worker.kill()
    await chat.until(chat.pane.notice.isVisible)
    await asyncio.gather(asking, return_exceptions=True)
    assert chat.pane.session.branch[-1].status is Status.FAILED
    click(chat, "Try again")
    await chat.until(lambda: chat.pane.session.branch[-1].status is Status.COMPLETE)
    assert chat.pane.notice.isHidden()


async def test_a_load_that_fails_behind_another_pane_is_told_at_the_top_of_the_window(chat) -> None:
    await chat.until(lambda: chat.pane.readiness.context_length)
    told: list[str] = []
    chat.pane.troubles.unseen.connect(lambda text, remedies: told.extend([text, *(t for t, _ in remedies)]))
    chat.pane.hide()
    error = DeviceFailed("The driver stopped.")
    chat.pane.readiness.failed = Failed(chat.pane.readiness._chosen, error)
    chat.pane.troubles.tell(error)
    assert told == ["The driver stopped.", "Try again", "Use the processor", "Use The guide"]
    assert chat.pane.notice.isHidden()
