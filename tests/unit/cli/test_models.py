from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from app.cli.models.agree import agree
from app.cli.models.follow import duration, said
from app.cli.models.words import facts, judgement, parameters
from app.cli.terminal import Terminal
from app.download.protocol import Download, DownloadState, Reference
from app.errors import UsageError
from app.hardware.fit import judge
from app.hardware.machine import Machine, Memory
from app.hardware.model import ModelDescription
from app.hardware.question import Question
from app.library.licences import Acceptances, Terms

TERMS = Terms("mit", "phi", "Keep the notice.")


class Typed(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def acceptances(tmp_path: Path) -> Acceptances:
    return Acceptances(tmp_path / "licences.json")


def asked(monkeypatch: pytest.MonkeyPatch, acceptances: Acceptances, answer: str) -> str:
    screen = Typed()
    monkeypatch.setattr("sys.stdin", Typed(answer))
    agree(TERMS, acceptances, Terminal(io.StringIO(), screen), accepted=False)
    return screen.getvalue()


def test_a_person_is_asked_once_and_reads_the_text(
    monkeypatch: pytest.MonkeyPatch, acceptances: Acceptances
) -> None:
    shown = asked(monkeypatch, acceptances, "yes\n")
    for part in ("phi", "licence MIT.", "Keep the notice.", "WITHOUT WARRANTY", "[y/N]"):
        assert part in shown
    assert acceptances.of(TERMS) is not None
    assert asked(monkeypatch, acceptances, "no\n") == ""


@pytest.mark.parametrize("answer", ["no\n", "\n", ""])
def test_anything_but_yes_is_no(
    monkeypatch: pytest.MonkeyPatch, acceptances: Acceptances, answer: str
) -> None:
    with pytest.raises(UsageError, match="not accepted"):
        asked(monkeypatch, acceptances, answer)
    assert acceptances.of(TERMS) is None


def test_the_option_accepts_and_keeps_the_day(acceptances: Acceptances) -> None:
    agree(TERMS, acceptances, Terminal(io.StringIO(), io.StringIO()), accepted=True)
    found = acceptances.of(TERMS)
    assert found is not None
    assert found.day == date.today().isoformat()


def download(**fields: object) -> Download:
    return Download("k", "m", "M", Reference("hub", "a/b"), DownloadState.DOWNLOADING, **fields)  # type: ignore[arg-type]


def test_the_progress_in_words() -> None:
    running = download(bytes_done=1_500_000, bytes_total=3_000_000, bytes_per_s=500_000.4, eta_s=3.2)
    assert said(running) == "1.5 MB of 3.0 MB, 500 kB/s, 0:03 left"
    assert said(download(bytes_done=0)) == "0 B of –, 0 B/s, – left"
    waiting = download(error={"code": "unreachable", "message": "hub.test does not answer.", "hint": ""})
    assert said(waiting) == "hub.test does not answer."


@pytest.mark.parametrize(("seconds", "shown"), [(0.4, "0:00"), (61, "1:01"), (3661, "1:01:01")])
def test_durations(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


def test_verdicts_name_both_numbers() -> None:
    machine = Machine("", memory=Memory(16_000_000_000, 8_000_000_000))
    found = judge(machine, Question(ModelDescription("m", "Model", 9_000_000_000)))
    assert judgement(found) == (
        "does not run. Model needs 10.8 GB of memory, and 8.0 GB are free. Close programs that hold 2.8 GB."
    )
    assert judgement(None) == "unknown: its size is not known"


def test_facts_line_up_and_leave_out_what_is_empty() -> None:
    assert facts({"A": "1", "Empty": "", "Long": "2"}) == "A:    1\nLong: 2"
    assert facts({"A": "\x1b[2J"}) == "A: �[2J"
    assert parameters(None) == "unknown"
