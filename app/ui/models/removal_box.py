"""Asks whether a model is really to be removed, and how."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from app.library.store import InstalledModel
from app.ui.frame.words import size
from app.ui.models.asking import asked


class RemovalBox(QMessageBox):
    """Into the bin, or for good; a model that is only linked is taken off the list.

    Args:
        model: which.
        parent: the dialog.
    """

    def __init__(self, model: InstalledModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remove a model"))
        name = model.manifest.name or model.manifest.id
        self.setText(self.tr("Remove {model}?").format(model=name))
        role = QMessageBox.ButtonRole
        self.bin = self.for_good = None
        if model.linked:
            left = self.tr("Only the link is removed; the files in {folder} stay as they are.")
            self.setInformativeText(left.format(folder=model.folder))
            self.bin = self.addButton(self.tr("Remove"), role.AcceptRole)
        else:
            said = self.tr("It takes {size}. What lies in the bin still takes room until the bin is emptied.")
            self.setInformativeText(said.format(size=size(model.disk_bytes)))
            self.bin = self.addButton(self.tr("Move to the bin"), role.AcceptRole)
            self.for_good = self.addButton(self.tr("Delete for good"), role.DestructiveRole)
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.cancel)

    async def answer(self) -> bool | None:
        """Ask: True for good, False into the bin, None not at all."""
        await asked(self)
        clicked = self.clickedButton()
        self.deleteLater()
        if clicked is None or clicked is self.cancel:
            return None
        return clicked is self.for_good
