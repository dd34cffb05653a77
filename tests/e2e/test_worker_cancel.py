"""Cancelling in every state, and requests that wait for each other."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import Cancelled, QueueFull
from app.worker.host.jobs import QUEUE_LENGTH
from tests.support.worker import collect, endless, events_of, until, write_harmony_model


@pytest.fixture
async def loaded(client, tiny_model):
    await client.call("load", {"model": str(tiny_model), "context": 16384})
    return client


async def test_cancel_while_decoding(loaded):
    events = []
    async with loaded.request("respond", endless(16_000)) as stream:
        with pytest.raises(Cancelled):
            await collect(stream, events, lambda _: len(events) > 20 and stream.cancel())
    assert events[-1].name == "response.incomplete"
    response = events[-1].data["response"]
    assert response["incomplete_details"] == {"reason": "cancelled"}
    assert response["output"][0]["status"] == "incomplete"
    assert 1 <= response["usage"]["output_tokens"] < 16_000
    assert (await events_of(loaded, "respond", endless(5)))[-1].name == "done"


async def test_cancel_in_prefill(loaded):
    body = endless(5) | {"input": "word " * 3000}
    events = []
    async with loaded.request("respond", body) as stream:
        with pytest.raises(Cancelled):
            await collect(stream, events, lambda event: event.name == "progress" and stream.cancel())
    last = [event.data for event in events if event.name == "progress"][-1]
    assert last["phase"] == "prefill"
    assert last["done"] < last["total"], "the prompt was computed to its end"


async def test_cancel_while_loading(client, tmp_path, tiny_model):
    deep = write_harmony_model(tmp_path, layers=120)
    events = []
    async with client.request("load", {"model": str(deep)}) as stream:
        with pytest.raises(Cancelled):
            await collect(stream, events, lambda _: stream.cancel())
    assert events[0].data["phase"] == "load"
    assert (await client.call("status"))["loaded"] is None
    await client.call("load", {"model": str(tiny_model)})


async def test_cancel_while_waiting(loaded):
    first = asyncio.create_task(loaded.call("respond", endless(1500)))
    await until(loaded, lambda status: status["state"] == "working")
    async with loaded.request("respond", endless(5)) as second:
        waiting = asyncio.create_task(anext(second))
        await until(loaded, lambda status: len(status["queue"]) == 1)
        second.cancel()
        with pytest.raises(Cancelled, match="before its turn"):
            await waiting
    assert (await first)["usage"]["output_tokens"] == 1500


async def test_a_cancelled_task_frees_the_worker(loaded):
    answer = asyncio.create_task(loaded.call("respond", endless(16_000)))
    await until(loaded, lambda status: status["state"] == "working")
    answer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answer
    await asyncio.wait_for(until(loaded, lambda status: status["state"] == "idle"), 5)


async def test_leaving_the_block_frees_the_worker(loaded):
    async with loaded.request("respond", endless(16_000)) as stream:
        async for event in stream:
            if event.name == "response.output_text.delta":
                break
    await asyncio.wait_for(until(loaded, lambda status: status["state"] == "idle"), 5)


async def test_two_at_once_are_answered_one_after_the_other(loaded):
    order = []

    async def ask(name):
        async with loaded.request("respond", endless(200)) as stream:
            async for event in stream:
                order.append((name, event.name))

    await asyncio.gather(ask("first"), ask("second"))
    names = [name for name, _ in order]
    assert names == ["first"] * names.count("first") + ["second"] * names.count("second")
    assert order.count(("first", "done")) == order.count(("second", "done")) == 1


async def test_too_many_at_once_are_refused(loaded):
    answers = [asyncio.create_task(loaded.call("respond", endless(2000)))]
    await until(loaded, lambda status: status["state"] == "working")
    answers += [asyncio.create_task(loaded.call("respond", endless(1))) for _ in range(QUEUE_LENGTH)]
    await until(loaded, lambda status: len(status["queue"]) == QUEUE_LENGTH)
    with pytest.raises(QueueFull, match=f"{QUEUE_LENGTH} requests wait already"):
        await loaded.call("respond", endless(1))
    results = await asyncio.gather(*answers)
    assert [result["usage"]["output_tokens"] for result in results] == [2000] + [1] * QUEUE_LENGTH
