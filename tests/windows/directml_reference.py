"""What the processor computes in fp32 from a published graph, its routers' choices given or its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from app.graph.index import GraphIndex

_NEVER = np.float32(-1e9)


@dataclass(frozen=True)
class Computed:
    """What the reference computed.

    Attributes:
        logits: behind every chunk, [chunks, vocabulary].
        scores: of the routers, [tokens, layers, experts].
    """

    logits: NDArray[np.float32]
    scores: NDArray[np.float32]


class Reference:
    """A published graph in fp32, with its weights as they are published.

    Args:
        folder: of the model.
    """

    def __init__(self, folder: Path) -> None:
        model = onnx.load(folder / "model.onnx")
        _widen(model.graph)
        self._scores = _let_choose(model.graph)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.log_severity_level = 3
        # Without it experts of 8 bits quantise their input.
        options.add_session_config_entry("session.disable_prepacking", "1")
        providers = ["CPUExecutionProvider"]
        self._session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers)

    def compute(
        self, ids: NDArray[np.int64], chunks: Sequence[int], chosen: NDArray[np.int64] | None = None
    ) -> Computed:
        """Compute a prompt chunk by chunk.

        Args:
            ids: the prompt.
            chunks: sizes of its parts.
            chosen: the experts each router must choose, [tokens, layers, k]; its own choice by default.
        """
        cache = {
            given.name: np.zeros((1, given.shape[1], 0, given.shape[3]), np.float32)
            for given in self._session.get_inputs()
            if given.name.startswith("past_key_values")
        }
        logits, scores, past = [], [], 0
        names = ["logits", *self._presents(), *self._scores]
        for chunk in chunks:
            total = past + chunk
            feeds = {"input_ids": ids[None, past:total], "attention_mask": np.ones((1, total), np.int64)}
            for layer, name in enumerate(self._scores):
                feeds[f"{name}/choice"] = self._choice(name, chosen, past, total, layer)
            found = self._session.run(names, {**feeds, **cache})
            cache = dict(zip(cache, found[1 : 1 + len(cache)], strict=True))
            logits.append(found[0][0, -1])
            scores.append(np.stack(found[1 + len(cache) :], axis=1) if self._scores else np.zeros((chunk, 0)))
            past = total
        return Computed(np.stack(logits), np.concatenate(scores))

    def _presents(self) -> list[str]:
        outputs = (given.name for given in self._session.get_outputs())
        return [name for name in outputs if name.startswith("present")]

    def _choice(
        self, name: str, chosen: NDArray[np.int64] | None, past: int, total: int, layer: int
    ) -> NDArray[np.float32]:
        """What is added to the scores so that those which are chosen are the best."""
        given = next(each for each in self._session.get_inputs() if each.name == f"{name}/choice")
        shape = (total - past, given.shape[1])
        if chosen is None:
            return np.zeros(shape, np.float32)
        added = np.full(shape, _NEVER)
        np.put_along_axis(added, chosen[past:total, layer], 0, axis=1)
        return added


def _widen(graph: onnx.GraphProto) -> None:
    """fp32 in place of fp16, everywhere."""
    for tensor in graph.initializer:
        if tensor.data_type == TensorProto.FLOAT16:
            values = numpy_helper.to_array(tensor).astype(np.float32)
            tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
    for value in (*graph.input, *graph.output):
        if value.type.tensor_type.elem_type == TensorProto.FLOAT16:
            value.type.tensor_type.elem_type = TensorProto.FLOAT
    del graph.value_info[:]
    for node in graph.node:
        for item in node.attribute:
            if node.op_type == "Cast" and item.i == TensorProto.FLOAT16:
                item.i = TensorProto.FLOAT


def _let_choose(graph: onnx.GraphProto) -> list[str]:
    """Make the routers' scores outputs, and add an input to each before its experts read it; their names."""
    names, index = [], GraphIndex(graph)
    for node in [node for node in graph.node if node.op_type == "QMoE"]:
        scores, experts = node.input[1], index.initializers[node.input[2]].dims[0]
        choice = helper.make_tensor_value_info(f"{scores}/choice", TensorProto.FLOAT, ["tokens", experts])
        added = helper.make_node("Add", [scores, choice.name], [f"{scores}/chosen"], name=f"{scores}/chosen")
        graph.node.insert(list(graph.node).index(node), added)
        node.input[1] = added.output[0]
        graph.input.append(choice)
        graph.output.append(onnx.ValueInfoProto(name=scores))
        names.append(scores)
    return names
