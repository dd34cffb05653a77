"""The client beyond deaths and cancels: slow consumers, huge frames, another event loop."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import AsyncExitStack

import pytest

from app import manifest
from app.errors import ModelNotFound, RequestError, UsageError
from app.process.client import BACKLOG_BYTES
from app.process.frames import MAX_FRAME_BYTES
from tests.support.response_events import check
from tests.support.worker import ROOT, endless, events_of, write_harmony_checkpoint


async def test_a_full_answer_follows_the_rules(client, tiny_model):
    await client.call("load", {"model": str(tiny_model)})
    body = endless(300)
    body["indoors"]["token_ids"] = True
    events = await events_of(client, "respond", body)
    response = check([(event.name, event.data) for event in events if event.name.startswith("response.")])
    done = events[-1].data
    assert done["usage"] == response["usage"]
    assert len(done["output_token_ids"]) == 300
    assert len(done["prompt_token_ids"]) == response["usage"]["input_tokens"]
    expected = {
        "usage",
        "timings",
        "device",
        "peak_memory_bytes",
        "left_out_turns",
        "prompt_token_ids",
        "output_token_ids",
    }
    assert set(done) == expected


async def test_a_request_can_bring_its_own_model(client, tiny_model):
    body = endless(3)
    body["indoors"]["load"] = {"model": str(tiny_model), "context": 512}
    events = await events_of(client, "respond", body)
    assert events[0].data["phase"] == "load"
    assert (await client.call("status"))["loaded"]["context_length"] == 512
    events = await events_of(client, "respond", body)
    assert events[0].name == "response.created", "it is loaded already"


async def test_without_a_model_the_error_says_so(client):
    with pytest.raises(ModelNotFound, match="No model is loaded"):
        await client.call("tokenize", {"texts": ["x"]})


async def test_unloading_lets_the_model_go(client, tiny_model):
    await client.call("load", {"model": str(tiny_model)})
    assert (await client.call("tokenize", {"texts": ["a", ""]}))["counts"] == [1, 0]
    await client.call("unload")
    assert (await client.call("status"))["loaded"] is None
    with pytest.raises(ModelNotFound):
        await client.call("tokenize", {"texts": ["x"]})


async def test_a_model_that_cannot_be_loaded_is_not_remembered(client, tmp_path):
    with pytest.raises(ModelNotFound, match="no model folder"):
        await client.call("load", {"model": str(tmp_path / "nothing")})
    with pytest.raises(ModelNotFound, match="No model is loaded"):
        await client.call("render", {"input": "x"})


async def test_rendering_shows_what_the_model_reads(client, tiny_model):
    await client.call("load", {"model": str(tiny_model)})
    body = {"input": "Hi", "reasoning": {"effort": "high"}}
    rendered = await client.call("render", body)
    assert "Reasoning: high" in rendered["text"]
    assert rendered["text"].endswith("<|start|>assistant")
    answer = body | {"max_output_tokens": 1, "indoors": {"token_ids": True}}
    events = await events_of(client, "respond", answer)
    assert events[-1].data["prompt_token_ids"] == rendered["token_ids"]


async def test_a_model_is_measured(client, tiny_model):
    params = {"model": str(tiny_model), "prompt_tokens": 16, "new_tokens": 4, "conversation_tokens": 50}
    events = await events_of(client, "bench", params)
    figures = events[-1].data
    assert figures["model"] == str(tiny_model)
    assert figures["decode_tokens_per_s"] > 0
    assert figures["second_turn_s"] > 0
    phases = {event.data["phase"] for event in events[:-1]}
    assert phases == {"bandwidth", "load", "prefill", "decode", "conversation"}


async def test_an_unknown_geometry_is_refused(client, tmp_path):
    with pytest.raises(UsageError, match="no geometry 'enormous'"):
        await client.call("bench", {"geometry": "enormous"})


async def test_a_checkpoint_is_imported(client, tmp_path):
    source = write_harmony_checkpoint(tmp_path / "checkpoint")
    target = tmp_path / "home" / "models" / "mine"
    params = {"source": str(source), "destination": str(target), "quantization": "fp32", "id": "mine"}
    events = await events_of(client, "import", params)
    assert events[-1].data["id"] == "mine"
    assert manifest.read(target).id == "mine"
    assert {event.data["phase"] for event in events[:-1]} == {"weights", "checksums", "load", "prefill"}
    await client.call("load", {"model": str(target)})


async def test_a_request_over_the_limit_is_refused_here(client):
    with pytest.raises(RequestError, match="fit in one frame"):
        await client.call("tokenize", {"texts": ["x" * MAX_FRAME_BYTES]})
    assert await client.call("ping") == {}


async def test_a_consumer_that_does_not_read_stops_the_worker_but_not_a_quick_answer(client, tiny_model):
    await client.call("load", {"model": str(tiny_model), "context": 512})
    frame = 1_500_000
    tools = [{"type": "function", "name": "f", "description": "x" * frame}]
    body = endless(2) | {"tools": tools, "tool_choice": "none"}  # three events repeat the tools
    async with AsyncExitStack() as stack:
        streams = [await stack.enter_async_context(client.request("respond", body)) for _ in range(6)]
        first_events = [asyncio.create_task(anext(stream)) for stream in streams]
        await until_steady(lambda: client._backlog, above=BACKLOG_BYTES)
        assert client._backlog < BACKLOG_BYTES + 2 * frame
        assert not first_events[-1].done(), "the worker waits before it answers the last"
        assert await asyncio.wait_for(client.call("ping"), 20) == {}
        for stream, first in zip(streams, first_events, strict=True):
            events = [await first, *[event async for event in stream]]
            assert events[-1].name == "done"
            assert events[-2].data["response"]["usage"]["output_tokens"] == 2
        assert client._backlog == 0


async def until_steady(value, above):
    before, after = -1, value()
    while before != after or after <= above:
        before = after
        await asyncio.sleep(0.7)
        after = value()


QASYNC = """
import asyncio, sys
import psutil
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
        psutil.Process(pid).kill()
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


def test_it_works_on_the_window_s_loop(tiny_model, tmp_path):
    command = [sys.executable, "-W", "error", "-c", QASYNC, str(tiny_model), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.stdout == "all right 0\n", done.stderr
    assert done.returncode == 0


def test_the_client_imports_no_inference_library():
    script = (
        "import sys, app.worker.client; "
        "heavy = {'onnxruntime', 'numpy', 'onnx', 'tokenizers', 'jinja2', 'PySide6'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
