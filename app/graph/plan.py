"""What an import will do, once the checks have passed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.errors import UsageError
from app.graph.model_parts import Identity, ModelParts
from app.graph.write_model import TryOut, needed_bytes, not_tried, write_model
from app.manifest import Manifest
from app.progress import Progress


class Mode(StrEnum):
    """What becomes of the files that lie elsewhere."""

    COPY = "copy"
    MOVE = "move"
    LINK = "link"


@dataclass(frozen=True)
class Target:
    """What is to be made.

    Attributes:
        folder: appears only when it is complete.
        identity: for the manifest; what it leaves empty is taken from the model.
        mode: what becomes of the source.
        try_out: looks whether the model works before it gets its name.
    """

    folder: Path
    identity: Identity
    mode: Mode = Mode.COPY
    try_out: TryOut = not_tried


@dataclass(frozen=True)
class Description:
    """What a model will be once it is imported; fields as in the manifest."""

    id: str
    name: str
    architecture: str
    parameters: int
    context_length: int
    bytes: int
    quantization: str
    licence: str


class Plan(Protocol):
    """Makes a model folder."""

    def describe(self) -> Description:
        """What the folder will be."""
        ...

    def accept(self, mode: Mode) -> None:
        """Raise UsageError when the mode does not go with the source."""
        ...

    def carry_out(self, target: Target, progress: Progress, cancelled: Callable[[], bool]) -> Manifest:
        """Make it.

        Args:
            target: where and how.
            progress: hears bytes: "weights" and "checksums", or "copy".
            cancelled: asked often; True ends the work.

        Raises:
            ModelDamaged: a file is cut short, or its checksum is wrong.
            UsageError: the folder exists, or the mode does not go with the source.
            StorageError: the disk refused.
            Cancelled: it was.
        """
        ...


@dataclass(frozen=True)
class Conversion:
    """A checkpoint or a GGUF file becomes an ONNX model.

    Attributes:
        parts: of the model.
        source: what is converted.
    """

    parts: ModelParts
    source: Path

    def describe(self) -> Description:
        """What the folder will be."""
        identity, config = self.parts.identity, self.parts.config
        return Description(
            id=as_id(identity.name),
            name=identity.name,
            architecture=str(self.parts.content["model_type"]),
            parameters=config.parameters,
            context_length=config.positions,
            bytes=needed_bytes(self.parts),
            quantization=self.parts.storage.label,
            licence=identity.licence,
        )

    def accept(self, mode: Mode) -> None:
        """Refuse what is not a copy; see `Plan`."""
        if mode is not Mode.COPY:
            raise UsageError(
                "{source} is converted into another format, so it can neither be moved nor linked.",
                "Leave --move and --link out; delete the source afterwards if you do not need it.",
                source=self.source,
            )

    def carry_out(self, target: Target, progress: Progress, cancelled: Callable[[], bool]) -> Manifest:
        """Convert it; see `Plan`."""
        self.accept(target.mode)
        found = {name: value for name, value in vars(self.parts.identity).items() if isinstance(value, str)}
        parts = replace(self.parts, identity=target.identity.filled(**found))
        return write_model(parts, target.folder, progress, cancelled, target.try_out)


def as_id(name: str) -> str:
    """A name as an id: letters, digits, "-", "_" and "."."""
    plain = re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")
    return plain or "model"
