"""Weights kept outside the `.onnx` file: which files, and whether they hold what the graph expects.

ONNX keeps a tensor's bytes in another file through `location`, `offset` and `length`
(onnx/docs/ExternalData.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import onnx

from app.errors import ModelDamaged, from_os_error
from app.graph.index import all_tensors

_AGAIN = "Fetch or import the model again."


def external_tensors(model: onnx.ModelProto) -> Iterator[onnx.TensorProto]:
    """Every tensor whose bytes lie in another file."""
    for tensor in all_tensors(model.graph):
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            yield tensor


def entry(tensor: onnx.TensorProto, key: str) -> str:
    """One entry of a tensor's external data; empty when absent."""
    return next((item.value for item in tensor.external_data if item.key == key), "")


def tensor_bytes(tensor: onnx.TensorProto) -> int:
    """Size of a tensor in bytes; 4-bit types count two elements a byte."""
    if tensor.data_location == onnx.TensorProto.EXTERNAL and entry(tensor, "length"):
        return int(entry(tensor, "length"))
    bits = _BITS.get(int(tensor.data_type))
    if bits is None:
        bits = int(onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize) * 8
    return int(math.prod(tensor.dims) * bits + 7) // 8


_BITS: dict[int, int] = {
    onnx.TensorProto.UINT4: 4,
    onnx.TensorProto.INT4: 4,
    onnx.TensorProto.FLOAT4E2M1: 4,
    onnx.TensorProto.STRING: 0,
}


def required_bytes(model: onnx.ModelProto, graph_file: Path) -> dict[str, int]:
    """How long each data file must be at least.

    Args:
        model: the header.
        graph_file: where it was read from; named in errors.

    Returns:
        location (relative to the graph's folder) → bytes.

    Raises:
        ModelDamaged: a location leads out of the model's folder, or is no number where one must be.
    """
    needed: dict[str, int] = {}
    for tensor in external_tensors(model):
        location = entry(tensor, "location")
        _refuse_escape(location, tensor.name, graph_file)
        end = _end(tensor, graph_file)
        needed[location] = max(needed.get(location, 0), end)
    return needed


def _end(tensor: onnx.TensorProto, graph_file: Path) -> int:
    try:
        begin, size = int(entry(tensor, "offset") or 0), tensor_bytes(tensor)
    except (ValueError, KeyError):
        begin = size = -1
    if min(begin, size) < 0:
        raise ModelDamaged(
            "{graph_file} has an unreadable place for the weights {name}.",
            _AGAIN,
            graph_file=graph_file,
            name=tensor.name,
        )
    return begin + size


def check_data(folder: Path, needed: dict[str, int]) -> None:
    """Compare the data files with what the graph expects.

    Args:
        folder: the folder the locations start from.
        needed: location → bytes, from `required_bytes`.

    Raises:
        ModelDamaged: a file is missing, or shorter than expected.
        StorageError: the file system refused.
    """
    for location, expected in needed.items():
        path = folder / location
        try:
            with path.open("rb") as file:
                size = file.seek(0, 2)
        except FileNotFoundError as error:
            raise ModelDamaged("The model's data file {path} is missing.", _AGAIN, path=path) from error
        except OSError as error:
            raise from_os_error(error, "reading the model's data") from error
        if size < expected:
            raise ModelDamaged(
                "The model's data file {path} is cut short: it has {size} bytes of {expected}.",
                _AGAIN,
                path=path,
                size=size,
                expected=expected,
            )


def _refuse_escape(location: str, name: str, graph_file: Path) -> None:
    posix, windows = PurePosixPath(location), PureWindowsPath(location)
    outside = posix.is_absolute() or windows.drive or windows.root or ".." in windows.parts
    if not location or outside:
        raise ModelDamaged(
            "{graph_file} looks for the weights {name} outside its own folder, in {location!r}.",
            "Do not use this model unless you trust whoever made it; fetch it from its publisher.",
            graph_file=graph_file,
            name=name,
            location=location,
        )
