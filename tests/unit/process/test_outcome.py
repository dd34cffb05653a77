"""How the end of a worker is explained."""

from __future__ import annotations

import sys

import pytest

from app.process.outcome import Outcome

MEMORY = "smaller context or a smaller model"
KILLED = "killed by the system, probably because memory ran out"


def assert_explained(outcome, cause, hint):
    error = outcome.error()
    assert cause in error.message
    assert hint in error.hint
    assert error.code == "worker_died"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(
    ("outcome", "cause", "hint"),
    [
        (Outcome(-9, "respond"), KILLED, MEMORY),
        (Outcome(-11, "load"), "crashed in native code (SIGSEGV)", "--device cpu"),
        (Outcome(-4), "crashed in native code (SIGILL)", "lacks an instruction"),
        (Outcome(-6), "crashed in native code (SIGABRT)", "--device cpu"),
        (Outcome(-6, stderr=("what(): std::bad_alloc",)), "memory ran out", MEMORY),
        (Outcome(70, stderr=("MemoryError",)), "memory ran out", MEMORY),
        (Outcome(-15), "ended by another program (SIGTERM)", "Ask again"),
    ],
)
def test_a_signal_explains_itself(outcome, cause, hint):
    assert_explained(outcome, cause, hint)


@pytest.mark.parametrize(
    ("outcome", "cause", "hint"),
    [
        (Outcome(0xC0000005), "crashed in native code (access violation, 0xC0000005)", "--device cpu"),
        (Outcome(0xC0000005 - (1 << 32)), "access violation, 0xC0000005", "--device cpu"),
        (Outcome(0xC000001D), "illegal instruction", "lacks an instruction"),
        (Outcome(0xC0000017), "memory ran out", MEMORY),
        (Outcome(0xC0000135), "a library is missing", "--device cpu"),
        (Outcome(1, spoke=False), "could not start (exit code 1)", "indoors worker --debug"),
        (Outcome(3), "ended unexpectedly (exit code 3)", "Ask again"),
        (Outcome(-9, ignored_cancel=True), "did not react to a cancel", "loaded anew"),
        (Outcome(0, asked=True), "was ended", "Ask again"),
    ],
)
def test_an_exit_code_explains_itself(outcome, cause, hint):
    assert_explained(outcome, cause, hint)


def test_it_says_what_was_being_done_and_shows_no_traceback():
    stderr = ("Traceback (most recent call last):", '  File "x.py", line 1', "ValueError")
    message = str(Outcome(3, "respond", stderr=stderr).error())
    assert "while doing respond" in message
    assert "Traceback" not in message
