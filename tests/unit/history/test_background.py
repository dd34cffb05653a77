from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest

from app.errors import UsageError
from app.history.background import BackgroundHistory
from app.history.items import user_item
from app.history.store import History
from tests.support.conversations import texts


async def test_calls_run_in_order_on_one_thread(folder: Path) -> None:
    background = await BackgroundHistory.open(folder)
    history, order = background.history, []
    threads = await asyncio.gather(*(background.run(lambda n=n: record(order, n)) for n in range(20)))
    assert order == list(range(20))
    assert set(threads) == {"history_0"}
    conversation_id = await background.run(history.conversations.create)
    message = await background.run(history.messages.append, conversation_id, None, [user_item("hello")])
    assert message.text == "hello"
    background.close()
    assert not any(thread.name.startswith("history") for thread in threading.enumerate())


def record(order: list[int], number: int) -> str:
    order.append(number)
    return threading.current_thread().name


async def test_errors_come_through_and_the_next_call_works(folder: Path) -> None:
    background = await BackgroundHistory.open(folder)
    with pytest.raises(UsageError, match="no message 7"):
        await background.run(background.history.messages.get, 7)
    assert await background.run(background.history.conversations.summaries) == []
    background.close()


async def test_a_cancelled_wait_and_a_close_still_write(folder: Path) -> None:
    background = await BackgroundHistory.open(folder)
    history = background.history
    conversation_id = await background.run(history.conversations.create)
    slow = asyncio.create_task(background.run(time.sleep, 0.2))
    write = asyncio.create_task(
        background.run(history.messages.append, conversation_id, None, [user_item("do not lose me")])
    )
    await asyncio.sleep(0.05)
    write.cancel()
    with pytest.raises(asyncio.CancelledError):
        await write
    background.close()
    await slow
    again = History.open(folder)
    assert texts(again.messages.branch(conversation_id)) == ["do not lose me"]
    again.close()


async def test_the_loop_is_free_while_a_long_paste_is_written(folder: Path) -> None:
    background = await BackgroundHistory.open(folder)
    history = background.history
    conversation_id = await background.run(history.conversations.create)
    paste = "A line of a very long log, naïve as it is.\n" * 120_000
    writing = asyncio.create_task(
        background.run(history.messages.append, conversation_id, None, [user_item(paste)])
    )
    turns = 0
    while not writing.done():
        await asyncio.sleep(0.005)
        turns += 1
    background.close()
    assert turns >= 5


async def test_a_history_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    from app.errors import StorageError

    folder = tmp_path / "history"
    (folder / "history.sqlite3").mkdir(parents=True)
    try:
        background = await BackgroundHistory.open(folder)
    except StorageError:
        pass
    else:
        assert not background.history.persistent
        background.close()
    await asyncio.sleep(0.05)
    assert not any(thread.name.startswith("history") for thread in threading.enumerate())
