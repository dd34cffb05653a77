"""Saves a piece of code to a file that the user chooses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import from_os_error
from app.files import write_whole
from app.ui.chat.code_row import file_suffix


class SaveCode:
    """One piece of code on its way to a file.

    Args:
        code: what to write.
        language: what its fence said; chooses the file's usual ending.
    """

    def __init__(self, code: str, language: str) -> None:
        self._code = code
        self._language = language

    def ask(self, parent: QWidget, run: Callable[[Coroutine[Any, Any, Any]], None]) -> None:
        """Let the user choose a file, then write it."""
        dialog = QFileDialog(parent, QCoreApplication.translate("SaveCode", "Save the code"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("code" + file_suffix(self._language))
        dialog.fileSelected.connect(lambda name: run(self.write(Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def write(self, path: Path) -> None:
        """Write the file, whole or not at all.

        Raises:
            StorageError: the disk refused.
        """
        try:
            await asyncio.to_thread(write_whole, path, self._code + "\n")
        except OSError as error:
            raise from_os_error(error, "saving the code") from error
