"""The models pane: what is installed, which one answers, and import of a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from app.errors import IndoorsError
from app.library.store import Store
from app.ui.controls import allow, button, label
from app.ui.frame.importing import ImportBar
from app.ui.frame.model_card import ModelCard
from app.ui.frame.page import Page
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient


class ModelsPane(Page):
    """Lists the models on this computer.

    Args:
        store: the models.
        preferences: holds which model answers.
        open_worker: makes a client of a worker of its own, so that an import does not keep the chat waiting.
        tasks: runs the import.
        theme: look.
    """

    def __init__(
        self,
        store: Store,
        preferences: Preferences,
        open_worker: Callable[[], WorkerClient],
        tasks: Tasks,
        theme: Theme,
    ) -> None:
        translate = QCoreApplication.translate
        lead = translate(
            "ModelsPane", "Models on this computer. Import a folder that holds an ONNX model to add another."
        )
        super().__init__(translate("ModelsPane", "Models"), lead, theme)
        self._store = store
        self._preferences = preferences
        self._open_worker = open_worker
        self._tasks = tasks
        self._theme = theme
        self.cards: list[ModelCard] = []
        self.import_button = button(self.tr("Import a folder…"), "primary", theme.icon("import", "on_accent"))
        self.import_button.clicked.connect(self._ask_for_folder)
        self.header.addWidget(self.import_button)
        self.bar = ImportBar(theme)
        self.column.addWidget(self.bar)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.tokens.space.m)
        self.column.addLayout(self._list)
        self._nothing = label(
            self.tr("No model is installed, not even the built-in guide."), "muted", wrap=True
        )
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)
        self.refresh()
        preferences.changed.connect(self._show_choice)

    def refresh(self) -> None:
        """List the models anew."""
        for card in self.cards:
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = [ModelCard(model, self._theme) for model in self._store.models()]
        for card in self.cards:
            card.chosen.connect(self._choose)
            self._list.addWidget(card)
        self._nothing.setVisible(not self.cards)
        self._show_choice("model")

    async def import_folder(self, folder: Path) -> None:
        """Import a model folder, showing how far it is; a problem is shown in the pane."""
        self.show_problem(None)
        allow(self.import_button, self.tr("One import at a time."))
        try:
            model_id = self._store.free_id(folder.name)
            destination = self._store.destination(model_id)
            params = {"source": str(folder), "destination": str(destination), "id": model_id}
            async with self._open_worker() as worker:
                await self.bar.follow(worker.request("import", params), folder.name)
        except IndoorsError as error:
            self.show_problem(error)
        finally:
            allow(self.import_button)
            self.refresh()

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder of the model"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self._tasks.start(self.import_folder(Path(path))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose(self, model_id: str) -> None:
        try:
            self._preferences.set("model", model_id)
        except IndoorsError as error:
            self.show_problem(error)

    def _show_choice(self, name: str) -> None:
        if name == "model":
            for card in self.cards:
                card.show_choice(self._preferences.text("model"))
