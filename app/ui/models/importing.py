"""Importing a model that lies on this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from app.errors import Cancelled
from app.process.stream import EventStream
from app.ui.controls import allow, button
from app.ui.models import words
from app.ui.models.services import Services
from app.ui.models.work_bar import WorkBar
from app.ui.theme import Theme
from app.worker.protocol import PROGRESS


class Importer(QObject):
    """A button that asks what to import, and a bar that shows how far it is.

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
        self._pane = pane
        self._stream: EventStream | None = None
        self.button = self._make_button(theme)
        self.bar = WorkBar(self.tr("Progress of the import"), theme)
        self.bar.stopped.connect(self._cancel)

    async def import_path(self, source: Path, name: str) -> None:
        """Import a folder or a file under a name; one that is stopped ends quietly.

        Raises:
            IndoorsError: it cannot be imported.
        """
        store = self._services.store
        allow(self.button, self.tr("One import at a time."))
        try:
            model_id = store.free_id(name)
            destination = store.destination(model_id)
            params = {"source": str(source), "destination": str(destination), "id": model_id}
            async with self._services.open_worker() as worker:
                await self._follow(worker.request("import", params), name)
        except Cancelled:
            return
        finally:
            allow(self.button)
            self.bar.hide()
            self._stream = None
        self.imported.emit()

    async def _follow(self, stream: EventStream, name: str) -> None:
        self._stream = stream
        self.bar.begin(f"{name}: {words.phase('')}")
        async with stream:
            async for event in stream:
                if event.name == PROGRESS:
                    said = f"{name}: {words.phase(str(event.data.get('phase')))}"
                    done, total = int(event.data.get("done", 0)), int(event.data.get("total", 0))
                    self.bar.show_progress(said, done, total)

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
