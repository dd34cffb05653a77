"""The header of an ONNX model: the graph without its external data."""

from __future__ import annotations

from pathlib import Path

import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

from app.errors import ModelDamaged, ModelNotFound, from_os_error

_AGAIN = "Fetch or import the model again."


def read_header(path: Path) -> onnx.ModelProto:
    """Read an ONNX file and leave its external data alone.

    Args:
        path: the `.onnx` file.

    Raises:
        ModelNotFound: there is no such file.
        ModelDamaged: it is no ONNX model, or it is cut short.
        StorageError: the file system refused.
    """
    return parse_header(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """The bytes of an `.onnx` file, with the errors of `read_header`."""
    if path.is_dir():
        raise ModelDamaged(
            "{path} is a folder, not an ONNX file.", "Give the folder that holds the model.", path=path
        )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ModelNotFound("There is no file {path}.", _AGAIN, path=path) from error
    except OSError as error:
        raise from_os_error(error, "reading the model's graph") from error


def parse_header(content: bytes, path: Path) -> onnx.ModelProto:
    """Parse the bytes of an `.onnx` file.

    A file cut inside its graph cannot be parsed; one cut behind it lacks the operator sets, which
    every model must name (ONNX IR specification, "Models").

    Raises:
        ModelDamaged: it is no ONNX model, or it is cut short.
    """
    model = onnx.ModelProto()
    try:
        model.ParseFromString(content)
    except DecodeError as error:
        raise ModelDamaged("{path} is not an ONNX model, or it is cut short.", _AGAIN, path=path) from error
    if not model.graph.node or not model.graph.output:
        raise ModelDamaged("{path} is not an ONNX model: it holds no graph.", _AGAIN, path=path)
    if not model.opset_import:
        raise ModelDamaged("{path} is cut short: it names no operator set.", _AGAIN, path=path)
    return model
