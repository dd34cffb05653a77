"""Weights that lie on the device, shared by every graph that reads them.

They are inputs of the graphs and not initializers of them, so that graphs for decoding, for prompts and for
other cache sizes hold no copies. Each is brought into the order its kernel reads while it is copied there;
the model's own files stay as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from app.graph.external_data import entry
from app.graph.stored_tensor import StoredTensor
from app.memory_plan import SMALLEST_ALLOCATION, allocated


class Layout(StrEnum):
    """How the values are arranged on the device."""

    STORED = "stored"
    TRANSPOSED = "transposed"
    HALVES = "halves"
    """Rows [experts, 2n, …] that alternate between gate and linear part: all gates first."""
    EXPERTS_INSIDE = "experts inside"
    """[experts, rows, …] → [rows, experts, …]."""


@dataclass(frozen=True)
class DeviceWeight:
    """One tensor on the device.

    Attributes:
        name: of the graphs' input.
        tensor: where its values are stored.
        layout: their arrangement.
        dtype: element type on the device.
        rows: range of the leading dimension; all of it when None.
    """

    name: str
    tensor: onnx.TensorProto
    layout: Layout
    dtype: np.dtype[Any]
    rows: tuple[int, int] | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """On the device."""
        first, *rest = self.tensor.dims
        if self.rows:
            first = self.rows[1] - self.rows[0]
        if self.layout in {Layout.TRANSPOSED, Layout.EXPERTS_INSIDE}:
            return (rest[0], first, *rest[1:])
        return (first, *rest)

    @property
    def bytes(self) -> int:
        """On the device, as DirectML's allocator of onnxruntime rounds it."""
        return allocated(math.prod(self.shape) * self.dtype.itemsize)

    def read(self, folder: Path) -> NDArray[Any]:
        """The values, arranged.

        Args:
            folder: where the graph's external data start from.

        Raises:
            ModelDamaged: the file became shorter.
            StorageError: the file system refused.
        """
        values = tensor_values(self.tensor, folder, self.rows)
        if self.layout is Layout.HALVES:
            values = np.concatenate([values[:, 0::2], values[:, 1::2]], axis=1)
        elif self.layout is not Layout.STORED:
            values = values.swapaxes(0, 1)
        return np.ascontiguousarray(values, self.dtype)


def is_large(tensor: onnx.TensorProto) -> bool:
    """Whether a tensor is better kept on the device once than in every graph."""
    itemsize = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize
    return len(tensor.dims) > 1 and int(np.prod(tensor.dims)) * itemsize >= SMALLEST_ALLOCATION


def tensor_values(
    tensor: onnx.TensorProto, folder: Path, rows: tuple[int, int] | None = None
) -> NDArray[Any]:
    """The values of an initializer, wherever they are stored.

    Args:
        tensor: the initializer.
        folder: where external data start from.
        rows: range of the leading dimension; all of it by default.
    """
    begin, end = rows or (0, tensor.dims[0] if tensor.dims else 1)
    if tensor.data_location != onnx.TensorProto.EXTERNAL:
        values = numpy_helper.to_array(tensor)
        return values[begin:end] if rows else values
    dtype = np.dtype(onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type))
    path, offset = folder / entry(tensor, "location"), int(entry(tensor, "offset") or 0)
    shape = tuple(tensor.dims) or (1,)
    stored = StoredTensor(path, tensor.name, dtype, shape, offset).read(begin, end)
    return stored if tensor.dims else stored.reshape(())
