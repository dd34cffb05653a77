"""`indoors check`, and loads that do not fit, as a person meets them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.hardware.verdict import State
from tests.support.machines import MACHINES, Recorded, make_huge
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


def test_what_could_be_got_is_judged_too_and_does_not_count(indoors: Program) -> None:
    """A computer on which gpt-oss-120b does not run is no failure."""
    done = indoors("check")
    assert done.code == 0
    assert "gpt-oss-120b/checkpoint: " in done.out
    asked = indoors("check", "--json", "--context", "9999", "--model", "gpt-oss-20b")
    assert "gpt-oss-20b/q4f16" in asked.json["models"]


CODES = {State.WELL: 0, State.SLOWLY: 3, State.NOT: 4}


@pytest.mark.parametrize("name", ["RTX 4070", "slow memory"])
def test_another_computer_by_its_report(indoors: Program, tmp_path: Path, name: str) -> None:
    """The recorded computers get the verdicts that stand beside them; the command says them and exits so."""
    recorded = next(each for each in MACHINES if each.name.startswith(name))
    file = report_of(recorded, tmp_path)
    for device, expected in recorded.verdicts.items():
        asked = ("--model", "gpt-oss-20b/q4f16", "--context", "8192", "--device", device)
        done = indoors("check", "--machine", str(file), *asked)
        assert done.code == CODES[expected.state], done.out
        assert f"gpt-oss-20b/q4f16: {expected.state}" in done.out
        assert expected.says in done.out


def test_the_byte_budget_on_directml_is_printed(indoors: Program, tmp_path: Path) -> None:
    """At most 12.5 GB on the adapter with a context of 8,192, by part."""
    asked = ("--model", "gpt-oss-20b/q4f16", "--context", "8192", "--device", "directml")
    file = report_of(MACHINES[0], tmp_path)
    told = indoors("check", "--machine", str(file), *asked).out
    assert re.search(r"Needs +12\.4 GB\n +weights +11\.7 GB\n +KV cache +0\.4 GB", told)
    (verdict,) = indoors("check", "--machine", str(file), "--json", *asked).json["models"].values()
    assert verdict["needed_bytes"] <= 12_500_000_000


def report_of(recorded: Recorded, folder: Path) -> Path:
    """The file that `check --json` would have written on a recorded computer."""
    machine = replace(recorded.machine, system="Windows 11, AMD64")
    file = folder / "machine.json"
    file.write_text(json.dumps({"machine": machine.to_json()}), encoding="utf-8")
    return file


@pytest.mark.parametrize("content", ["", '{"machine": 3}'])
def test_a_file_that_is_no_report(indoors: Program, tmp_path: Path, content: str) -> None:
    (tmp_path / "no.json").write_text(content, encoding="utf-8")
    done = indoors("check", "--machine", str(tmp_path / "no.json"))
    assert done.code == 2
    assert "is not what indoors check --json prints" in done.err
