"""Who is answered when, and what becomes of requests that nobody waits for."""

from __future__ import annotations

import asyncio
import threading
import time

import httpx2
import pytest

from app.process.host.job import Job
from app.process.messages import Request
from app.server import live
from app.worker.host.jobs import QUEUE_LENGTH
from app.worker.protocol import Method
from tests.support.server import read_stream, serving, spoken
from tests.support.worker import wait_until


class Held:
    """A script that begins to answer and goes on when it is told to."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        self.cancelled: list[str] = []

    def __call__(self, job):
        events = spoken(said(job.request.params))
        yield from events[:2]
        self.begun.release()
        while not self.go_on.acquire(timeout=0.01):
            if job.cancelled():
                self.cancelled.append(said(job.request.params))
                return
        yield from events[2:]


def said(params):
    return params["input"][-1]["content"][0]["text"]


@pytest.fixture
def held(served):
    served.worker.script = Held()
    yield served.worker.script
    served.worker.script.go_on.release(100)


async def ask(client, text, **more):
    return await client.post("/v1/responses", json={"input": text, **more})


def client_of(served):
    return httpx2.AsyncClient(base_url=served.url, timeout=20, trust_env=False)


async def true(condition):
    """Until something is true."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - another thread makes it so
            await asyncio.sleep(0.005)


async def waiting(served, count):
    """Until so many wait behind the one that runs."""
    await true(lambda: len(served.worker.queue.overview()[1]) >= count)


async def test_the_window_goes_first(served, held):
    async with client_of(served) as client:
        first = asyncio.create_task(ask(client, "first"))
        await true(lambda: held.begun.acquire(blocking=False))
        second = asyncio.create_task(ask(client, "second"))
        await waiting(served, 1)
        body = {
            "input": [
                {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "window"}]}
            ]
        }
        served.worker.queue.put(Job(Request("w", Method.RESPOND, body), lambda event, *, urgent=False: None))
        held.go_on.release(100)
        await asyncio.gather(first, second)
    assert [said(params) for params in served.worker.params] == ["first", "window", "second"]


async def test_when_too_many_wait_the_next_is_told_to_come_again(served, held):
    async with client_of(served) as client:
        tasks = [asyncio.create_task(ask(client, "first"))]
        await true(lambda: held.begun.acquire(blocking=False))
        tasks += [asyncio.create_task(ask(client, str(n))) for n in range(QUEUE_LENGTH)]
        await waiting(served, QUEUE_LENGTH)
        refused = await ask(client, "one too many")
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limit_exceeded")
        assert int(refused.headers["retry-after"]) > 0
        streamed = await ask(client, "one too many", stream=True)
        assert streamed.status_code == 429
        held.go_on.release(100)
        answers = await asyncio.gather(*tasks)
    texts = [answer.json()["output"][0]["content"][0]["text"].strip() for answer in answers]
    assert texts == ["first", *map(str, range(QUEUE_LENGTH))], "each got its own answer"


@pytest.mark.parametrize("stream", [False, True])
async def test_who_goes_away_ends_what_runs_and_nothing_else(served, held, stream):
    async with client_of(served) as client, client_of(served) as other:
        task = asyncio.create_task(ask(client, "gone", stream=stream))
        await true(lambda: held.begun.acquire(blocking=False))
        stays = asyncio.create_task(ask(other, "stays"))
        await waiting(served, 1)
        task.cancel()
        await client.aclose()
        await true(lambda: held.begun.acquire(blocking=False))
        held.go_on.release()
        answer = await stays
    assert held.cancelled == ["gone"]
    assert answer.json()["status"] == "completed"


@pytest.mark.parametrize("stream", [False, True])
async def test_who_goes_away_while_waiting_is_never_begun(served, held, stream):
    async with client_of(served) as client, client_of(served) as other:
        first = asyncio.create_task(ask(other, "first"))
        await true(lambda: held.begun.acquire(blocking=False))
        task = asyncio.create_task(ask(client, "gone", stream=stream))
        await waiting(served, 1)
        task.cancel()
        await client.aclose()
        await true(lambda: not served.worker.queue.overview()[1])
        held.go_on.release()
        assert (await first).json()["status"] == "completed"
    assert [said(params) for params in served.worker.params] == ["first"]


def test_who_waits_long_hears_something(served, held, monkeypatch):
    monkeypatch.setattr(live, "_QUIET_SECONDS", 0.05)
    threading.Timer(0.3, lambda: held.go_on.release(100)).start()
    with served.http.stream("POST", "/v1/responses", json={"input": "x", "stream": True}) as answer:
        names = [name for name, _ in read_stream(answer.iter_lines())]
    assert names.count(":") >= 2
    assert names[-2:] == ["response.completed", ""]


def test_a_model_nobody_asks_is_let_go():
    with serving(keep_alive=1) as served:
        served.ask()
        assert wait_until(lambda: "unload" in served.worker.methods, 5)


def test_deltas_are_sent_as_they_come(served):
    def slowly(job):
        for event in spoken("one two three four five six"):
            time.sleep(0.05)
            yield event

    served.worker.script = slowly
    arrivals = []
    with served.http.stream("POST", "/v1/responses", json={"input": "x", "stream": True}) as answer:
        for name, _ in read_stream(answer.iter_lines()):
            if name.endswith("output_text.delta"):
                arrivals.append(time.monotonic())
    assert len(arrivals) == 6
    assert arrivals[-1] - arrivals[0] > 0.15
