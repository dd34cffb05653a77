"""Which model a client of the worker asks for, where others load theirs in between."""

from __future__ import annotations

from typing import Any

import pytest

from app.process.messages import Request
from app.worker.client import WorkerClient
from app.worker.protocol import Method


class Gate:
    """Lets every load pass with a context, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def admit(self, load, loaded, measure):
        self.asked.append((load["model"], loaded["model"] if loaded else None))
        return {**load, "context": 512}

    def learn(self, load, done):
        pass

    def held(self, load):
        return 0


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture
def client(gate, monkeypatch):
    monkeypatch.setattr(WorkerClient, "pid", 1)
    return WorkerClient(gate=gate)


async def sent(client, method, **params):
    request = await client._prepared(Request(1, method, params))
    client._sent(request)
    return request.params


async def test_the_window_gets_its_own_model_back_after_a_guest_had_another(client, gate):
    await sent(client, Method.LOAD, model="mine")
    assert await client.admit_guest({"model": "theirs"}) == {"model": "theirs", "context": 512}
    load = (await sent(client, Method.RESPOND, input="x"))["indoors"]["load"]
    assert load == {"model": "mine", "context": 512}
    assert gate.asked == [("mine", None), ("theirs", "mine"), ("mine", "theirs")]


async def test_a_model_that_is_loaded_is_not_judged_again(client, gate):
    await client.admit_guest({"model": "theirs"})
    await client.admit_guest({"model": "theirs"})
    await sent(client, Method.LOAD, model="theirs")
    assert gate.asked == [("theirs", None)]
