"""Writing a graph whose large weights are inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper

from app.graph.directml.device_weight import DeviceWeight, Layout, is_large, tensor_values
from app.graph.emit import NodeEmitter
from app.graph.index import GraphIndex

_INT64 = np.dtype(np.int64)


class Writer(NodeEmitter):
    """Collects the nodes of one graph, and the weights it reads.

    Args:
        index: of the published graph.
        folder: where its external data start from.
        dtype: of activations.

    Attributes:
        weights: on the device, by the name of the input.
        dtype: of activations.
    """

    def __init__(self, index: GraphIndex, folder: Path, dtype: np.dtype[Any]) -> None:
        super().__init__()
        self.weights: dict[str, DeviceWeight] = {}
        self.dtype = dtype
        self._index, self._folder = index, folder

    def read(self, name: str, dtype: np.dtype[Any] | None = None) -> str:
        """The name under which a value of the published graph is known here.

        Args:
            name: of the value; one that is no initializer is taken as it is.
            dtype: of a float initializer; that of activations by default.
        """
        tensor = self._index.initializers.get(name)
        if tensor is None:
            return name
        if is_large(tensor):
            return self.weight(name, Layout.STORED, dtype)
        values = tensor_values(tensor, self._folder)
        wanted = self._type(tensor, dtype)
        known = name if wanted == values.dtype else f"{name}.{wanted}"
        return self.constant(known, values, wanted)

    def values(self, name: str) -> np.ndarray[Any, Any]:
        """The values of an initializer."""
        return tensor_values(self._index.initializers[name], self._folder)

    def weight(
        self,
        name: str,
        layout: Layout,
        dtype: np.dtype[Any] | None = None,
        rows: tuple[int, int] | None = None,
    ) -> str:
        """Declare a weight on the device.

        Args:
            name: of the initializer.
            layout: its arrangement there.
            dtype: of floats; that of activations by default.
            rows: range of the leading dimension.
        """
        tensor = self._index.initializers[name]
        weight = DeviceWeight("", tensor, layout, self._type(tensor, dtype), rows)
        suffix = f"[{rows[0]}:{rows[1]}]" if rows else ""
        weight = replace(weight, name=f"{name}|{layout}|{weight.dtype}{suffix}")
        if weight.name not in self.weights:
            self.weights[weight.name] = weight
            self.input(weight.name, weight.dtype, weight.shape)
        return weight.name

    def shape_of(self, name: str) -> tuple[int, ...]:
        """Shape of an initializer."""
        return tuple(self._index.initializers[name].dims)

    def reshaped(self, value: str, shape: Sequence[int], output: str) -> str:
        """Append a Reshape."""
        text = "x".join(str(size) for size in shape)
        return self.node("Reshape", [value, self.constant(f"/shape/{text}", shape, _INT64)], output)

    def cast(self, value: str, dtype: np.dtype[Any], output: str) -> str:
        """Append a Cast."""
        return self.node("Cast", [value], output, to=helper.np_dtype_to_tensor_dtype(dtype))

    def summed(self, rows: str, output: str) -> str:
        """The sum over the first axis, which stays as 1.

        Two whole tensors of fp32 are added so too: Wine's shader compiler does not take their Add, and what
        is compared there must be what runs elsewhere.
        """
        return self.node("ReduceSum", [rows, self.constant("/index/0", [0], _INT64)], output, keepdims=1)

    def number(self, value: float, dtype: np.dtype[Any] | None = None) -> str:
        """A scalar constant of the activations' type."""
        dtype = dtype or self.dtype
        return self.constant(f"/number/{value}/{dtype}", value, dtype)

    def _type(self, tensor: onnx.TensorProto, wanted: np.dtype[Any] | None) -> np.dtype[Any]:
        stored = np.dtype(helper.tensor_dtype_to_np_dtype(tensor.data_type))
        return (wanted or self.dtype) if np.issubdtype(stored, np.floating) else stored
