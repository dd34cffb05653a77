"""Whatever happens to the program that started it, no worker stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psutil
import pytest

from tests.support.worker import ROOT, wait_until

WINDOWS = sys.platform == "win32"

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

CHATTERBOX = """
import logging
from app.worker.host import main
from app.worker.host.methods import Methods
def chatter(*_):
    while True:
        logging.getLogger("app").warning("x" * 1000)
Methods._unload = chatter
main([])
"""

NOBODY_READS = """
import os, subprocess, sys
read, write = os.pipe()
pipe = subprocess.PIPE
worker = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=read, stdout=pipe, stderr=pipe)
kept = [write, worker.stdout.fileno(), worker.stderr.fileno()]
other = subprocess.Popen(["sleep", "60"], pass_fds=kept)
os.write(write, b'{"id": 1, "method": "unload"}\\n{"id": 2, "method": "ping"}\\n')
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


@pytest.mark.parametrize("name", ["SIGTERM"] if WINDOWS else ["SIGKILL", "SIGTERM", "SIGINT"])
def test_the_worker_ends_with_its_client_in_mid_answer(tmp_path, tiny_model, name):
    with start(tmp_path, PARENT, str(tiny_model)) as parent:
        worker = int(parent.stdout.readline())
        parent.send_signal(getattr(signal, name))
        parent.wait(20)
        assert wait_until(lambda: gone(worker)), "an orphan"


@pytest.mark.skipif(WINDOWS, reason="there a program inherits only what it is given")
@pytest.mark.parametrize("script", [HOLDER, NOBODY_READS])
def test_a_pipe_that_somebody_else_holds_open_does_not_keep_the_worker(tmp_path, script):
    with start(tmp_path, script, CHATTERBOX) as parent:
        worker, other = map(int, parent.stdout.readline().split())
        try:
            parent.kill()
            parent.wait(20)
            assert wait_until(lambda: gone(worker)), "an orphan"
        finally:
            os.kill(other, signal.SIGKILL)
