"""The embedding table's rows, in each way of storing them."""

from __future__ import annotations

import numpy as np
from onnx import helper

from app.graph.emit import MICROSOFT
from app.graph.matrices import Matrices
from app.graph.storage import Floats, Levels

_TABLE = "model.embed_tokens.weight"
_NODE = "/model/embed_tokens"
_INT64 = np.dtype(np.int64)


def embed(matrices: Matrices, ids: str) -> str:
    """The rows of some tokens: ids [batch, tokens] → [batch, tokens, hidden] in the activations' type."""
    form = matrices.storage.table(_TABLE)
    if isinstance(form, Levels):
        return _dequantized(matrices, ids, form)
    return _gathered(matrices, ids, form)


def _gathered(matrices: Matrices, ids: str, form: Floats) -> str:
    graph, wanted = matrices.graph, matrices.storage.activations
    table = matrices.floats(_TABLE, [_TABLE], form.dtype)
    rows = graph.node("Gather", [table, ids], f"{_NODE}/Gather/output_0")
    if form.dtype == wanted:
        return rows
    kind = helper.np_dtype_to_tensor_dtype(wanted)
    return graph.node("Cast", [rows], f"{_NODE}/Cast/output_0", to=kind)


def _dequantized(matrices: Matrices, ids: str, form: Levels) -> str:
    """Rows of levels; a head that is tied to the table shares its bytes."""
    graph = matrices.graph
    rows, width = matrices.shape([_TABLE])
    weight, scales, *offsets = matrices.levels(_TABLE.removesuffix(".weight"), [_TABLE], form)
    flat = graph.weights.alias(f"{weight}.rows", weight, (rows, width * form.bits // 8))
    values = graph.node(
        "GatherBlockQuantized",
        [flat, ids, scales],
        f"{_NODE}/GatherBlockQuantized/output_0",
        MICROSOFT,
        bits=form.bits,
        block_size=form.block,
        gather_axis=0,
        quantize_axis=1,
    )
    return _with_offsets(matrices, ids, values, offsets[0], form) if offsets else values


def _with_offsets(matrices: Matrices, ids: str, values: str, offsets: str, form: Levels) -> str:
    graph = matrices.graph
    split = graph.constant(f"/constants/blocks.{form.block}", [0, 0, -1, form.block], _INT64)
    joined = graph.constant("/constants/joined", [0, 0, -1], _INT64)
    last = graph.constant("/constants/last_axis", [-1], _INT64)
    blocks = graph.node("Reshape", [values, split], f"{_NODE}/blocks/Reshape/output_0")
    added = graph.node("Gather", [offsets, ids], f"{_NODE}/offsets/Gather/output_0")
    added = graph.node("Unsqueeze", [added, last], f"{_NODE}/offsets/Unsqueeze/output_0")
    total = graph.node("Add", [blocks, added], f"{_NODE}/offsets/Add/output_0")
    return graph.node("Reshape", [total, joined], f"{_NODE}/Reshape/output_0")
