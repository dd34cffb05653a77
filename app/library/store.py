"""The models on this computer: the built-in guide and one folder for each installed model."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app import manifest as manifests
from app.errors import IndoorsError, ModelDamaged, ModelNotFound, UsageError, from_os_error
from app.manifest import FileRecord, Manifest
from app.paths import Paths, guide

GUIDE_ID = "guide"


class State(StrEnum):
    """Whether a model can be used, as far as its manifest and the files' sizes tell."""

    READY = "ready"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class InstalledModel:
    """A model that `models list` shows.

    Attributes:
        manifest: what its folder says of itself.
        folder: where it lies.
        state: ready, or damaged.
        problem: what is damaged, in words; empty when nothing is.
        built_in: it came with the app and cannot be removed.
    """

    manifest: Manifest
    folder: Path
    state: State
    problem: str = ""
    built_in: bool = False

    def require_ready(self) -> None:
        """Raise ModelDamaged with the problem when the model is damaged."""
        if self.state is State.DAMAGED:
            raise ModelDamaged(
                f"The model {self.manifest.id} is damaged: {self.problem}.", "Import it again."
            )


class Store:
    """Finds, verifies and removes installed models."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def models(self) -> list[InstalledModel]:
        """All models: the guide first, then by id."""
        found = [_inspect(guide(), built_in=True)] if guide().is_dir() else []
        return found + sorted(self._installed(), key=lambda model: model.manifest.id)

    def _installed(self) -> Iterator[InstalledModel]:
        if not self._paths.models.is_dir():
            return
        for folder in self._paths.models.iterdir():
            if (
                folder.is_dir()
                and not folder.name.startswith(".")
                and (folder / manifests.FILE_NAME).is_file()
            ):
                yield _inspect(folder, built_in=False)

    def get(self, model_id: str) -> InstalledModel:
        """The installed model of that id.

        Raises:
            ModelNotFound: none has it.
        """
        known = self.models()
        found = _of_id(known, model_id)
        if found is None:
            raise _unknown(known, model_id)
        return found

    def locate(self, model: str) -> Path:
        """The folder of an id, or the folder itself when a path is given.

        Raises:
            ModelNotFound: neither.
            ModelDamaged: the installed model is damaged.
        """
        known = self.models()
        if installed := _of_id(known, model):
            installed.require_ready()
            return installed.folder
        folder = Path(model).expanduser()
        if folder.is_dir():
            return folder.absolute()
        if looks_like_path(model):
            raise ModelNotFound(f"There is no folder {folder}.", "Give a model's id or its folder.")
        raise _unknown(known, model)

    def destination(self, model_id: str) -> Path:
        """Where a model of that id is installed.

        Raises:
            UsageError: the id cannot be a folder's name, or is taken.
        """
        plain = model_id.replace("-", "").replace("_", "").replace(".", "")
        if (
            not plain.isalnum()
            or not plain.isascii()
            or model_id.startswith((".", "-"))
            or model_id.endswith(".")
        ):
            raise UsageError(
                f"{model_id!r} cannot be a model's id.", "Use letters, digits, '-', '_' and '.'."
            )
        if _of_id(self.models(), model_id):
            raise UsageError(
                f"A model {model_id!r} is installed already.", "Remove it first, or choose another --id."
            )
        return self._paths.models / model_id

    def remove(self, model_id: str) -> None:
        """Delete an installed model; its folder vanishes from the list at once, then from the disk.

        Raises:
            ModelNotFound: none has that id.
            UsageError: it is built in.
            StorageError: the disk refused.
        """
        model = self.get(model_id)
        if model.built_in:
            raise UsageError("The guide is part of the app and stays.", "Remove another model.")
        doomed = model.folder.with_name(f".removed-{model.folder.name}")
        try:
            shutil.rmtree(doomed, ignore_errors=True)
            model.folder.rename(doomed)
            shutil.rmtree(doomed)
        except OSError as error:
            raise from_os_error(error, "removing the model") from error

    def damage(
        self, model_id: str, advance: Callable[[int], None] = lambda _: None
    ) -> Iterator[tuple[FileRecord, str]]:
        """Compare every file's sha256 with the manifest; yield each that differs, with what is wrong."""
        model = self.get(model_id)
        yield from manifests.damage(model.folder, model.manifest, advance)


def _of_id(models: list[InstalledModel], model_id: str) -> InstalledModel | None:
    return next((model for model in models if model.manifest.id == model_id), None)


def _unknown(models: list[InstalledModel], model_id: str) -> ModelNotFound:
    names = ", ".join(model.manifest.id for model in models) or "none"
    return ModelNotFound(
        f"There is no model {model_id!r}.", f"Installed: {names}. Add one: indoors models import PATH."
    )


def looks_like_path(text: str) -> bool:
    """Whether a person who typed this meant a path."""
    return any(mark in text for mark in "/\\~") or text.startswith(".")


def _inspect(folder: Path, *, built_in: bool) -> InstalledModel:
    try:
        manifest = manifests.read(folder)
    except IndoorsError as error:
        return InstalledModel(
            Manifest(folder.name, folder.name, ""), folder, State.DAMAGED, error.message, built_in
        )
    for record in manifest.files:
        path = folder / record.path
        if not path.is_file():
            return InstalledModel(manifest, folder, State.DAMAGED, f"{record.path} is missing", built_in)
        if path.stat().st_size != record.bytes:
            return InstalledModel(
                manifest, folder, State.DAMAGED, f"{record.path} has the wrong size", built_in
            )
    return InstalledModel(manifest, folder, State.READY, "", built_in)
