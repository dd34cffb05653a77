"""Give a decoder exactly the inputs that generation feeds."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import numpy_helper

from app.graph.index import GraphIndex
from app.graph.interface import CACHE_SWITCH, LOGITS_COUNTS


def bind_inputs(graph: onnx.GraphProto, last_logits: bool) -> None:
    """Turn switches into constants, and drop inputs that nothing reads.

    Args:
        graph: changed in place.
        last_logits: ask for logits of the last position only, where the graph lets one choose.
    """
    values = {CACHE_SWITCH: 1} | dict.fromkeys(LOGITS_COUNTS, int(last_logits))
    read = GraphIndex(graph).consumers.keys() | {value.name for value in graph.output}
    used = [value for value in graph.input if value.name in read]
    graph.initializer.extend(_constant(value, values[value.name]) for value in used if value.name in values)
    del graph.input[:]
    graph.input.extend(value for value in used if value.name not in values)


def _constant(value: onnx.ValueInfoProto, content: int) -> onnx.TensorProto:
    kind = value.type.tensor_type
    dtype = onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type)
    return numpy_helper.from_array(np.full([1] * len(kind.shape.dim), content, dtype), value.name)
