"""`indoors check`, and loads that do not fit, as a person meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.machines import make_huge
from tests.support.program import Program


@pytest.fixture
def indoors(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    return make_huge(tmp_path / "huge")


def test_this_computer_and_the_guide(indoors: Program) -> None:
    done = indoors("check", "--device", "cpu")  # else it may be an adapter of this computer
    assert (done.code, done.err) == (0, "")
    assert "Processor" in done.out
    assert "guide: runs well on cpu" in done.out


def test_as_json(indoors: Program) -> None:
    found = indoors("check", "--json", "--context", "512").json
    assert found["machine"]["memory"]["total"] > 0
    assert found["machine"]["seconds"] < 2
    guide = found["models"]["guide"]
    assert (guide["state"], guide["context"]) == ("runs well", 512)
    assert 0 < guide["needed_bytes"] < guide["free_bytes"]


def test_what_does_not_run_has_a_code_of_its_own(indoors: Program, huge: Path) -> None:
    done = indoors("check", "--model", str(huge))
    assert done.code == 4
    assert "huge: does not run on cpu" in done.out
    assert "choose a smaller model" in done.out
    assert indoors("check", "--model", str(huge), "--device", "directml:3").code == 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--device", "abacus"), "no device"),
        (("--model", "nobody"), "no model"),
        (("--model", "guide", "--context", "9999999"), "this model takes 2 to 2,048"),
    ],
)
def test_bad_questions(indoors: Program, arguments: tuple[str, ...], says: str) -> None:
    done = indoors("check", *arguments)
    assert done.code in {2, 3}
    assert says in done.err


def test_a_load_that_does_not_fit_is_refused_before_the_worker_is_asked(indoors: Program, huge: Path) -> None:
    done = indoors("ask", "hello", "--model", str(huge))
    assert done.code == 5
    assert "Huge needs 11" in done.err
    assert "are free" in done.err


def test_the_guard_can_be_switched_off(indoors: Program, huge: Path) -> None:
    """Then the worker tries, and says what it finds: the weights are not there."""
    forced = indoors("ask", "hello", "--model", str(huge), "--force")
    assert forced.code == 3
    indoors("settings", "memory-guard", "off")
    assert indoors("ask", "hello", "--model", str(huge)).err == forced.err


def test_what_an_answer_took_corrects_the_next_check(indoors: Program) -> None:
    indoors("ask", "hello", "--max-tokens", "24")
    measured = indoors("check", "--json", "--model", "guide").json["models"]["guide"]
    assert measured["measured"]


def test_a_damaged_home_is_no_crash(indoors: Program) -> None:
    cache = indoors.home / "cache"
    cache.mkdir(parents=True)
    (cache / "measurements.json").write_text("{", encoding="utf-8")
    assert indoors("check").code == 0
