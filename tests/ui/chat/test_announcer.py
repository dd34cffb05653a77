"""What a screen reader is told of an answer, and what the window's process never imports."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.history.records import Answer, Message, Role, Status
from app.ui.chat.announcer import Announcer
from tests.support.worker import ROOT


def _message(status: Status, error: str = "") -> Message:
    return Message(1, 1, None, Role.ASSISTANT, status, [], 0.0, Answer(error=error))


def test_streaming_is_announced_by_whole_sentences_every_few_seconds(qtbot: QtBot) -> None:
    widget, said, now = QWidget(), list[str](), 0.0
    qtbot.addWidget(widget)
    announcer = Announcer(widget, lambda _, text: said.append(text), lambda: now)
    announcer.begin()
    for word in ["One", "two", "three.", "Four", "five", "six.", "Seven", ""] * 20:
        announcer.extend(word + " ")
        now += 0.1
    announcer.end(_message(Status.COMPLETE))
    assert said[0] == "The model is answering."
    assert 3 <= len(said) <= 6
    assert all(text.endswith((".", "!")) for text in said)
    assert said[-1].endswith("The answer is complete.")


def test_failure_is_announced_with_its_cause(qtbot: QtBot) -> None:
    widget, said = QWidget(), list[str]()
    qtbot.addWidget(widget)
    announcer = Announcer(widget, lambda _, text: said.append(text), lambda: 0.0)
    announcer.begin()
    announcer.end(_message(Status.FAILED, "The worker died."))
    assert said[-1] == "The worker died."


def test_the_pane_and_its_formulas_import_nothing_heavy() -> None:
    script = (
        "import sys, app.ui.chat.pane\n"
        "from app.ui.markdown.formula import FormulaKey, typeset\n"
        "assert typeset(FormulaKey('x^2', 15, '#000000', False)).svg\n"
        "heavy = {'numpy', 'onnx', 'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
