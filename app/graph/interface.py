"""What a decoder graph takes and gives, read from its header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from app.errors import NotADecoder
from app.graph.header import read_header
from app.graph.index import GraphIndex

_PAST = re.compile(r"past_key_values\.(\d+)\.(key|value)")
_PRESENT = re.compile(r"present(?:_key_values)?\.(\d+)\.(key|value)")
_REMEDY = "Choose a model exported as a decoder with a KV cache (task text-generation-with-past)."
_FLOATS: set[np.dtype[Any]] = {np.dtype(np.float16), np.dtype(np.float32)}
_INTEGERS: set[np.dtype[Any]] = {np.dtype(np.int32), np.dtype(np.int64)}

# Inputs some exporters add and generation never changes: whether to use the cache (merged optimum
# decoders), for how many positions to compute logits (transformers.js exports; 0 means all).
CACHE_SWITCH = "use_cache_branch"
LOGITS_COUNTS = ("num_logits_to_keep", "logits_to_keep")


@dataclass(frozen=True)
class KvLayer:
    """The cache of one attention layer.

    Attributes:
        past_key: input, [batch, heads, past, head_dim].
        past_value: input, same shape.
        present_key: output, [batch, heads, past + sequence, head_dim].
        present_value: output, same shape.
        heads: key/value heads.
        head_dim: width of one head.
    """

    past_key: str
    past_value: str
    present_key: str
    present_value: str
    heads: int
    head_dim: int


@dataclass(frozen=True)
class GraphInterface:
    """Names and types at a decoder's borders.

    Attributes:
        input_ids: [batch, sequence].
        input_ids_type: int32 or int64; attention_mask and position_ids have types of their own.
        attention_mask: [batch, past + sequence], or None when the graph takes none.
        attention_mask_type: its type; int64 when there is none.
        position_ids: [batch, sequence], or None.
        position_ids_type: its type; int64 when there is none.
        logits: [batch, sequence or 1, vocabulary].
        logits_type: fp16 or fp32.
        kv_type: fp16 or fp32.
        layers: in order.
        vocabulary_size: number of logits.
        shares_kv: past and present may be one buffer: GroupQueryAttention makes every present.
        positions: rows of the shortest rotary table: no token may stand further back; None when the
            graph computes its angles.
    """

    input_ids: str
    input_ids_type: np.dtype[Any]
    attention_mask: str | None
    attention_mask_type: np.dtype[Any]
    position_ids: str | None
    position_ids_type: np.dtype[Any]
    logits: str
    logits_type: np.dtype[Any]
    kv_type: np.dtype[Any]
    layers: tuple[KvLayer, ...]
    vocabulary_size: int
    shares_kv: bool
    positions: int | None


def read_interface(model: onnx.ModelProto | Path) -> GraphInterface:
    """Read a decoder's interface from its header.

    Raises:
        NotADecoder: an input or output of a decoder is missing, or one is there that nobody can feed.
        ModelError, StorageError: the file cannot be read.
    """
    graph = (read_header(model) if isinstance(model, Path) else model).graph
    weights = {tensor.name for tensor in graph.initializer}
    inputs = {value.name: value for value in graph.input if value.name not in weights}
    outputs = {value.name: value for value in graph.output}
    index = GraphIndex(graph)
    _refuse_strangers(inputs, index)
    layers = _layers(inputs, outputs)
    mask, positions = inputs.get("attention_mask"), inputs.get("position_ids")
    logits = _require(outputs, "logits", "output")
    ids = _require(inputs, "input_ids", "input")
    return GraphInterface(
        input_ids=ids.name,
        input_ids_type=_type(ids, _INTEGERS),
        attention_mask=mask.name if mask else None,
        attention_mask_type=_type(mask, _INTEGERS) if mask else np.dtype(np.int64),
        position_ids=positions.name if positions else None,
        position_ids_type=_type(positions, _INTEGERS) if positions else np.dtype(np.int64),
        logits=logits.name,
        logits_type=_type(logits, _FLOATS),
        kv_type=_type(inputs[layers[0].past_key], _FLOATS),
        layers=layers,
        vocabulary_size=_fixed(logits, -1),
        shares_kv=all(_is_shared(index, layer) for layer in layers),
        positions=_rotary_rows(index),
    )


def _layers(
    inputs: Mapping[str, onnx.ValueInfoProto], outputs: Mapping[str, onnx.ValueInfoProto]
) -> tuple[KvLayer, ...]:
    past, present = _numbered(inputs, _PAST), _numbered(outputs, _PRESENT)
    if not past:
        raise NotADecoder("The graph has no inputs past_key_values.N.key and .value.", _REMEDY)
    if missing := sorted(set(past) ^ set(present)):
        number, kind = missing[0]
        raise NotADecoder(
            "The {kind} cache of layer {number} lacks its past or its present.",
            _REMEDY,
            kind=kind,
            number=number,
        )
    return tuple(
        KvLayer(
            past_key=past[number, "key"],
            past_value=past[number, "value"],
            present_key=present[number, "key"],
            present_value=present[number, "value"],
            heads=_fixed(inputs[past[number, "key"]], 1),
            head_dim=_fixed(inputs[past[number, "key"]], -1),
        )
        for number in sorted({number for number, _ in past})
        if _has_both(past, number)
    )


def _has_both(past: Mapping[tuple[int, str], str], number: int) -> bool:
    if {(number, "key"), (number, "value")} <= set(past):
        return True
    raise NotADecoder("The cache of layer {number} lacks its key or its value.", _REMEDY, number=number)


def _numbered(names: Mapping[str, object], pattern: re.Pattern[str]) -> dict[tuple[int, str], str]:
    matches = ((name, pattern.fullmatch(name)) for name in names)
    return {(int(match[1]), match[2]): name for name, match in matches if match}


def _refuse_strangers(inputs: Mapping[str, onnx.ValueInfoProto], index: GraphIndex) -> None:
    known = {"input_ids", "attention_mask", "position_ids", CACHE_SWITCH, *LOGITS_COUNTS}
    read = index.consumers.keys() | {value.name for value in index.graph.output}
    strangers = [name for name in inputs if name not in known and not _PAST.fullmatch(name) and name in read]
    if strangers:
        raise NotADecoder(
            "The graph asks for an input {name!r} that a decoder lacks.", _REMEDY, name=strangers[0]
        )


def _require(values: Mapping[str, onnx.ValueInfoProto], name: str, kind: str) -> onnx.ValueInfoProto:
    if name not in values:
        raise NotADecoder("The graph has no {kind} {name!r}.", _REMEDY, kind=kind, name=name)
    return values[name]


def _type(value: onnx.ValueInfoProto, allowed: set[np.dtype[Any]]) -> np.dtype[Any]:
    found = value.type.tensor_type.elem_type
    try:
        dtype = np.dtype(onnx.helper.tensor_dtype_to_np_dtype(found))
    except KeyError:
        dtype = np.dtype(np.void)
    if dtype not in allowed:
        name = onnx.TensorProto.DataType.Name(found)
        raise NotADecoder(
            "{name} has the type {type}, which a decoder's does not have.",
            _REMEDY,
            name=value.name,
            type=name,
        )
    return dtype


def _fixed(value: onnx.ValueInfoProto, axis: int) -> int:
    dims = value.type.tensor_type.shape.dim
    size = dims[axis].dim_value if len(dims) > abs(axis) - (axis < 0) else 0
    if size <= 0:
        raise NotADecoder(
            "The graph does not say how large dimension {axis} of {name} is.",
            _REMEDY,
            axis=axis,
            name=value.name,
        )
    return int(size)


def _is_shared(index: GraphIndex, layer: KvLayer) -> bool:
    node = index.producer.get(layer.present_key)
    if node is None or node.op_type != "GroupQueryAttention":
        return False
    return list(node.input[3:5]) == [layer.past_key, layer.past_value]


def _rotary_rows(index: GraphIndex) -> int | None:
    tables = (
        node.input[7]
        for node in index.graph.node
        if node.op_type == "GroupQueryAttention" and len(node.input) > 7 and node.input[7]
    )
    rows = [int(index.initializers[name].dims[0]) for name in tables if name in index.initializers]
    return min(rows, default=None)
