"""The worker's pipes, written and read by hand: garbage, huge frames, slow readers, and the end of input."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import psutil
import pytest

from app.process.frames import MAX_FRAME_BYTES
from tests.support.worker import ROOT, BareWorker, endless, wait_until


@pytest.fixture
def worker(tmp_path):
    with BareWorker(tmp_path / "home") as worker:
        yield worker


def load(worker, model):
    worker.ask("load", "load", model=str(model), context=16384)
    assert worker.until_terminal("load")[-1]["event"] == "done"


@pytest.mark.parametrize(
    ("line", "request_id", "words"),
    [
        (b"hello\n", None, "not valid JSON"),
        (b"\x00\xff\xfe{\n", None, "not valid JSON"),
        (b'{"id": 7, "method": "fly"}\n', 7, "no method 'fly'"),
        (b'{"id": 8, "method": "ping", "params": []}\n', 8, "params"),
        (b"[" * 200_000 + b"\n", None, "not valid JSON"),
    ],
)
def test_garbage_is_answered_and_forgotten(worker, line, request_id, words):
    worker.write(line)
    worker.ask("after", "ping")
    refusal, pong = worker.read(), worker.read()
    assert (refusal["id"], refusal["event"]) == (request_id, "error")
    assert refusal["data"]["code"] == "invalid_request"
    assert words in refusal["data"]["message"]
    assert pong == {"id": "after", "event": "done", "data": {}}


def test_blank_lines_and_line_ends_of_windows_are_fine(worker):
    worker.write(b'\n\r\n  \n{"id": 1, "method": "ping"}\r\n')
    assert worker.read() == {"id": 1, "event": "done", "data": {}}


def test_a_huge_frame_is_refused_without_being_kept(worker):
    worker.ask("before", "status")
    before = worker.until_terminal("before")[-1]["data"]["memory"]["peak_bytes"]
    worker.write(b'{"id": 5, "method": "tokenize", "params": {"texts": ["')
    for _ in range(MAX_FRAME_BYTES // (1 << 20) * 4):
        worker.write(b"x" * (1 << 20))
    worker.write(b'"]}}\n')
    refusal = worker.read()
    assert (refusal["id"], refusal["event"]) == (5, "error")
    assert "67,108,864 bytes" in refusal["data"]["message"]
    worker.ask("after", "status")
    after = worker.until_terminal("after")[-1]["data"]["memory"]["peak_bytes"]
    assert after - before < 3 * MAX_FRAME_BYTES, "four times the limit was sent"


def test_large_frames_pass_both_ways(worker, tiny_model):
    load(worker, tiny_model)
    text = "grüße " * 200_000
    worker.ask("render", "render", input=text)
    done = worker.until_terminal("render")[-1]
    assert text in done["data"]["text"]
    assert len(done["data"]["token_ids"]) > 200_000


def test_an_id_in_use_is_refused_and_the_first_request_goes_on(worker, tiny_model):
    load(worker, tiny_model)
    worker.ask(1, "respond", **endless(300))
    worker.ask(1, "ping")
    events = worker.until_terminal(1)
    refusals = [event for event in events if event["id"] is None]
    assert len(refusals) == 1
    assert "id 1 is in use" in refusals[0]["data"]["message"]
    assert events[-1]["event"] == "done"
    assert events[-1]["data"]["usage"]["output_tokens"] == 300


def test_a_slow_reader_neither_loses_events_nor_blocks_a_cancel(worker, tiny_model):
    load(worker, tiny_model)
    worker.ask("long", "respond", **endless(16_000))
    process = psutil.Process(worker.process.pid)
    assert wait_until(lambda: busy_share(process) < 0.2, 20), "the worker waits for its reader"
    worker.ask("stop", "cancel", target="long")
    events = worker.until_terminal("stop")
    if not any(event["id"] == "long" and event["event"] == "error" for event in events):
        events += worker.until_terminal("long")
    answer = [event for event in events if event["id"] == "long"]
    numbers = [event["data"]["sequence_number"] for event in answer if event["event"].startswith("response.")]
    assert numbers == list(range(len(numbers)))
    assert answer[-2]["data"]["response"]["incomplete_details"] == {"reason": "cancelled"}
    assert answer[-1]["data"]["code"] == "cancelled"
    assert [event["data"] for event in events if event["id"] == "stop"] == [{"cancelled": True}]


def busy_share(process):
    before = process.cpu_times()
    time.sleep(0.5)
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / 0.5


@pytest.mark.parametrize("how", ["end of input", "shutdown"])
def test_the_end_cancels_everything_and_says_so(worker, tiny_model, how):
    load(worker, tiny_model)
    for number in range(3):
        worker.ask(number, "respond", **endless(16_000))
    while worker.read()["event"] != "response.output_text.delta":
        pass
    if how == "shutdown":
        worker.ask("bye", "shutdown")
    else:
        worker.process.stdin.close()
    events = [json.loads(line) for line in worker.process.stdout]
    assert worker.process.wait(10) == 0
    ends = [(event["id"], event["data"]["code"]) for event in events if event["event"] == "error"]
    assert sorted(ends) == [(0, "cancelled"), (1, "cancelled"), (2, "cancelled")]
    assert [event["id"] for event in events if event["event"] == "done"] == ["bye"] * (how == "shutdown")


def test_the_end_of_input_ends_an_idle_worker_at_once(worker):
    worker.ask(1, "ping")
    worker.read()
    started = time.monotonic()
    worker.process.stdin.close()
    assert worker.process.wait(10) == 0
    assert time.monotonic() - started < 3


def test_nobody_reading_ends_the_worker(worker, tiny_model):
    load(worker, tiny_model)
    worker.ask(1, "respond", **endless(16_000))
    worker.process.stdout.close()
    assert worker.process.wait(10) == 0


NOISY = """
import ctypes, sys, threading, time
from app.process.host import pipes
from app.worker.host import main
claim = pipes.claim
libc = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
def noise():
    while True:
        libc.puts(b'{"id": 1, "event": "done", "data": {}}')
        libc.fflush(None)
        print("noise", flush=True)
        time.sleep(0.0005)
def claim_and_make_noise():
    own = claim()
    threading.Thread(target=noise, daemon=True).start()
    return own
pipes.claim = claim_and_make_noise
main([])
"""


def test_native_prints_do_not_reach_the_frames():
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", NOISY]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        for number in range(200):
            process.stdin.write(json.dumps({"id": f"a{number}", "method": "ping"}).encode() + b"\n")
        process.stdin.flush()
        lines = [json.loads(process.stdout.readline()) for _ in range(200)]
        process.stdin.close()
        assert process.stdout.read() == b""
    assert [line["id"] for line in lines] == [f"a{number}" for number in range(200)]
