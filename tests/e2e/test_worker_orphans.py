"""Whatever happens to the program that started it, no worker stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psutil
import pytest

from tests.support.worker import ROOT, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

PARENT = """
import asyncio, sys
from app.worker.client import WorkerClient

async def main(model):
    client = WorkerClient()
    await client.call("load", {"model": model})
    print((await client.call("status"))["pid"], flush=True)
    stops = {"1": -100, "2": -100, "8": -100}
    await client.call("respond", {"input": "Hello", "indoors": {"logit_bias": stops}})

asyncio.run(main(sys.argv[1]))
"""

HOLDER = """
import subprocess, sys
read, write = __import__("os").pipe()
command = [sys.executable, "-m", "app", "worker"]
worker = subprocess.Popen(command, stdin=read, stdout=subprocess.PIPE)
other = subprocess.Popen(["sleep", "60"], pass_fds=[write, worker.stdout.fileno()])
__import__("os").write(write, b'{"id": 1, "method": "ping"}\\n')
worker.stdout.readline()
print(worker.pid, other.pid, flush=True)
worker.wait()
"""


def start(tmp_path, script, *arguments):
    environment = os.environ | {"INDOORS_HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True)


def gone(pid):
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_the_worker_ends_with_its_client_in_mid_answer(tmp_path, tiny_model, name):
    with start(tmp_path, PARENT, str(tiny_model)) as parent:
        worker = int(parent.stdout.readline())
        parent.send_signal(getattr(signal, name))
        parent.wait(20)
        assert wait_until(lambda: gone(worker)), "an orphan"


def test_a_pipe_that_somebody_else_holds_open_does_not_keep_the_worker(tmp_path):
    with start(tmp_path, HOLDER) as parent:
        worker, other = map(int, parent.stdout.readline().split())
        try:
            parent.kill()
            parent.wait(20)
            assert wait_until(lambda: gone(worker)), "an orphan"
        finally:
            os.kill(other, signal.SIGKILL)
