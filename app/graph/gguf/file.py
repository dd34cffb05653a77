"""A GGUF file: what it says of itself, and where its tensors lie.

Versions 2 and 3, little-endian (ggml, docs/gguf.md). Everything before the tensors is read when the file is
opened, and each tensor's place is checked then, so later reads stay inside the file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app.errors import ModelDamaged, ModelNotFound, UnsupportedModel, from_os_error
from app.graph.gguf.cursor import AGAIN, Cursor
from app.graph.gguf.formats import FORMATS, NAMES, Format
from app.graph.stored_tensor import StoredTensor

MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_LARGEST_ALIGNMENT = 1 << 20
_MOST_DIMENSIONS = 4
_LEAST_TENSOR_BYTES = 8 + 4 + 8 + 4 + 8
_LEAST_VALUE_BYTES = 8 + 4 + 1
_SHARD = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$")


@dataclass(frozen=True)
class GgufTensor:
    """A tensor and how its bytes are read.

    Attributes:
        name: in the file.
        format: of its blocks.
        shape: output dimension first, as everywhere in this package; the file says it the other way round.
        rows: its bytes, uint8 [product of all dimensions but the last, bytes of a row].
    """

    name: str
    format: Format
    shape: tuple[int, ...]
    rows: StoredTensor


@dataclass(frozen=True)
class GgufFile:
    """What the head of a file says.

    Attributes:
        path: the file, the first one where a model is split.
        metadata: key → number, text or list of either.
        tensors: by name.
        bytes: size of all files.
    """

    path: Path
    metadata: Mapping[str, Any]
    tensors: Mapping[str, GgufTensor]
    bytes: int


def read_gguf(path: Path) -> GgufFile:
    """Read the head of a GGUF file, or of all the files a model is split into.

    Args:
        path: the file; of a split model any one.

    Raises:
        ModelNotFound: there is no such file.
        ModelDamaged: it is no GGUF file, cut short, or says what cannot be; or a part is missing.
        UnsupportedModel: another version of the format, or a tensor in a format that is not known.
        StorageError: the file system refused.
    """
    parts = [_read_one(part) for part in _parts(path)]
    tensors: dict[str, GgufTensor] = {}
    for part in parts:
        if twice := tensors.keys() & part.tensors.keys():
            raise _damaged(part.path, f"the tensor {min(twice)} is there twice")
        tensors |= part.tensors
    metadata = parts[0].metadata
    expected = metadata.get("split.tensors.count", len(tensors))
    if expected != len(tensors):
        raise _damaged(path, f"its parts hold {len(tensors):,} tensors in place of {expected}")
    return GgufFile(parts[0].path, metadata, tensors, sum(part.bytes for part in parts))


def _parts(path: Path) -> list[Path]:
    shard = _SHARD.search(path.name)
    if shard is None:
        return [path]
    stem, count = path.name[: shard.start()], int(shard[2])
    parts = [path.with_name(f"{stem}-{number:05}-of-{shard[2]}.gguf") for number in range(1, count + 1)]
    if missing := [part for part in parts if not part.is_file()]:
        raise ModelDamaged(
            "{path} is missing: the model is split into {count} files.",
            "Fetch all of them into one folder.",
            path=missing[0],
            count=count,
        )
    return parts


def _read_one(path: Path) -> GgufFile:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            return _read_head(file, path, size)
    except FileNotFoundError as error:
        raise ModelNotFound("There is no file {path}.", "Check the path.", path=path) from error
    except OSError as error:
        raise from_os_error(error, "reading the GGUF file") from error


def _read_head(file: BinaryIO, path: Path, size: int) -> GgufFile:
    cursor = Cursor(file, path, size)
    _check_version(cursor, path)
    tensor_count, value_count = cursor.number("Q"), cursor.number("Q")
    if tensor_count * _LEAST_TENSOR_BYTES + value_count * _LEAST_VALUE_BYTES > size:
        raise cursor.broken(f"it announces {tensor_count:,} tensors and {value_count:,} values")
    metadata: dict[str, Any] = {}
    for _ in range(value_count):
        key = cursor.text()
        if key in metadata:
            raise cursor.broken(f"the key {key[:80]!r} is there twice")
        metadata[key] = cursor.value()
    places = [_read_place(cursor) for _ in range(tensor_count)]
    alignment = _alignment(cursor, metadata)
    begin = -(-cursor.position // alignment) * alignment
    tensors: dict[str, GgufTensor] = {}
    for place in places:
        if place.name in tensors:
            raise cursor.broken(f"the tensor {place.name[:80]!r} is there twice")
        if place.offset % alignment:
            raise cursor.broken(f"the tensor {place.name} does not lie on a multiple of {alignment}")
        tensors[place.name] = _tensor(place, path, begin, size)
    return GgufFile(path, metadata, tensors, size)


def _check_version(cursor: Cursor, path: Path) -> None:
    if (magic := cursor.take(4)) != MAGIC:
        raise ModelDamaged(
            "{path} is not a GGUF file: it begins with {begin!r}.",
            "Choose a file that ends in .gguf and is one.",
            path=path,
            begin=repr(magic)[2:-1],
        )
    if (version := cursor.number("I")) not in _VERSIONS:
        raise UnsupportedModel(
            "{path} is written in GGUF version {version}; versions 2 and 3, little-endian, can be read.",
            "Choose a newer file of the model.",
            path=path,
            version=version,
        )


def _alignment(cursor: Cursor, metadata: Mapping[str, Any]) -> int:
    alignment = metadata.get("general.alignment", 32)
    sound = isinstance(alignment, int) and 8 <= alignment <= _LARGEST_ALIGNMENT
    if not sound or alignment & (alignment - 1):
        raise cursor.broken(f"its alignment is {str(alignment)[:40]!r}")
    return int(alignment)


@dataclass(frozen=True)
class _Place:
    name: str
    shape: tuple[int, ...]
    kind: int
    offset: int


def _read_place(cursor: Cursor) -> _Place:
    name, count = cursor.text(), cursor.number("I")
    if not 1 <= count <= _MOST_DIMENSIONS:
        raise cursor.broken(f"the tensor {name[:80]!r} has {count} dimensions")
    shape = tuple(cursor.number("Q") for _ in range(count))
    if min(shape) < 1:
        raise cursor.broken(f"the tensor {name[:80]!r} has an empty dimension")
    return _Place(name, shape[::-1], cursor.number("I"), cursor.number("Q"))


def _tensor(place: _Place, path: Path, begin: int, size: int) -> GgufTensor:
    form = FORMATS.get(place.kind)
    if form is None:
        raise UnsupportedModel(
            "{path} stores {tensor} in the block type {kind}, which cannot be converted.",
            "Choose a file in one of {known}.",
            path=path,
            tensor=place.name,
            kind=NAMES.get(place.kind, f"number {place.kind}"),
            known=", ".join(known.name for known in FORMATS.values()),
        )
    if place.shape[-1] % form.weights:
        reason = f"rows of {place.name} have {place.shape[-1]} weights, blocks of {form.name} {form.weights}"
        raise _damaged(path, reason)
    rows, row_bytes = math.prod(place.shape[:-1]), place.shape[-1] // form.weights * form.bytes
    end = begin + place.offset + rows * row_bytes
    if end > size:
        raise ModelDamaged(
            "{path} is cut short: {tensor} ends at byte {end} of {size}.",
            AGAIN,
            path=path,
            tensor=place.name,
            end=end,
            size=size,
        )
    stored = StoredTensor(path, place.name, np.dtype(np.uint8), (rows, row_bytes), begin + place.offset)
    return GgufTensor(place.name, form, place.shape, stored)


def _damaged(path: Path, reason: str) -> ModelDamaged:
    return ModelDamaged("{path} is not a sound GGUF file: {reason}.", AGAIN, path=path, reason=reason)
