"""A Hugging Face checkpoint's tensors: `model.safetensors`, or shards behind `model.safetensors.index.json`.

A safetensors file is an 8-byte little-endian length, a JSON header of that length, and the tensors'
bytes (format description in huggingface/safetensors, README).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np

from app.errors import ModelDamaged, from_os_error
from app.graph.find_tensor import find_tensor
from app.graph.sidecars import read_json
from app.graph.stored_tensor import StoredTensor

SINGLE = "model.safetensors"
INDEX = "model.safetensors.index.json"
_AGAIN = "Fetch the checkpoint again."
_HEADER_LIMIT = 100_000_000
_TYPES: Mapping[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "BF16": np.dtype(ml_dtypes.bfloat16),
    "U8": np.dtype(np.uint8),
}


class Checkpoint:
    """All tensors of a checkpoint's folder by name.

    Args:
        folder: holds config.json and the safetensors files.

    Raises:
        ModelDamaged: a file is missing, cut short or unreadable; the message names it.
        StorageError: the file system refused.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tensors: dict[str, StoredTensor] = {}
        for path in _files(folder):
            self.tensors |= _read_header(path)

    def __contains__(self, name: str) -> bool:
        return name in self.tensors

    def find(self, name: str, shape: tuple[int, ...]) -> StoredTensor:
        """The tensor of this name.

        Raises:
            ModelDamaged: there is none, or its shape is another.
        """
        return find_tensor(self.tensors, name, shape, self.folder, _AGAIN)


def _files(folder: Path) -> list[Path]:
    index = read_json(folder / INDEX)
    if not index:
        if not (folder / SINGLE).is_file():
            raise ModelDamaged(
                "{folder} holds neither {single} nor {index}.",
                _AGAIN,
                folder=folder,
                single=SINGLE,
                index=INDEX,
            )
        return [folder / SINGLE]
    places = index.get("weight_map")
    if not isinstance(places, dict) or not places:
        raise ModelDamaged("{path} has no weight_map.", _AGAIN, path=folder / INDEX)
    names = {str(name) for name in places.values()}
    for name in names:
        if Path(name).name != name:
            raise ModelDamaged(
                "{path} names a file outside its folder: {name!r}.", _AGAIN, path=folder / INDEX, name=name
            )
    return [folder / name for name in sorted(names)]


def _read_header(path: Path) -> dict[str, StoredTensor]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > min(size - 8, _HEADER_LIMIT):
                raise ModelDamaged("{path} is cut short, or not a safetensors file.", _AGAIN, path=path)
            content = json.loads(file.read(length))
    except FileNotFoundError as error:
        raise ModelDamaged("The checkpoint's file {path} is missing.", _AGAIN, path=path) from error
    except OSError as error:
        raise from_os_error(error, "reading the checkpoint") from error
    except (ValueError, RecursionError) as error:
        raise ModelDamaged(
            "{path} is not a safetensors file: {error}.", _AGAIN, path=path, error=error
        ) from error
    try:
        content.pop("__metadata__", None)
        return {name: _stored(path, name, entry, 8 + length, size) for name, entry in content.items()}
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelDamaged(
            "{path} has an unreadable header: {error}.", _AGAIN, path=path, error=error
        ) from error


def _stored(path: Path, name: str, entry: Mapping[str, Any], base: int, size: int) -> StoredTensor:
    first, stop = (int(offset) for offset in entry["data_offsets"])
    dtype = _TYPES.get(entry["dtype"])
    shape = tuple(int(extent) for extent in entry["shape"])
    if base + stop > size:
        raise ModelDamaged(
            "{path} is cut short: {name} ends at byte {end} of {size}.",
            _AGAIN,
            path=path,
            name=name,
            end=base + stop,
            size=size,
        )
    if min(shape, default=1) < 1 or first < 0:
        raise ValueError(f"{name} has an impossible place")
    if dtype is not None and math.prod(shape) * dtype.itemsize != stop - first:
        raise ValueError(f"{name} has {stop - first} bytes, its shape asks for another number")
    return StoredTensor(path, name, dtype, shape, base + first)
