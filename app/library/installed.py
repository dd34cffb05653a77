"""A model that is installed, as its manifest and the files' sizes tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app import manifest as manifests
from app.errors import IndoorsError, ModelDamaged, ModelNotFound
from app.manifest import Manifest


class State(StrEnum):
    """Whether a model can be used, as far as its manifest and the files' sizes tell."""

    READY = "ready"
    DAMAGED = "damaged"
    NOT_CONNECTED = "not connected"


@dataclass(frozen=True)
class InstalledModel:
    """A model that `models list` shows.

    Attributes:
        manifest: what its folder says of itself; its `id` is the one it is listed by.
        folder: where its files lie.
        entry: its folder in the models folder; the same as `folder` but for a link.
        state: ready, damaged, or on a disk that is not connected.
        problem: what is wrong, in words; empty when nothing is.
        built_in: it came with the app and cannot be removed.
    """

    manifest: Manifest
    folder: Path
    entry: Path
    state: State
    problem: str = ""
    built_in: bool = False

    @property
    def linked(self) -> bool:
        """Its files lie elsewhere and are not the app's."""
        return self.folder != self.entry

    @property
    def disk_bytes(self) -> int:
        """What it takes in the models folder; a link takes next to nothing."""
        return 0 if self.linked else self.manifest.bytes

    def named(self, model_id: str) -> InstalledModel:
        """The same model listed by another id."""
        return replace(self, manifest=replace(self.manifest, id=model_id))

    def require_ready(self) -> None:
        """Raise what is wrong with it, if anything is.

        Raises:
            ModelDamaged: a file is missing or has the wrong size.
            ModelNotFound: its disk is not connected.
        """
        if self.state is State.DAMAGED:
            raise ModelDamaged(
                "The model {model} is damaged: {problem}.",
                "Get or import it again.",
                model=self.manifest.id,
                problem=self.problem,
            )
        if self.state is State.NOT_CONNECTED:
            raise ModelNotFound(
                "The model {model} is not connected: {problem}.",
                "Connect the disk, or remove the model from the list.",
                model=self.manifest.id,
                problem=self.problem,
            )


def inspect(entry: Path, *, built_in: bool = False) -> InstalledModel:
    """Look at a model's folder; whatever is wrong with it becomes its state."""
    try:
        manifest = manifests.read(entry)
    except IndoorsError as error:
        unknown = Manifest(entry.name, entry.name, "")
        return InstalledModel(unknown, entry, entry, State.DAMAGED, error.message.rstrip("."), built_in)
    folder = Path(manifest.link) if manifest.link else entry
    state, problem = _condition(folder, manifest)
    return InstalledModel(manifest, folder, entry, state, problem, built_in)


def _condition(folder: Path, manifest: Manifest) -> tuple[State, str]:
    try:
        if manifest.link and not folder.is_dir():
            return State.NOT_CONNECTED, f"{folder} is not there"
        for record in manifest.files:
            path = folder / record.path
            if not path.is_file():
                return State.DAMAGED, f"{record.path} is missing"
            if path.stat().st_size != record.bytes:
                return State.DAMAGED, f"{record.path} has the wrong size"
    except OSError as error:  # the disk was taken away while it was read
        return State.NOT_CONNECTED, f"{folder} cannot be read: {error.strerror or error}"
    return State.READY, ""
