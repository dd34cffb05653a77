"""Logits through the parts of an adapted graph, one bare session each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from app.graph.adapt import AdaptedGraph, GraphPart
from app.graph.header import read_header
from app.graph.interface import read_interface


def as_published(graph: Path) -> AdaptedGraph:
    """A decoder that nobody has adapted."""
    header = read_header(graph)
    inputs = tuple(value.name for value in header.graph.input)
    outputs = tuple(value.name for value in header.graph.output)
    return AdaptedGraph((GraphPart(graph, inputs, outputs),), read_interface(header), graph.parent)


def logits(adapted: AdaptedGraph, ids: NDArray[np.int64], chunks: Sequence[int]) -> NDArray[np.floating]:
    """Logits [tokens or chunks, vocabulary] of a prompt fed chunk by chunk with the KV cache."""
    sessions = [_session(adapted, str(part.path)) for part in adapted.parts]
    interface, past, results = adapted.interface, 0, []
    tensors = {
        name: np.zeros((1, layer.heads, 0, layer.head_dim), interface.kv_type)
        for layer in interface.layers
        for name in (layer.past_key, layer.past_value)
    }
    for chunk in chunks:
        total = past + chunk
        tensors[interface.input_ids] = ids[None, past:total].astype(interface.input_ids_type)
        if interface.attention_mask:
            tensors[interface.attention_mask] = np.ones((1, total), interface.attention_mask_type)
        if interface.position_ids:
            tensors[interface.position_ids] = np.arange(past, total)[None].astype(interface.position_ids_type)
        for part, session in zip(adapted.parts, sessions, strict=True):
            outputs = session.run(list(part.outputs), {name: tensors[name] for name in part.inputs})
            tensors |= dict(zip(part.outputs, outputs, strict=True))
        results.append(tensors[interface.logits][0])
        for layer in interface.layers:
            tensors[layer.past_key] = tensors[layer.present_key]
            tensors[layer.past_value] = tensors[layer.present_value]
        past = total
    return np.concatenate(results)


def _session(adapted: AdaptedGraph, path: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    for key, value in adapted.session_options.items():
        options.add_session_config_entry(key, value)
    return onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])
