from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from app.files import rename, write_whole

windows = pytest.mark.skipif(sys.platform != "win32", reason="elsewhere open files can be renamed")


def test_a_file_takes_the_place_of_another(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "first\n")
    write_whole(tmp_path / "a", "zweite Zeile: ü\n")
    assert (tmp_path / "a").read_bytes() == "zweite Zeile: ü\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="a"):
        write_whole(tmp_path / "a", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_in_the_way_is_no_matter_of_patience(tmp_path: Path) -> None:
    for name in ("source", "target"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    started = time.monotonic()
    with pytest.raises(OSError, match="target"):
        rename(tmp_path / "source", tmp_path / "target")
    assert time.monotonic() - started < 1


@windows
def test_a_scanner_that_looks_into_a_new_file_is_waited_for(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")
    with source.open("rb") as opened:
        threading.Timer(0.3, opened.close).start()
        rename(source, tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"x"


@windows
def test_a_program_that_keeps_a_file_open_is_not_waited_for_without_end(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")
    with source.open("rb"), pytest.raises(PermissionError):
        rename(source, tmp_path / "target", patience=0.2)
    assert source.exists()
