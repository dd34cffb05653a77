"""Writing an ONNX graph node by node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import ArrayLike
from onnx import helper, numpy_helper

from app.graph.weight_file import WeightFile

MICROSOFT = "com.microsoft"
# 21 is the newest set DirectML has all shape operators for; IR 10 goes with it.
_OPSET = 21
_IR_VERSION = 10


class NodeEmitter:
    """Collects nodes, inputs, outputs and small constants."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def input(self, name: str, dtype: np.dtype[Any], shape: Sequence[int | str]) -> str:
        """Declare a graph input; names in the shape are symbolic sizes."""
        self._inputs.append(_value_info(name, dtype, shape))
        return name

    def output(self, name: str, dtype: np.dtype[Any], shape: Sequence[int | str]) -> str:
        """Declare a graph output."""
        self._outputs.append(_value_info(name, dtype, shape))
        return name

    def constant(self, name: str, value: ArrayLike, dtype: np.dtype[Any]) -> str:
        """Declare a small constant; the same name twice is the same constant."""
        self._constants[name] = numpy_helper.from_array(np.asarray(value, dtype), name)
        return name

    def node(
        self,
        operator: str,
        inputs: Sequence[str],
        output: str | Sequence[str],
        domain: str = "",
        **attributes: Any,
    ) -> str:
        """Append a node, named after its first output, which is returned.

        Args:
            operator: its type.
            inputs: names of values; "" for an absent one.
            output: name, or names, of what it computes.
            domain: of the operator.
            attributes: of the operator.
        """
        outputs = [output] if isinstance(output, str) else list(output)
        name = outputs[0].rsplit("/output_", 1)[0]
        self._nodes.append(
            helper.make_node(operator, inputs, outputs, name=name, domain=domain, **attributes)
        )
        return outputs[0]

    def keep(self, node: onnx.NodeProto) -> None:
        """Append a node as it is."""
        self._nodes.append(node)

    def finish(
        self, producer: str, version: str, initializers: Sequence[onnx.TensorProto] = ()
    ) -> onnx.ModelProto:
        """The finished header.

        Args:
            producer: who made it.
            version: the producer's.
            initializers: besides the constants.
        """
        constants = [*self._constants.values(), *initializers]
        graph = helper.make_graph(self._nodes, "decoder", self._inputs, self._outputs, constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(
            graph,
            opset_imports=opsets,
            ir_version=_IR_VERSION,
            producer_name=producer,
            producer_version=version,
        )


class GraphEmitter(NodeEmitter):
    """Also lays large tensors out in a weight file.

    Args:
        weights: where initializers are laid out.
    """

    def __init__(self, weights: WeightFile) -> None:
        super().__init__()
        self.weights = weights

    def model(self, producer: str, version: str) -> onnx.ModelProto:
        """The finished header; its weights lie in the weight file."""
        return self.finish(producer, version, self.weights.initializers)


def _value_info(name: str, dtype: np.dtype[Any], shape: Sequence[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(dtype), shape)
