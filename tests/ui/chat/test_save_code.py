"""Code goes into the file that the user chooses, whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.errors import AccessDenied, StorageError
from app.ui.chat.save_code import SaveCode
from tests.support.permissions import unprivileged


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def ask(parent: QWidget, language: str) -> tuple[QFileDialog, list[Coroutine[Any, Any, Any]]]:
    work: list[Coroutine[Any, Any, Any]] = []
    SaveCode("print('ü')", language).ask(parent, work.append)
    return parent.findChildren(QFileDialog)[0], work


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize(
    ("language", "name"),
    [("python", "code.py"), ("rust", "code.rs"), ("c++", "code.cpp"), ("json", "code.json"),
     ("", "code.txt"), ("no such language", "code.txt"), ("../../x", "code.txt")],
)  # fmt: skip
def test_the_name_it_suggests_ends_as_the_language_does(parent: QWidget, language: str, name: str) -> None:
    dialog, work = ask(parent, language)
    assert [Path(file).name for file in dialog.selectedFiles()] == [name]
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.reject()
    assert work == []


async def test_the_chosen_file_is_written_and_one_that_is_there_replaced(
    qtbot: QtBot, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    target = tmp_path / "kept.py"
    target.write_text("before, and longer than what comes", encoding="utf-8")
    dialog, work = ask(parent, "python")
    dialog.fileSelected.emit(str(target))
    await work[0]
    assert target.read_bytes() == "print('ü')\n".encode()
    assert names(tmp_path) == ["kept.py"]
    dialog.reject()


async def test_a_folder_that_may_not_be_written_says_so_and_the_old_file_stays(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    target = folder / "code.py"
    target.write_text("before", encoding="utf-8")
    with unprivileged(folder), pytest.raises(AccessDenied, match="saving the code"):
        await SaveCode("after", "python").write(target)
    assert target.read_text(encoding="utf-8") == "before"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
async def test_a_disk_that_refuses_says_so_and_the_old_file_stays(tmp_path: Path) -> None:
    import resource

    target = tmp_path / "code.txt"
    target.write_text("before", encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(StorageError):
            await SaveCode("x" * 100_000, "").write(target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(tmp_path) == ["code.txt"]
    assert target.read_text(encoding="utf-8") == "before"
