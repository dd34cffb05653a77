"""Whether a published gpt-oss graph has the right rotary tables.

Some exports were made without the factor that YaRN multiplies cos and sin with: at position 0 the cosine must
be that factor, 1.3466 for the published models, and the sine 0. A graph without it answers, but worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from app.errors import ModelDamaged, UnsupportedModel, from_os_error
from app.graph.external_data import entry
from app.graph.index import GraphIndex
from app.graph.rope import read_rope
from app.phrases import Phrase

_COS, _SIN = 7, 8  # inputs of GroupQueryAttention
_TOLERANCE = 2e-3  # fp16 near 1.35 has steps of 1e-3


def check_rotary_tables(model: onnx.ModelProto, path: Path, config: Mapping[str, Any]) -> Phrase:
    """Compare the first row of each table with what the configuration asks for.

    Args:
        model: the header.
        path: its file.
        config: the parsed `config.json`; an empty one stands for the published models.

    Returns:
        What was found, in words.

    Raises:
        UnsupportedModel: a table is another one.
        ModelDamaged: a table cannot be read.
    """
    index = GraphIndex(model.graph)
    wanted = _factor(config, path)
    places = {name for node in model.graph.node for name in _table_inputs(node)}
    for name, is_cos in sorted(places):
        if name not in index.initializers:
            continue
        row = _first_row(index.initializers[name], path)
        if np.abs(row - (wanted if is_cos else 0)).max(initial=0) > _TOLERANCE:
            raise UnsupportedModel(
                "{path} is a broken export: its rotary table begins with {found} in place of {wanted}.",
                "Choose a newer export of the model.",
                path=path,
                found=f"{float(row.flat[0]):.4f}",
                wanted=f"{wanted if is_cos else 0:.4f}",
            )
    if not places:
        return Phrase("the graph computes its angles")
    return Phrase.of("the cosine at position 0 is {value}", value=f"{wanted:.4f}")


def _factor(config: Mapping[str, Any], path: Path) -> float:
    rope = read_rope(config, int(config.get("head_dim") or 64), 131072, path)
    return rope.yarn.attention_factor if rope.yarn else 1.0


def _table_inputs(node: onnx.NodeProto) -> list[tuple[str, bool]]:
    if node.op_type != "GroupQueryAttention" or len(node.input) <= _SIN:
        return []
    return [(node.input[place], place == _COS) for place in (_COS, _SIN) if node.input[place]]


def _first_row(tensor: onnx.TensorProto, path: Path) -> NDArray[np.float64]:
    if tensor.data_location != onnx.TensorProto.EXTERNAL:
        values = numpy_helper.to_array(tensor)
        return np.asarray(values[0], np.float64)
    dtype = np.dtype(onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type))
    data, width = path.parent / entry(tensor, "location"), int(tensor.dims[-1])
    try:
        with data.open("rb") as file:
            file.seek(int(entry(tensor, "offset") or 0))
            content = file.read(width * dtype.itemsize)
    except OSError as error:
        raise from_os_error(error, "reading the model's data") from error
    if len(content) != width * dtype.itemsize:
        raise ModelDamaged("{path} is cut short.", "Fetch the model again.", path=data)
    return np.frombuffer(content, dtype).astype(np.float64)
