"""Importing a model that lies on this computer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from app.errors import Cancelled
from app.library.examined import Examined
from app.process.stream import EventStream
from app.ui.controls import allow, button
from app.ui.models import words
from app.ui.models.import_dialog import ImportDialog, ReportDialog
from app.ui.models.report_bar import ReportBar
from app.ui.models.services import Services
from app.ui.models.work_bar import WorkBar
from app.ui.theme import Theme
from app.worker.client import WorkerClient
from app.worker.protocol import PROGRESS, Method


class Importer(QObject):
    """A button that asks what to import, a dialog with what was found, and bars with what goes on.

    Args:
        services: what does the work.
        theme: look.
        pane: dialogs appear over it.

    Signals:
        wanted: the path that somebody chose, and a name made from it.
        imported: a model is there now.
    """

    wanted = Signal(Path, str)
    imported = Signal()

    def __init__(self, services: Services, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._services = services
        self._theme = theme
        self._pane = pane
        self._stream: EventStream | None = None
        self.button = self._make_button(theme)
        self.bar = WorkBar(self.tr("Progress of the import"), theme)
        self.bar.stopped.connect(self._cancel)
        self.report = ReportBar(theme)
        self.report.wanted.connect(lambda found: ReportDialog(found, theme, pane).open())

    async def import_path(self, source: Path, name: str) -> None:
        """Examine a folder or a file, ask what is to become of it, and import it under a name.

        One that is stopped or thought better of ends quietly.

        Raises:
            IndoorsError: it cannot be imported.
        """
        allow(self.button, self.tr("One import at a time."))
        self.report.hide()
        try:
            async with self._services.open_worker() as worker:
                await self._import(worker, source, name)
        except Cancelled:
            return
        finally:
            allow(self.button)
            self.bar.hide()

    async def _import(self, worker: WorkerClient, source: Path, name: str) -> None:
        store = self._services.store
        model_id = store.free_id(name)
        destination = store.destination(model_id)
        params: dict[str, Any] = {"source": str(source)}
        said = words.examining()
        found = Examined.from_json(await self._follow(worker.request(Method.EXAMINE, params), name, said))
        self.bar.hide()
        mode = await ImportDialog(found, source, destination, self._theme, self._pane).answer()
        if mode is None:
            return
        params |= {"destination": str(destination), "id": model_id, "mode": mode}
        done = await self._follow(worker.request(Method.IMPORT, params), name, words.phase(""))
        self.imported.emit()
        self.report.show_report(Examined.from_json({**done, "kind": found.kind}))

    async def _follow(self, stream: EventStream, name: str, begins: str) -> Mapping[str, Any]:
        """Show how far the worker is; gives the data of its `done`."""
        data: Mapping[str, Any] = {}
        self._stream = stream
        self.bar.begin(f"{name}: {begins}")
        async with stream:
            async for event in stream:
                data = event.data
                if event.name == PROGRESS:
                    said = f"{name}: {words.phase(str(data.get('phase')))}"
                    self.bar.show_progress(said, int(data.get("done", 0)), int(data.get("total", 0)))
        return data

    def _cancel(self) -> None:
        if self._stream is not None:
            self._stream.cancel()

    def _chosen(self, source: Path) -> None:
        self.wanted.emit(source, source.stem if source.is_file() else source.name)

    def _make_button(self, theme: Theme) -> QPushButton:
        made = button(self.tr("Import…"))
        made.setAccessibleName(self.tr("Import a model"))
        menu = QMenu(made)
        menu.addAction(theme.icon("folder"), self.tr("A folder with a model…"), self._ask_for_folder)
        menu.addAction(theme.icon("file"), self.tr("A GGUF file…"), self._ask_for_file)
        made.setMenu(menu)
        return made

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self._pane, self.tr("Folder of the model"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self._pane, self.tr("File of the model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Models in GGUF") + " (*.gguf)")
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(lambda path: self._chosen(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
