"""The folder that a model's data files really lie in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import onnx

from app.errors import UnsupportedModel
from app.graph.external_data import external_tensors


@dataclass(frozen=True)
class DataFolder:
    """Where data files lie once symbolic links are followed.

    Attributes:
        root: the deepest folder above all of them.
        moved: location in the published graph → location below `root`, with forward slashes.
    """

    root: Path
    moved: Mapping[str, str]

    def point(self, model: onnx.ModelProto) -> None:
        """Let a header's external data start from `root`; the header is changed in place."""
        for tensor in external_tensors(model):
            for item in tensor.external_data:
                if item.key == "location":
                    item.value = self.moved[item.value]


def locate_data(folder: Path, locations: Iterable[str]) -> DataFolder:
    """Follow the data files of a graph.

    Args:
        folder: the graph's folder.
        locations: as the graph names them; each file exists.

    Raises:
        UnsupportedModel: they lie on different drives.
    """
    real = {location: (folder / location).resolve() for location in locations}
    if not real:
        return DataFolder(folder.resolve(), {})
    try:
        root = Path(os.path.commonpath([path.parent for path in real.values()]))
    except ValueError as error:
        raise UnsupportedModel(
            "The data files of {folder} lie on different drives.", "Put them into one folder.", folder=folder
        ) from error
    return DataFolder(root, {name: path.relative_to(root).as_posix() for name, path in real.items()})
