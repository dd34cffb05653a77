"""The models on this computer: the built-in guide and one folder for each installed model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from app import manifest as manifests
from app.errors import ModelNotFound, StorageError, UsageError, from_os_error
from app.library import adapted, ids, trash
from app.library.device_choices import DeviceChoices
from app.library.installed import InstalledModel, State, inspect
from app.manifest import FileRecord
from app.paths import Paths, guide

__all__ = ["GUIDE_ID", "InstalledModel", "State", "Store", "looks_like_path"]

GUIDE_ID = "guide"


class Store:
    """Finds, verifies and removes installed models.

    Args:
        paths: of the app; the models folder is asked for each time, since it can be moved.

    Attributes:
        devices: those chosen for single models.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self.devices = DeviceChoices(paths)

    @property
    def folder(self) -> Path:
        """Where installed models lie."""
        return self._paths.models

    @property
    def connected(self) -> bool:
        """Whether the models folder is there; one on a disk that was taken away is not."""
        return self.folder.is_dir() or not self._paths.models_pointer.is_file()

    def require_connected(self) -> None:
        """Raise StorageError when the models folder is on a disk that is not there."""
        if not self.connected:
            raise StorageError(
                "The models folder {folder} is not connected.",
                "Connect its disk, or choose another folder: indoors models move FOLDER.",
                folder=self.folder,
            )

    def models(self) -> list[InstalledModel]:
        """All models: the guide first, then by id."""
        found = [inspect(guide(), built_in=True)] if guide().is_dir() else []
        installed = ids.distinct(self._installed(), {model.manifest.id for model in found})
        return found + sorted(installed, key=lambda model: model.manifest.id)

    def _installed(self) -> Iterator[InstalledModel]:
        try:
            folders = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        except OSError:  # the disk was taken away; `connected` says so
            return
        for folder in folders:
            if not folder.name.startswith(".") and (folder / manifests.FILE_NAME).is_file():
                yield inspect(folder)

    def get(self, model_id: str) -> InstalledModel:
        """The installed model of that id.

        Raises:
            ModelNotFound: none has it.
            StorageError: the models folder is not connected.
        """
        known = self.models()
        found = _of_id(known, model_id)
        if found is None:
            self.require_connected()
            raise _unknown(known, model_id)
        return found

    def locate(self, model: str) -> Path:
        """The folder of an id, or the folder itself when a path is given.

        Raises:
            ModelNotFound: neither, or its disk is not connected.
            ModelDamaged: the installed model is damaged.
            StorageError: the models folder is not connected, or the folder cannot be looked at.
        """
        known = self.models()
        if installed := _of_id(known, model):
            installed.require_ready()
            return installed.folder
        folder = Path(model).expanduser()
        try:
            if folder.is_dir():
                return folder.absolute()
        except OSError as error:
            raise from_os_error(error, "opening the model") from error
        if looks_like_path(model):
            raise ModelNotFound(
                "There is no folder {folder}.", "Give a model's id or its folder.", folder=folder
            )
        self.require_connected()
        raise _unknown(known, model)

    def has(self, model_id: str) -> bool:
        """Whether a model of that id is installed."""
        return any(model.manifest.id == model_id for model in self.models())

    def destination(self, model_id: str) -> Path:
        """Where a model of that id is installed.

        Raises:
            UsageError: the id cannot be a folder's name, or is taken.
            StorageError: the models folder is not connected.
        """
        ids.check_id(model_id)
        self.require_connected()
        if model_id.casefold() in self._taken():
            raise UsageError(
                "A model {id} is installed already.",
                "Remove it first, or choose another --id.",
                id=repr(model_id),
            )
        return self.folder / model_id

    def free_id(self, name: str, besides: Iterable[str] = ()) -> str:
        """An id made from a name that no installed model has, nor any of those named besides."""
        return ids.suggest(name, self._taken().union(besides))

    def _taken(self) -> set[str]:
        folders = self.folder.iterdir() if self.folder.is_dir() else ()
        names = {folder.name.casefold() for folder in folders}
        return names | {model.manifest.id.casefold() for model in self.models()}

    def remove(self, model_id: str, *, for_good: bool = False) -> InstalledModel:
        """Remove an installed model and its adapted graphs; files that are only linked stay where they are.

        Args:
            model_id: which.
            for_good: delete it instead of putting it into the bin.

        Returns:
            What was removed.

        Raises:
            ModelNotFound: none has that id.
            UsageError: it is built in.
            StorageError: the disk refused, or has no bin.
        """
        model = self.get(model_id)
        if model.built_in:
            raise UsageError("The guide is part of the app and stays.", "Remove another model.")
        if for_good or model.linked:
            trash.delete(model.entry)
        else:
            trash.discard(model.entry)
        adapted.drop(self._paths.cache, model, self.models())
        return model

    def damage(
        self, model_id: str, advance: Callable[[int], None] = lambda _: None
    ) -> Iterator[tuple[FileRecord, str]]:
        """Compare every file's sha256 with the manifest; yield each that differs, with what is wrong.

        Raises:
            ModelNotFound: none has that id, or its disk is not connected.
        """
        model = self.get(model_id)
        if model.state is State.NOT_CONNECTED:
            model.require_ready()
        yield from manifests.damage(model.folder, model.manifest, advance)


def _of_id(models: list[InstalledModel], model_id: str) -> InstalledModel | None:
    return next((model for model in models if model.manifest.id == model_id), None)


def _unknown(models: list[InstalledModel], model_id: str) -> ModelNotFound:
    names = ", ".join(model.manifest.id for model in models) or "–"
    return ModelNotFound(
        "There is no model {model}.",
        "Installed: {names}. Add one: indoors models get, or indoors models import PATH.",
        model=repr(model_id),
        names=names,
    )


def looks_like_path(text: str) -> bool:
    """Whether a person who typed this meant a path."""
    return any(mark in text for mark in "/\\~") or text.startswith(".")
