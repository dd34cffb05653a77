"""Conversations into files and out of them: asks where, and hands over to the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.history.background import BackgroundHistory
from app.history.transfer.files import Format, export, import_file
from app.history.transfer.words import Words
from app.ui.wording import translated

Do = Callable[..., None]
"""Calls a function of the history with arguments, and brings the list up to date."""


class Transferring(QObject):
    """Exports and imports.

    Args:
        parent: over which the dialogs appear.
        background: the history.
        do: carries out.
    """

    def __init__(self, parent: QWidget, background: BackgroundHistory, do: Do) -> None:
        super().__init__(parent)
        self._parent = parent
        self._history = background.history
        self._do = do

    def export(self, conversation_id: int, suffix: str) -> None:
        """Write one conversation in a format."""
        self._ask_where([conversation_id], Format(suffix), self.tr("Export the conversation"))

    def export_all(self, conversation_ids: Sequence[int]) -> None:
        """Write conversations into one file that can be imported again."""
        self._ask_where(conversation_ids, Format.JSON, self.tr("Export all conversations"))

    def bring_in(self) -> None:
        """Read conversations from a file."""
        dialog = QFileDialog(self._parent, self.tr("Import conversations"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Conversations (*.json *.zip)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self._do(import_file, self._history, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self, ids: Sequence[int], form: Format, title: str) -> None:
        dialog = QFileDialog(self._parent, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(f"{'conversation' if len(ids) == 1 else 'conversations'}.{form.value}")
        dialog.fileSelected.connect(
            lambda name: self._do(export, self._history, ids, form, Path(name), _words())
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _words() -> Words:
    """The labels of an export in the user's language."""
    return Words(**{label.name: translated(str(label.default)) for label in fields(Words)})
