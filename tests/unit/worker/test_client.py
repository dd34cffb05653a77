"""Which model a client of the worker asks for, where others load theirs in between."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from app import paths
from app.errors import DeviceFailed, NotEnoughMemory
from app.process.messages import Request
from app.runtimes import RECORD, WEBGPU, Installed
from app.serving.keeper import ServeRequest
from app.worker.client import WorkerClient
from app.worker.protocol import RUNTIME_OPTION, Method


class Gate:
    """Lets every load pass with a context, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def admit(self, load, loaded, measure, progress):
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
    request = await client._prepared(Request(1, method, params), lambda _: None)
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


@pytest.fixture
def webgpu(tmp_path) -> Path:
    """The folder of a runtime that is installed."""
    folder = paths.find(tmp_path).runtime(WEBGPU.name)
    (folder / WEBGPU.module).mkdir(parents=True)
    record = Installed(WEBGPU.name, WEBGPU.package, "0.4.0", "", sys.platform, {})
    (folder / RECORD).write_text(record.to_json(), encoding="utf-8")
    return folder


def test_a_worker_that_is_started_to_serve_has_the_runtime_of_the_chosen_device(tmp_path, webgpu):
    client = WorkerClient(tmp_path, command=["worker"])
    plain = client._command(serve_on(""), None)
    chosen = client._command(serve_on("webgpu:1"), None)
    assert chosen == [*plain, RUNTIME_OPTION, str(webgpu)]
    assert client._command(serve_on("auto"), None) == plain
    assert client._command(Request(2, Method.LOAD, {"device": "webgpu:1"}), chosen) == chosen
    assert client._command(serve_on("webgpu"), plain) == plain, "a worker that runs is left alone"


def test_a_server_on_a_device_without_its_runtime_is_refused(tmp_path, webgpu):
    (webgpu / RECORD).unlink()
    with pytest.raises(DeviceFailed, match="needs the runtime webgpu"):
        WorkerClient(tmp_path, command=["worker"])._command(serve_on("webgpu"), None)


def serve_on(device: str) -> Request:
    return Request(1, Method.SERVE, ServeRequest(device=device).params())


async def test_a_server_is_started_for_the_device_that_auto_means(tmp_path):
    class Chooses(Gate):
        async def admit(self, load, loaded, measure, progress):
            assert measure is None, "nothing is measured before the server is there"
            return {**load, "device": "webgpu"}

    client = WorkerClient(tmp_path, command=["worker"], gate=Chooses())
    assert await client.device_now({"model": "m", "device": "auto"}) == "webgpu"
    assert await client.device_now({"model": "m", "device": "directml:1"}) == "directml:1"


async def test_where_the_gate_refuses_a_server_is_started_for_the_processor(tmp_path):
    """Its requests are refused in words; other models may fit."""

    class Refuses(Gate):
        async def admit(self, load, loaded, measure, progress):
            raise NotEnoughMemory("It is full.")

    client = WorkerClient(tmp_path, command=["worker"], gate=Refuses())
    assert await client.device_now({"model": "m", "device": "auto"}) == "cpu"
