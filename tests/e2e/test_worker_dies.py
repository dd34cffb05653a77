"""The worker process ends while it is needed: the client says why, and the next request works."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import psutil
import pytest

from app.errors import Cancelled, WorkerDied
from app.worker.client import WorkerClient
from tests.support.worker import collect, endless, events_of, until

WINDOWS = sys.platform == "win32"
posix = pytest.mark.skipif(WINDOWS, reason="signals are POSIX's")


async def pid_of(client):
    return (await client.call("status"))["pid"]


async def die_while_answering(client, number):
    pid = await pid_of(client)
    events = []

    def kill_late(_):
        if len(events) == 30:
            os.kill(pid, number)

    async with client.request("respond", endless(12_000)) as stream:
        with pytest.raises(WorkerDied) as caught:
            await collect(stream, events, kill_late)
    assert len(events) >= 30
    return caught.value


DEATHS = [
    ("SIGKILL", "killed by the system, probably because memory ran out", "smaller context"),
    ("SIGSEGV", "crashed in native code (SIGSEGV)", "--device cpu"),
    ("SIGABRT", "crashed in native code (SIGABRT)", "--device cpu"),
    ("SIGTERM", "ended by another program (SIGTERM)", "Ask again"),
]
DEATHS_ON_WINDOWS = [("SIGTERM", "ended unexpectedly (exit code 15)", "Ask again")]


@pytest.mark.parametrize(("name", "cause", "hint"), DEATHS_ON_WINDOWS if WINDOWS else DEATHS)
async def test_death_in_mid_answer_is_explained_and_the_next_request_works(
    client, tiny_model, name, cause, hint
):
    number = getattr(signal, name)
    await client.call("load", {"model": str(tiny_model), "context": 16384})
    error = await die_while_answering(client, number)
    assert cause in error.message
    assert "while doing respond" in error.message
    assert hint in error.hint
    assert "Traceback" not in str(error)
    assert client.last_outcome.exit_code == (number if WINDOWS else -number)

    events = await events_of(client, "respond", endless(5))
    assert events[0].name == "progress"
    assert events[0].data["phase"] == "load", "the model is loaded again"
    assert events[-1].name == "done"
    assert (await client.call("status"))["loaded"]["context_length"] == 16384


async def test_every_waiting_request_hears_of_the_death(client, tiny_model):
    await client.call("load", {"model": str(tiny_model)})
    pid = await pid_of(client)
    answers = [asyncio.create_task(client.call("respond", endless(12_000))) for _ in range(3)]
    await until(client, lambda status: len(status["queue"]) == 2)
    psutil.Process(pid).kill()
    results = await asyncio.gather(*answers, return_exceptions=True)
    assert [type(result) for result in results] == [WorkerDied] * 3


async def test_death_between_requests_goes_unnoticed(client):
    psutil.Process(await pid_of(client)).kill()
    while client.last_outcome is None:  # noqa: ASYNC110 - nobody asks, so nobody is told
        await asyncio.sleep(0.01)
    assert await client.call("ping") == {}


@posix
async def test_native_crashes_leave_a_trace_for_diagnostics(client, tiny_model):
    await client.call("load", {"model": str(tiny_model)})
    await die_while_answering(client, signal.SIGSEGV)
    assert any("Fatal Python error: Segmentation fault" in line for line in client.last_outcome.stderr)


WITH_HEIR = """
import subprocess
from app.worker.host import main
subprocess.Popen(["sleep", "60"])
main([])
"""


@posix
async def test_a_death_is_noticed_though_another_program_inherited_the_pipes(tmp_path):
    async with WorkerClient(command=[sys.executable, "-c", WITH_HEIR]) as client:
        (heir,) = psutil.Process(await pid_of(client)).children()
        try:
            psutil.Process(await pid_of(client)).kill()
            async with asyncio.timeout(20):
                while client.last_outcome is None:  # noqa: ASYNC110 - nobody asks, so nobody is told
                    await asyncio.sleep(0.05)
            assert await client.call("ping") == {}
            (second,) = psutil.Process(await pid_of(client)).children()
            second.kill()
        finally:
            heir.kill()


async def test_a_worker_that_ignores_a_cancel_is_replaced(tmp_path, tiny_model):
    async with WorkerClient(tmp_path / "home", patience=0.5) as client:
        await client.call("load", {"model": str(tiny_model)})
        pid = await pid_of(client)
        async with client.request("respond", endless(12_000)) as stream:
            await anext(stream)
            psutil.Process(pid).suspend()
            stream.cancel()
            with pytest.raises(Cancelled):
                await collect(stream, [])
        assert client.last_outcome.ignored_cancel
        events = await events_of(client, "respond", endless(5))
        assert events[-1].name == "done"
        assert await pid_of(client) != pid


async def test_a_program_that_is_missing_is_named(tmp_path):
    async with WorkerClient(command=[str(tmp_path / "nothing")]) as client:
        with pytest.raises(WorkerDied, match="could not be started: "):
            await client.call("ping")


async def test_a_worker_that_cannot_start_is_explained(tmp_path):
    script = "import sys; sys.exit('no library')"
    async with WorkerClient(command=[sys.executable, "-c", script]) as client:
        with pytest.raises(WorkerDied, match=r"could not start \(exit code 1\)"):
            await client.call("ping")
        assert client.last_outcome.stderr == ("no library",)


async def test_closing_in_mid_answer_cancels_it(client, tiny_model):
    await client.call("load", {"model": str(tiny_model)})
    answer = asyncio.create_task(client.call("respond", endless(12_000)))
    await until(client, lambda status: status["state"] == "working")
    await client.close()
    with pytest.raises(Cancelled):
        await answer
    assert client.last_outcome.exit_code == 0
    assert await client.call("ping") == {}, "a closed client starts another worker"
