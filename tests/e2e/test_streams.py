"""Text in pipes is UTF-8 with line feeds, whatever the system prefers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import Program


@pytest.fixture
def indoors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")  # what Windows prefers
    return Program(tmp_path / "home")


def test_what_is_written(indoors: Program, tiny_model: Path) -> None:
    done = indoors("models", "import", str(tiny_model), "--id", "tiny")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith('…"\n')


def test_without_a_console_there_are_no_streams(tmp_path: Path) -> None:
    script = "import sys; sys.stdin = sys.stdout = sys.stderr = None; from app.cli.main import main; "
    script += "sys.exit(main(['models', 'list']) or main(['settings', 'effort', 'wild']))"
    done = subprocess.run([sys.executable, "-c", script], env=Program(tmp_path).environment(), check=False)
    assert done.returncode == 2


def test_what_is_read(indoors: Program, tiny_model: Path, tmp_path: Path) -> None:
    saved = tmp_path / "talk.md"
    lines = f"How much is 3 €? ☂\n/save {saved}\n/quit\n"
    done = indoors("chat", "--model", str(tiny_model), "--max-tokens", "2", given=lines.encode())
    assert done.code == 0, done.err
    assert "How much is 3 €? ☂" in saved.read_text(encoding="utf-8")
