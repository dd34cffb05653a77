"""The real program on a virtual screen: real keys, a real answer, a restart, and the answer found again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support.window_host import WindowHost, window_host
from tests.support.worker import ROOT, wait_until, write_endless_model

_TOOLS = ("Xvfb", "xdotool")
_PATIENCE_S = 120.0

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in _TOOLS), reason="needs Xvfb and xdotool"
)


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of a virtual screen."""
    reader, writer = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writer),
        "-screen",
        "0",
        "1280x860x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        yield f":{answer.readline().strip()}"
    server.terminate()
    server.wait()


class Program:
    """The running window.

    Args:
        home: its data.
        screen: where it shows itself.
        host: where it runs.
    """

    def __init__(self, home: Path, screen: str, host: WindowHost) -> None:
        self._home, self._seen_home = home, host.path(home)
        self.environment = {**os.environ, **host.environment, "DISPLAY": screen}
        self.command = [*host.python, "-m", "app", "--home", self._seen_home]
        others = set(self.windows())
        self._copier = self._run()
        assert wait_until(lambda: bool(set(self.windows()) - others) or self._ended, _PATIENCE_S), "no window"
        assert not self._ended, self.said()
        (self.window,) = set(self.windows()) - others
        assert wait_until(self._works, _PATIENCE_S)  # the pane is shown, its model loads
        self.focus()

    def _run(self) -> subprocess.Popen[bytes]:
        """Start it; gives the program that copies what it says: Python under Wine writes only to pipes."""
        with self._errors.open("ab") as errors:
            copier = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=errors)
        said = copier.stdin
        assert said is not None
        with said:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        return copier

    def _works(self) -> bool:
        """Whether a worker runs for its home."""
        lines = (process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"]))
        return any("worker" in line and self._seen_home in line for line in lines)

    @property
    def _errors(self) -> Path:
        """A file, for a pipe that nobody reads would stop the program once it is full."""
        return self._home / "said.txt"

    @property
    def _ended(self) -> bool:
        return self.process.poll() is not None

    def said(self) -> str:
        """What it wrote to its standard streams."""
        return self._errors.read_text(encoding="utf-8", errors="replace")

    def windows(self) -> list[str]:
        """The windows of all programs on the screen, the one in front last."""
        return self._do("search", "--onlyvisible", "--name", "^Indoors$").split()

    def focus(self) -> None:
        """Let it have the keys; there is no window manager that would give them to the window in front."""

        def taken() -> bool:
            self._do("windowfocus", self.window)
            return self._do("getwindowfocus").strip() == self.window

        assert wait_until(taken, _PATIENCE_S)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self._do("key", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "20", text)

    def messages(self) -> list[tuple[str, str]]:
        """Role and status of every stored message."""
        return self.stored("role, status")

    def stored(self, columns: str) -> list[Any]:
        """Columns of every stored message."""
        file = self._home / "history" / "history.sqlite3"
        try:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
                return database.execute(f"SELECT {columns} FROM message ORDER BY id").fetchall()
        except sqlite3.OperationalError:
            return []

    def close(self) -> tuple[int, str]:
        """Quit by the keyboard; gives the exit code and what was said."""
        self.press("ctrl+q")
        try:
            self.process.wait(_PATIENCE_S)
        finally:
            self.kill()
        return self.process.returncode, self.said()

    def kill(self) -> None:
        """End it without warning, unless it has ended."""
        self.process.kill()
        self.process.wait()
        with suppress(subprocess.TimeoutExpired):  # Wine's desktop may keep its pipe open
            self._copier.wait(2)
        self._copier.terminate()
        self._copier.wait()

    def _do(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=60, check=False)
        return done.stdout.decode()


Start = Callable[..., Program]


@pytest.fixture
def start(screen: str, tmp_path: Path, tiny_model: Path) -> Iterator[Start]:
    """Starts the program, with a tiny model or another, on the same data each time unless a home is named."""
    programs: list[Program] = []

    def started(model: str = str(tiny_model), home: str = "home") -> Program:
        folder, host = tmp_path / home, window_host()
        folder.mkdir(exist_ok=True)
        seen = host.path(Path(model)) if Path(model).is_absolute() else model
        (folder / "settings.json").write_text(json.dumps({"model": seen}), encoding="utf-8")
        programs.append(Program(folder, screen, host))
        return programs[-1]

    yield started
    for program in programs:
        program.kill()


def _answered(program: Program, count: int) -> Callable[[], bool]:
    return lambda: (
        [role for role, status in program.messages() if status != "streaming"].count("assistant") >= count
    )


def _until_begun(program: Program, count: int, act: Callable[[float], None]) -> None:
    """Act until so many answers have begun: a key that comes while the window is behind does nothing."""

    def begun() -> bool:
        return [role for role, _ in program.messages()].count("assistant") >= count

    for pause_s in (1.0, 2.0, 4.0, 8.0):
        act(pause_s)
        if wait_until(begun, 10.0 * pause_s):
            return
    pytest.fail(f"{program.messages()} {program.said()}")


@pytest.mark.slow
def test_typed_question_is_answered_and_found_after_a_restart(start: Start) -> None:
    program = start()
    program.type("Hello there")
    program.press("Return")
    assert wait_until(_answered(program, 1), _PATIENCE_S)
    assert program.close() == (0, "")
    again = start()
    assert [role for role, _ in again.messages()] == ["user", "assistant"]
    again.type("And again")
    again.press("Return")
    assert wait_until(_answered(again, 2), _PATIENCE_S)
    assert again.close() == (0, "")


@pytest.mark.slow
def test_killed_program_keeps_the_question(start: Start) -> None:
    program = start()
    program.type("Hello there")
    program.press("Return")
    assert wait_until(lambda: ("user", "complete") in program.messages(), _PATIENCE_S)
    time.sleep(0.2)
    program.kill()
    again = start()
    assert again.messages()[0] == ("user", "complete")
    assert all(status != "streaming" for _, status in again.messages())
    assert again.close() == (0, "")


@pytest.mark.slow
def test_the_guide_answers_twice_and_is_found_by_search_after_a_restart(start: Start) -> None:
    program = start("guide")
    program.type("How do I import a model?")
    program.press("Return")
    assert wait_until(_answered(program, 1), _PATIENCE_S)
    _until_begun(program, 2, lambda _: program.press("ctrl+r"))
    assert wait_until(_answered(program, 2), _PATIENCE_S)
    (question, *_), *answers = program.stored("id, parent_id, role, status")
    assert [answer[1:] for answer in answers] == [(question, "assistant", "complete")] * 2
    program.press("ctrl+n")
    program.type("Something else")
    program.press("Return")
    assert wait_until(_answered(program, 3), _PATIENCE_S)
    assert program.close() == (0, "")
    again = start("guide")

    def find_and_ask_again(pause_s: float) -> None:
        again.press("ctrl+shift+f")
        again.type("import")
        time.sleep(pause_s)  # the search waits for a pause in the typing
        again.press("Down", "Return")
        time.sleep(pause_s)
        again.press("F6")
        again.press("ctrl+r")

    _until_begun(again, 4, find_and_ask_again)
    assert wait_until(_answered(again, 4), _PATIENCE_S)
    assert again.stored("parent_id, conversation_id")[-1] == (question, 1)
    assert again.close() == (0, "")


@pytest.mark.slow
def test_an_endless_answer_is_stopped_by_escape_and_kept(start: Start, tmp_path: Path) -> None:
    program = start(str(write_endless_model(tmp_path / "endless")))
    program.type("Hello there")
    program.press("Return")
    assert wait_until(lambda: any(len(items) > 200 for (items,) in program.stored("items")), _PATIENCE_S)
    program.press("Escape")
    assert wait_until(lambda: ("assistant", "cancelled") in program.messages(), 20.0), program.messages()
    assert program.close() == (0, "")


@pytest.mark.slow
def test_a_second_start_brings_the_first_window_to_the_front_and_ends(start: Start) -> None:
    first = start()
    covering = start(home="another")
    assert first.windows()[-1] == covering.window
    second = subprocess.run(
        first.command, cwd=ROOT, env=first.environment, capture_output=True, timeout=60, check=False
    )
    assert (second.returncode, second.stderr) == (0, b"")
    assert wait_until(lambda: first.windows()[-1] == first.window, 20.0)
    first.focus()
    first.type("Still here")
    first.press("Return")
    assert wait_until(_answered(first, 1), _PATIENCE_S)
    assert not covering.messages()
    assert first.close() == (0, "")
