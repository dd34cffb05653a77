from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.options import build_parser
from app.settings import named


def test_common_options_may_stand_before_or_after_the_command() -> None:
    parser = build_parser()
    assert parser.parse_args(["--home", "x", "ask", "q"]).home == Path("x")
    assert parser.parse_args(["ask", "q", "--home", "x"]).home == Path("x")
    assert parser.parse_args(["ask", "q"]).home is None
    assert parser.parse_args(["--debug", "ask", "q"]).debug
    assert parser.parse_args(["ask", "q", "--debug"]).debug
    assert not parser.parse_args(["ask", "q"]).debug


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "q", "--temperature", "3"],
        ["ask", "q", "--temperature", "warm"],
        ["ask", "q", "--top-p", "-1"],
        ["ask", "q", "--max-tokens", "0"],
        ["ask", "q", "--effort", "extreme"],
        ["models"],
        ["serve", "--rate-limit", "-1"],
        ["serve", "--rate-limit", "many"],
        ["inspect"],
        ["nonsense"],
        ["bench", "--model", "a", "--geometry", "gpt-oss-20b"],
    ],
)
def test_what_makes_no_sense_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        build_parser().parse_args(arguments)
    assert ending.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_help_tells_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["--help"])
    shown = capsys.readouterr().out
    for code in ("0", "1", "2", "3", "4", "5", "6", "7", "130"):
        assert f"  {code}  " in shown


def test_the_limit_of_a_server_is_the_declared_one() -> None:
    parser = build_parser()
    assert parser.parse_args(["serve"]).rate_limit == named("server-rate-limit").default
    assert parser.parse_args(["serve", "--rate-limit", "0"]).rate_limit == 0
