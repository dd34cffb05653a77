"""Keeping the models that are there: details, check, removal, another folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Cancelled, IndoorsError
from app.library.about import about
from app.library.entries import Entry
from app.library.licences import Acceptances
from app.library.lineage import origin_of
from app.library.moving import Mover
from app.library.refreshing import refresh
from app.library.store import InstalledModel
from app.library.upstream import Upstreams
from app.progress import Progress
from app.ui.controls import allow
from app.ui.models.chore import Chore
from app.ui.models.entry_details import EntryDetails
from app.ui.models.lists import Lists
from app.ui.models.model_details import ModelDetails
from app.ui.models.place_bar import PlaceBar
from app.ui.models.removal_box import RemovalBox
from app.ui.models.services import Services
from app.ui.models.words import upstream
from app.ui.models.work_bar import WorkBar
from app.ui.theme import Theme
from app.ui.wording import told


class Keeping(QObject):
    """Opens the details of a model and does what is asked for there; moves the models folder.

    Args:
        services: what does the work.
        lists: the catalogue and the advisories.
        theme: look.
        pane: dialogs appear over it.

    Signals:
        changed: other models are installed, or they lie elsewhere.
        move_wanted: the folder that somebody chose.
    """

    changed = Signal()
    move_wanted = Signal(Path)

    def __init__(self, services: Services, lists: Lists, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._services = services
        self._lists = lists
        self._theme = theme
        self._pane = pane
        self._acceptances = Acceptances(services.places.accepted_licences)
        self._moving = Chore()
        self.bar = WorkBar(self.tr("Progress of the move"), theme)
        self.bar.stopped.connect(self._moving.stop)
        self.place = PlaceBar(theme)
        self.place.move_button.clicked.connect(self._ask_for_folder)

    def show_entry(self, entry: Entry) -> EntryDetails:
        """All that is known of an entry of the catalogue."""
        dialog = EntryDetails(entry, self._acceptances, self._theme, self._pane)
        dialog.open()
        return dialog

    def show_model(self, model: InstalledModel) -> ModelDetails:
        """All that is known of an installed model."""
        known = about(model, self._lists.catalog, self._lists.advisories)
        verdict = self._services.fitting().of_model(model)
        dialog = ModelDetails(known, self._acceptances, verdict, self._theme, self._pane)
        chore, start = Chore(), self._services.tasks.start
        dialog.newer_wanted.connect(lambda: start(self._look_for_newer(model, dialog)))
        dialog.check_wanted.connect(lambda: start(self._check(model, dialog, chore)))
        dialog.remove_wanted.connect(lambda: start(self._remove(model, dialog)))
        dialog.bar.stopped.connect(chore.stop)
        dialog.finished.connect(chore.stop)
        dialog.open()
        return dialog

    async def move(self, folder: Path) -> None:
        """Move every model to another folder; one that is stopped can go on later.

        Raises:
            IndoorsError: it cannot be moved.
        """
        mover, said = Mover(self._services.places), self.tr("Moving the models to {folder}")
        allow(self.place.move_button, self.tr("The models are being moved already."))
        self.bar.begin(said.format(folder=folder))
        try:
            await self._let_go(None)
            await self._moving.run(
                lambda progress, cancelled: mover.move(folder, progress, cancelled),
                lambda done, total: self.bar.show_progress(said.format(folder=folder), done, total),
            )
        finally:
            allow(self.place.move_button)
            self.bar.hide()
        self.changed.emit()

    async def _look_for_newer(self, model: InstalledModel, dialog: ModelDetails) -> None:
        origin = origin_of(model.manifest)
        assert origin is not None
        allow(dialog.newer, self.tr("It is being asked for."))
        try:
            found = await refresh([origin], self._services.hub, Upstreams(self._services.places.upstream))
        except IndoorsError as error:
            dialog.say(told(error), "danger")
        else:
            for problem in found.problems:
                dialog.say(told(problem), "danger")
            for said in found.said.values():
                dialog.say(upstream(said))
        finally:
            allow(dialog.newer)

    async def _check(self, model: InstalledModel, dialog: ModelDetails, chore: Chore) -> None:
        said = self.tr("Comparing every file with its checksum")
        allow(dialog.check, self.tr("The files are being checked."))
        dialog.bar.begin(said)
        try:
            damaged = await chore.run(
                self._checking(model), lambda done, total: dialog.bar.show_progress(said, done, total)
            )
        except Cancelled:
            dialog.say(self.tr("The check was stopped."))
        except IndoorsError as error:
            dialog.say(told(error), "danger")
        else:
            self._tell(dialog, damaged, len(model.manifest.files))
        finally:
            dialog.bar.hide()
            allow(dialog.check)

    def _tell(self, dialog: ModelDetails, damaged: list[str], files: int) -> None:
        if damaged:
            said = self.tr("Damaged: {files}. Remove the model and get it again.")
            dialog.say(said.format(files=", ".join(damaged)), "danger")
        else:
            dialog.say(self.tr("Every file is as it should be: {count}.").format(count=files), "success")

    def _checking(self, model: InstalledModel) -> Callable[[Progress, Callable[[], bool]], list[str]]:
        store, model_id, total = self._services.store, model.manifest.id, model.manifest.bytes

        def work(progress: Progress, cancelled: Callable[[], bool]) -> list[str]:
            done = 0

            def advance(count: int) -> None:
                nonlocal done
                done += count
                progress("verify", done, total)
                if cancelled():
                    raise Cancelled("The check was stopped.")

            return [record.path for record, _ in store.damage(model_id, advance)]

        return work

    async def _remove(self, model: InstalledModel, dialog: ModelDetails) -> None:
        for_good = await RemovalBox(model, dialog).answer()
        if for_good is None:
            return
        store, model_id = self._services.store, model.manifest.id
        try:
            await self._let_go(model)
            await Chore().run(lambda *_: store.remove(model_id, for_good=for_good), lambda *_: None)
        except IndoorsError as error:
            dialog.say(told(error), "danger")
        else:
            dialog.close()
            self.changed.emit()

    async def _let_go(self, model: InstalledModel | None) -> None:
        """Have the chat's worker close a model's files, or any model's; it loads it again when asked."""
        worker = self._services.worker
        if worker.pid is None:
            return
        loaded = (await worker.call("status")).get("loaded") or {}
        if loaded and (model is None or Path(str(loaded.get("model"))) == model.folder):
            await worker.call("unload")

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self._pane, self.tr("Where the models are to lie"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.move_wanted.emit(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
