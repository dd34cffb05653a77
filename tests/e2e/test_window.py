"""The real program's window: starts, ends in order, stays light, stays offline."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.worker import wait_until

ROOT = Path(__file__).parents[2]
_WATCHED = """
import sys
def hear(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "urllib.Request"):
        print("NETWORK", event, arguments, flush=True)
sys.addaudithook(hear)
import asyncio
from PySide6.QtWidgets import QApplication
from pathlib import Path
from app.paths import Paths
from app.ui import application, running
from app.ui.frame.window import MainWindow
def visit():
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    for key in ("models", "hardware", "settings", "chat"):
        window.open_pane(key)
    asyncio.get_running_loop().call_later(1, window.close)
live = running._live
async def watched(*arguments):
    asyncio.get_running_loop().call_later(1, visit)
    await live(*arguments)
running._live = watched
code = application.run_application(Paths(Path(sys.argv[1])))
heavy = {"onnxruntime", "numpy", "onnx", "tokenizers", "safetensors", "ml_dtypes", "jinja2"}
print("CODE", code, "HEAVY", sorted(heavy & set(sys.modules)), flush=True)
"""


def environment() -> dict[str, str]:
    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def start(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "default", "-m", "app", "--home", str(home)]
    return subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True)


def catches(process: subprocess.Popen[str], number: signal.Signals) -> bool:
    """Whether the process has a handler for a signal: it sets them when the window is ready."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = int(next(line for line in status.splitlines() if line.startswith("SigCgt")).split()[1], 16)
    return bool(caught & (1 << (number - 1)))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path / "home")
    assert wait_until(lambda: catches(process, signal.SIGTERM), 60), process.stderr.read()
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert errors == ""
    assert (tmp_path / "home" / "window.json").is_file()
    assert not any(child.is_running() for child in children)


def test_the_windows_process_is_light_and_opens_no_connection(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WATCHED, str(tmp_path / "home")]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["CODE 0 HEAVY []"], done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_one_line_and_exit_code_2(tmp_path: Path) -> None:
    without = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    without.pop("QT_QPA_PLATFORM", None)
    command = [sys.executable, "-m", "app", "--home", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=without, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "display" in done.stderr
