from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import DiskFull, UsageError
from app.graph.staging import staged_folder


def test_folder_appears_whole(tmp_path: Path) -> None:
    destination = tmp_path / "deep" / "model"
    with staged_folder(destination, 10) as stage:
        (stage / "file").write_text("x", encoding="utf-8")
        assert not destination.exists()
    assert [path.name for path in destination.parent.iterdir()] == ["model"]
    assert (destination / "file").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_nothing_is_left_after_an_error(error: type[BaseException], tmp_path: Path) -> None:
    def write() -> None:
        with staged_folder(tmp_path / "model", 10) as stage:
            (stage / "file").write_text("x", encoding="utf-8")
            raise error

    with pytest.raises(error):
        write()
    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_said_in_figures(tmp_path: Path) -> None:
    with (
        pytest.raises(DiskFull, match=r"1,000,000,000\.00 GB .* only [\d,.]+ GB are free"),
        staged_folder(tmp_path / "model", 10**18),
    ):
        pytest.fail("entered")
    assert list(tmp_path.iterdir()) == []


def test_existing_folder_is_not_touched(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exists already"), staged_folder(tmp_path, 1):
        pytest.fail("entered")
