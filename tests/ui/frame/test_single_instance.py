"""A second start brings the first window forward."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from app.errors import IndoorsError
from app.paths import Paths
from app.ui.frame import single_instance
from app.ui.frame.single_instance import SingleInstance

ROOT = Path(__file__).parents[3]


@pytest.fixture
def first(places: Paths) -> Iterator[SingleInstance]:
    first = SingleInstance(places)
    assert first.claim()
    yield first
    first.release()


async def second_start(home: Path) -> int:
    """The real program, started again for the same home."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", "--home", str(home), cwd=ROOT, env=environment
    )
    async with asyncio.timeout(60):
        return await process.wait()


async def test_a_second_start_asks_the_first_hands_on_its_right_to_the_front_and_ends(
    qtbot: QtBot, first: SingleInstance, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    first.asked.connect(lambda: heard.append(os.environ["XDG_ACTIVATION_TOKEN"]))
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "the-token-of-the-click")
    start = asyncio.create_task(second_start(places.home))
    await asyncio.sleep(0.2)  # it has its environment
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    assert await start == 0
    assert heard == ["the-token-of-the-click"]
    await asyncio.sleep(0.1)  # the socket closes


def test_homes_do_not_disturb_each_other(qtbot: QtBot, first: SingleInstance, tmp_path: Path) -> None:
    other = SingleInstance(Paths(tmp_path / "other"))
    assert other.claim()
    other.release()


def test_after_the_first_ended_the_next_is_first(qtbot: QtBot, places: Paths) -> None:
    for _ in range(2):
        instance = SingleInstance(places)
        assert instance.claim()
        instance.release()


def test_a_crashed_first_does_not_lock_the_home_for_ever(qtbot: QtBot, places: Paths) -> None:
    script = (
        "import os, pathlib, sys; from app.paths import Paths\n"
        "from app.ui.frame.single_instance import SingleInstance\n"
        "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([])\n"
        "instance = SingleInstance(Paths(pathlib.Path(sys.argv[1]))); assert instance.claim(); os._exit(9)"
    )
    crashed = subprocess.run([sys.executable, "-c", script, str(places.home)], cwd=ROOT)
    assert crashed.returncode == 9
    assert (places.home / "window.lock").exists()
    instance = SingleInstance(places)
    assert instance.claim()
    instance.release()


@pytest.mark.skipif(sys.platform == "darwin", reason="process ids do not return so soon there")
def test_a_crashed_first_whose_process_id_is_ours_does_not_either(qtbot: QtBot, places: Paths) -> None:
    file = places.home / "window.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(file))
    assert lock.tryLock(0)
    content = file.read_bytes()
    lock.unlock()
    file.write_bytes(content)
    instance = SingleInstance(places)
    assert instance.claim()
    instance.release()


def test_a_first_that_does_not_answer_is_named(
    qtbot: QtBot, first: SingleInstance, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_PATIENCE_MS", 200)
    monkeypatch.setattr(single_instance, "_ANSWER_MS", 50)
    with pytest.raises(IndoorsError, match="running already"):
        SingleInstance(places).claim()  # the first is this very thread, which is busy here


def test_a_home_that_cannot_be_made_still_opens_a_window(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    instance = SingleInstance(Paths(tmp_path / "file" / "home"))
    assert instance.claim()
    instance.release()
