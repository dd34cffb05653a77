"""What an import would do, said before anything is done."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QRadioButton, QWidget

from app.library.examined import Examined
from app.ui.controls import allow, button, label
from app.ui.frame.words import count, parameters, size
from app.ui.models import words
from app.ui.models.asking import asked
from app.ui.models.check_list import CheckList
from app.ui.models.details import DetailsDialog
from app.ui.theme import Theme


class ImportDialog(DetailsDialog):
    """The facts of a model, every check, and the choice of what becomes of its files.

    Args:
        found: what was found of it.
        source: where it lies.
        destination: the folder that an import makes.
        theme: distances.
        parent: the pane.

    Attributes:
        mode: the way that is chosen.
        ways: a button for each way to import it; none when it cannot be imported.
        plan: what would be done.
        start: imports it.
    """

    def __init__(
        self, found: Examined, source: Path, destination: Path, theme: Theme, parent: QWidget
    ) -> None:
        title = QCoreApplication.translate("ImportDialog", "Import {model}")
        title = title.format(model=found.name or source.name)
        super().__init__(title, theme, parent)
        self._found, self._destination = found, destination
        self.mode = ""
        self.ways: dict[str, QRadioButton] = {}
        self.add_facts(self._facts(source))
        self.plan = label("", wrap=True, selectable=True)
        self.start = button(self.tr("Import"), "primary")
        if found.failed:
            self.plan.setText(self.tr("It cannot be imported: a check failed. Nothing was changed."))
        else:
            self._offer_ways()
        self.column.addWidget(self.plan)
        self.add_heading(self.tr("Checks"))
        self.column.addWidget(CheckList(found.checks, theme))
        self.column.addStretch(1)

    async def answer(self) -> str | None:
        """Open the dialog and wait until it is closed: how to import the model, None not at all."""
        accepted = await asked(self) == QDialog.DialogCode.Accepted
        return self.mode if accepted else None

    def _offer_ways(self) -> None:
        self.add_heading(self.tr("What becomes of the files"))
        said = {
            "copy": self.tr("Copy: they stay where they are, and the model gets files of its own."),
            "move": self.tr("Move: they become the model's own files."),
            "link": self.tr("Link: they stay where they are, and the model needs them there."),
        }
        for mode, text in said.items():
            way = QRadioButton(text)
            possible = mode in self._found.modes
            allow(way, "" if possible else self.tr("It is converted, so the model gets files of its own."))
            way.toggled.connect(partial(self._choose, mode))
            self.column.addWidget(way)
            self.ways[mode] = way
        self.buttons.addButton(self.start, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Cancel"))
        self.start.clicked.connect(self.accept)
        self.start.setDefault(True)
        self.ways["copy"].setChecked(True)

    def _choose(self, mode: str, chosen: bool) -> None:
        if not chosen:
            return
        self.mode = mode
        taken = self.tr("no room") if mode == "link" else size(self._found.bytes)
        said = self.tr("Nothing was changed yet. The import makes {folder}, which takes {size}.")
        folder = words.breakable(str(self._destination))
        self.plan.setText(said.format(folder=folder, size=taken))

    def _facts(self, source: Path) -> dict[str, str]:
        found, context = self._found, self._found.context_length
        return {
            self.tr("From"): str(source),
            self.tr("Name"): found.name,
            self.tr("Architecture"): found.architecture,
            self.tr("Parameters"): parameters(found.parameters),
            self.tr("Context"): self.tr("{tokens} tokens").format(tokens=count(context)) if context else "",
            self.tr("Quantisation"): found.quantization,
            self.tr("Size"): size(found.bytes) if found.bytes else "",
        }


class ReportDialog(DetailsDialog):
    """Every check of a model that was imported.

    Args:
        found: what was found of it.
        theme: distances.
        parent: the pane.
    """

    def __init__(self, found: Examined, theme: Theme, parent: QWidget) -> None:
        super().__init__(found.name, theme, parent)
        self.add_heading(self.tr("Checks"))
        self.column.addWidget(CheckList(found.checks, theme))
        self.column.addStretch(1)
