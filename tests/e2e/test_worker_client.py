"""The client beyond deaths and cancels: slow consumers, huge frames, another event loop."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from app.errors import ModelNotFound, RequestError
from app.worker.client import _BACKLOG_BYTES
from app.worker.protocol import MAX_FRAME_BYTES
from tests.support.response_events import check
from tests.support.worker import ROOT, endless, events_of


async def test_a_full_answer_follows_the_rules(client, tiny_model):
    await client.call("load", {"model": str(tiny_model)})
    body = {"input": "Hi", "max_output_tokens": 1, "reasoning": {"effort": "high"}}
    events = await events_of(client, "respond", body | {"indoors": {"token_ids": True}})
    assert events[-1].data["prompt_token_ids"] == rendered["token_ids"]


async def test_a_request_over_the_limit_is_refused_here(client):
    with pytest.raises(RequestError, match="fit in one frame"):
        await client.call("tokenize", {"texts": ["x" * MAX_FRAME_BYTES]})
    assert await client.call("ping") == {}


async def test_a_consumer_that_does_not_read_stops_the_worker_but_not_a_quick_answer(client, tiny_model):
    await client.call("load", {"model": str(tiny_model), "context": 16384})
    tools = [{"type": "function", "name": "f", "description": "x" * 1_500_000}]
    body = endless(40) | {"tools": tools, "tool_choice": "none"}
    streams = [client.request("respond", body) for _ in range(6)]
    try:
        waiting = [asyncio.create_task(anext(stream)) for stream in streams]
        await asyncio.wait(waiting)
        await asyncio.sleep(1)
        assert client._backlog > 0
        assert client._backlog < _BACKLOG_BYTES + 2 * 1_500_000
        assert await asyncio.wait_for(client.call("ping"), 10) == {}
        for stream in streams:
            events = [(event.name, event.data) async for event in stream]
            assert events[-1][0] == "done"
            assert events[-2][1]["response"]["usage"]["output_tokens"] == 40
        assert client._backlog == 0
    finally:
        for stream in streams:
            await stream.__aexit__(None, None, None)


QASYNC = """
import asyncio, os, signal, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QCoreApplication
import qasync
from app.errors import WorkerDied
from app.worker.client import WorkerClient

async def main(model, home):
    async with WorkerClient() as client:
        await client.call("load", {"model": model})
        pid = (await client.call("status"))["pid"]
        seen = []
        async with client.request("respond", {"input": "Hi", "max_output_tokens": 50}) as stream:
            async for event in stream:
                seen.append(event.name)
        assert seen[0] == "response.created" and seen[-1] == "done", seen
        os.kill(pid, signal.SIGKILL)
        try:
            await client.call("ping")
        except WorkerDied:
            pass
        assert await client.call("ping") == {}
    print("all right", client.last_outcome.exit_code, flush=True)

app = QCoreApplication([])
with qasync.QEventLoop(app) as loop:
    loop.run_until_complete(main(sys.argv[1], sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_it_works_on_the_window_s_loop(tiny_model, tmp_path):
    command = [sys.executable, "-W", "error", "-c", QASYNC, str(tiny_model), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "all right 0\n", done.stderr
    assert done.returncode == 0


def test_the_client_imports_no_inference_library():
    script = (
        "import sys, app.worker.client; "
        "heavy = {'onnxruntime', 'numpy', 'onnx', 'tokenizers', 'jinja2', 'PySide6'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
