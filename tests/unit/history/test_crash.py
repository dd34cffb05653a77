"""A real child writes, and is killed without warning."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.history.records import Status
from app.history.store import History
from tests.support.conversations import texts

STREAMING = """
import sys, time
from pathlib import Path
from app.history.records import Answer
from app.history.store import History
from tests.support.conversations import answer_item, say
history = History.open(Path(sys.argv[1]))
conversation_id = history.conversations.create()
question = say(history, conversation_id, "question")
print("question", flush=True)
begun = history.messages.begin_answer(conversation_id, question.id, Answer("guide"))
text, number, written = "", 0, time.monotonic()
while True:
    number += 1
    text += f"{number} "
    print(number, flush=True)
    if time.monotonic() - written >= 0.2:
        history.messages.extend_answer(begun.id, [answer_item(text)])
        written = time.monotonic()
    time.sleep(0.002)
"""

APPENDING = """
import sys
from pathlib import Path
from app.history.store import History
from tests.support.conversations import say
history = History.open(Path(sys.argv[1]))
conversation_id, last = history.conversations.create(), None
for number in range(1_000_000):
    last = say(history, conversation_id, f"turn {number}", last).id
    print(number, flush=True)
"""


def run_and_kill(script: str, folder: Path, after_s: float) -> list[tuple[float, str]]:
    """Lines the child printed, each with the time it came, until it was killed."""
    child = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    lines, deadline = [], None
    for line in child.stdout:
        lines.append((time.monotonic(), line.strip()))
        deadline = deadline or time.monotonic() + after_s
        if time.monotonic() >= deadline and child.poll() is None:
            child.kill()
    child.stdout.close()
    assert child.wait() in {-signal.SIGKILL if sys.platform != "win32" else 1, 1}
    return lines


@pytest.mark.parametrize("after_s", [0.05, 0.7, 1.1])
def test_killed_while_streaming_loses_the_last_interval_at_most(folder: Path, after_s: float) -> None:
    lines = run_and_kill(STREAMING, folder, after_s)
    history = History.open(folder)
    try:
        assert history.notices == ()
        (line,) = history.conversations.summaries()
        branch = history.messages.branch(line.id)
        assert branch[0].text == "question"
        if len(branch) == 1:
            assert after_s < 0.2
            return
        assert branch[1].status is Status.INCOMPLETE
        kept = [int(word) for word in branch[1].text.split()]
        assert kept == list(range(1, len(kept) + 1))
        due = lines[-1][0] - 0.2 - 0.5  # the interval, and time for a commit on a slow disk
        expected = [int(word) for moment, word in lines if moment < due and word.isdigit()]
        assert len(kept) >= len(expected)
    finally:
        history.close()


@pytest.mark.parametrize("after_s", [0.01, 0.2, 0.5])
def test_killed_while_appending_keeps_every_message_that_was_acknowledged(
    folder: Path, after_s: float
) -> None:
    lines = run_and_kill(APPENDING, folder, after_s)
    history = History.open(folder)
    try:
        (line,) = history.conversations.summaries()
        kept = texts(history.messages.branch(line.id))
        assert len(kept) in {len(lines), len(lines) + 1}
        assert kept == [f"turn {number}" for number in range(len(kept))]
    finally:
        history.close()
