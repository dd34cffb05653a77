"""`indoors bench --ui` with small sizes: it runs and tells each figure; how large they are is no test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.bench_ui import run
from app.cli.options import build_parser
from app.cli.terminal import Terminal
from app.errors import IndoorsError
from app.ui.measure import prepared, processes
from app.ui.measure.figures import Figure, as_json
from app.ui.measure.statistics import percentile

_SMALL = ("--messages", "40", "--seconds", "1", "--rounds", "1")


def test_every_figure_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    options = build_parser().parse_args(["bench", "--ui", *_SMALL])
    assert run(options, Terminal(sys.stdout, sys.stderr)) == 0
    shown = capsys.readouterr().out
    for label, bar in {
        "One more token: ratio": "≤ 1.2",
        "Loop blocked: streaming after 10 messages, p95": "≤ 16 ms",
        "Loop blocked: streaming in the long conversation, worst": "≤ 50 ms",
        "Loop blocked: streaming a long table, p95": "≤ 16 ms",
        "Loop blocked: showing 1 MB of code, worst": "≤ 50 ms",
        "Opening until painted: ratio": "≤ 3",
        "Start to first paint: ratio": "≤ 1.5",
        "Memory of the window, long conversation open": "≤ 200 MB",
    }.items():
        line = next(line for line in shown.splitlines() if line.startswith(label))
        assert bar in line
        assert line.split()[-1] in {"met", "missed"}


def test_json_holds_value_bar_and_verdict() -> None:
    found = as_json(
        [Figure("a", "A", 3.0, "ms"), Figure("b", "B", 3.0, "", 2.0), Figure("c", "C", 2.0, "", 2.0)]
    )
    assert found == {
        "a": 3.0,
        "b": {"value": 3.0, "bar": 2.0, "met": False},
        "c": {"value": 2.0, "bar": 2.0, "met": True},
    }


def test_a_process_that_fails_is_an_error_with_its_last_words() -> None:
    with pytest.raises(IndoorsError, match=r"memory.*failed: .*IndexError"):
        processes.output_of("memory")


def test_the_empty_program_imports_of_qt_what_the_program_does() -> None:
    names = processes.output_of("imported")
    assert "QMainWindow" in names["PySide6.QtWidgets"]
    assert "Qt" in names["PySide6.QtCore"]


@pytest.mark.parametrize(("percent", "value"), [(50, 5), (95, 10), (90, 9), (1, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, value: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == value


def test_pieces_are_tokens_of_the_text_and_begin_anew() -> None:
    once = list(prepared.pieces(prepared.ANSWER, 10_000))
    assert "".join(once).startswith(prepared.ANSWER * 2)
    assert len(once) == 10_000


def test_messages_have_their_size_and_differ() -> None:
    texts = [prepared.message(500, number) for number in range(200)]
    assert {len(text) for text in texts} == {500}
    assert len(set(texts)) == len(texts)


def test_a_model_and_the_window_are_not_measured_at_once() -> None:
    command = [sys.executable, "-m", "app", "bench", "--ui", "--model", "x"]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, capture_output=True, cwd=root, env=os.environ, check=False)
    assert done.returncode == 2
