"""Memory runs out, at twenty points of a load: a sentence, the memory back, and the next load works."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from app.errors import IndoorsError, NotEnoughMemory, WorkerDied
from app.hardware.asking import MachineWatch
from app.hardware.gate import NORMAL, LoadGate
from app.paths import Paths
from app.worker.client import WorkerClient

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of a running process are Linux's")

_SECONDS = 30.0
_CONTEXT = 16384
_LOAD_SECONDS, _WARM_SECONDS = 0.7, 0.03
_SMALLEST, _LARGEST, _LARGEST_WARM = 12, 26, 18  # powers of two, in bytes
_TOLERANCE = 16 << 20
_IDLE_BYTES = 96 << 20  # with libraries, threads and their arenas, without a model
_KILLS, _LIMITS = 8, 12


async def death_of(client: WorkerClient, model: str) -> IndoorsError | None:
    """What becomes of a load, if not a loaded model."""
    try:
        async with asyncio.timeout(_SECONDS):
            await client.call("load", {"model": model, "context": _CONTEXT})
    except IndoorsError as error:
        return error
    return None


def check(error: IndoorsError) -> None:
    assert isinstance(error, NotEnoughMemory | WorkerDied), repr(error)
    assert error.hint
    assert "Traceback" not in str(error)
    assert "\n" not in str(error)


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[WorkerClient]:
    """With the memory gate that the window has."""
    places = Paths(tmp_path / "home")
    gate = LoadGate(places, lambda: NORMAL, MachineWatch(places))
    async with WorkerClient(places.home, gate=gate) as opened:
        yield opened


async def check_next(client: WorkerClient, worker: psutil.Process, model: str) -> None:
    """The worker that failed holds nothing, and there is one that loads the model.

    Its memory is back as a number: there is no other process, the worker that is left holds what an idle one
    does, and the gate credits nothing to the next load.
    """
    if worker.is_running():
        assert (await client.call("status"))["loaded"] is None
        await client.call("unload")
    await client.call("ping")
    assert client.held_bytes == 0
    (idle,) = (child for child in psutil.Process().children() if child.is_running())
    assert private_bytes(idle) < _IDLE_BYTES
    assert await death_of(client, model) is None
    assert client.held_bytes > 0
    status = await client.call("status")
    assert status["loaded"]["context_length"] == _CONTEXT
    running = [child for child in psutil.Process().children() if child.is_running()]
    assert [child.pid for child in running] == [status["pid"]]


async def worker_of(client: WorkerClient) -> psutil.Process:
    await client.call("ping")
    return psutil.Process(client.pid)


def private_bytes(worker: psutil.Process) -> int:
    info = worker.memory_info()
    return info.rss - info.shared


def limit(worker: psutil.Process, room: int) -> None:
    """Let a process take only so many bytes more."""
    worker.rlimit(psutil.RLIMIT_AS, (worker.memory_info().vms + room, psutil.RLIM_INFINITY))


@pytest.mark.parametrize("seed", range(_KILLS))
async def test_the_system_kills_it_at_any_moment_of_a_load(client, tiny_model, seed):
    model, rng = str(tiny_model), random.Random(seed)
    worker = await worker_of(client)
    load = asyncio.create_task(death_of(client, model))
    await asyncio.sleep(rng.uniform(0, _LOAD_SECONDS))
    if load.done():
        load = asyncio.create_task(death_of(client, model))
    worker.kill()
    if error := await load:
        check(error)
        assert isinstance(error, WorkerDied)
    await check_next(client, worker, model)


@pytest.mark.parametrize("seed", range(_LIMITS))
async def test_it_gets_no_more_memory_from_any_moment_of_a_load_on(client, tiny_model, seed):
    model, rng = str(tiny_model), random.Random(seed)
    warm = bool(seed % 2)
    if warm:  # libraries are there already: what runs short is what the model takes
        assert await death_of(client, model) is None
        await client.call("unload")
    worker = await worker_of(client)
    before = private_bytes(worker)
    load = asyncio.create_task(death_of(client, model))
    await asyncio.sleep(rng.uniform(0, _WARM_SECONDS if warm else _LOAD_SECONDS))
    limit(worker, int(2 ** rng.uniform(_SMALLEST, _LARGEST_WARM if warm else _LARGEST)))
    if error := await load:
        check(error)
    if worker.is_running():
        worker.rlimit(psutil.RLIMIT_AS, (psutil.RLIM_INFINITY,) * 2)
        await client.call("unload")
        assert not warm or private_bytes(worker) < before + _TOLERANCE
    await check_next(client, worker, model)


async def test_a_thread_that_gets_no_memory_does_not_let_the_load_wait_for_ever(client, tiny_model):
    assert await death_of(client, str(tiny_model)) is None
    await client.call("unload")
    worker = await worker_of(client)
    limit(worker, 4096)
    error = await death_of(client, str(tiny_model))
    assert error is not None
    check(error)
    if worker.is_running():
        worker.rlimit(psutil.RLIMIT_AS, (psutil.RLIM_INFINITY,) * 2)
    await check_next(client, worker, str(tiny_model))
