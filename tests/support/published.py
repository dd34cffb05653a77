"""Tiny models in the forms they are published in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from app.graph.build import build_model, checkpoint_parts
from app.graph.examine import examine
from app.graph.index import GraphIndex, attribute, set_attribute
from app.graph.model_parts import Identity
from app.graph.plan import Target
from app.graph.quantize import Quantization
from app.graph.storage import Form, Levels
from app.graph.write_model import write_model
from app.progress import silent
from tests.support.checkpoints import TinyModel, write_checkpoint
from tests.support.gguf_files import TinyGguf, write_gguf

IDENTITY = Identity("tiny", "Tiny", "a test")
Change = Callable[[onnx.GraphProto], None]


class HalfInt4:
    """int4 matrices with activations in fp16, as most exports have them."""

    label = "int4"
    activations = np.dtype(np.float16)

    def form(self, name: str) -> Form:
        del name
        return Levels(4)

    def table(self, name: str) -> Form:
        return Quantization.FP16.table(name)


def build(folder: Path, model: TinyModel, *, half: bool = False, changes: Iterable[Change] = ()) -> Path:
    """A model folder in int4.

    Args:
        folder: where; its parent gets the checkpoint.
        model: which.
        half: activations are fp16.
        changes: what else another exporter does differently.
    """
    checkpoint = write_checkpoint(folder.with_name(f"{folder.name}-checkpoint"), model)
    if half:
        parts = checkpoint_parts(checkpoint, Quantization.INT4, IDENTITY)
        object.__setattr__(parts, "storage", HalfInt4())
        write_model(parts, folder, silent, lambda: False)
    else:
        build_model(checkpoint, folder, Quantization.INT4, IDENTITY, silent)
    header = onnx.load(folder / "model.onnx")
    if half:
        _narrow_scales(header.graph)
    for change in changes:
        change(header.graph)
    if half or changes:
        (folder / "model.onnx.data").unlink(missing_ok=True)
        onnx.save(header, folder / "model.onnx", save_as_external_data=True, location="model.onnx.data")
    return folder


def import_gguf(folder: Path, model: TinyGguf) -> Path:
    """A model folder made of a GGUF file, matrices as they are stored there."""
    found = examine(write_gguf(folder.with_suffix(".gguf"), model), None, "1.32.0")
    assert found.plan is not None
    found.plan.carry_out(Target(folder, IDENTITY), silent, lambda: False)
    return folder


def _narrow_scales(graph: onnx.GraphProto) -> None:
    for tensor in graph.initializer:
        if tensor.name.endswith(".scales"):
            values = numpy_helper.to_array(tensor).astype(np.float16)
            tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def flat_scales(graph: onnx.GraphProto) -> None:
    """Scales of products in one dimension, without those of experts."""
    products = {node.input[2] for node in graph.node if node.op_type == "MatMulNBits"}
    for tensor in graph.initializer:
        if tensor.name in products:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).reshape(-1), tensor.name))


def bias_inside(graph: onnx.GraphProto) -> None:
    """Biases as an input of the product."""
    index = GraphIndex(graph)
    for node in list(graph.node):
        maker = index.producer.get(node.input[0]) if node.op_type == "Add" else None
        if maker is None or maker.op_type != "MatMulNBits":
            continue
        maker.input.extend(["", "", node.input[1]])
        maker.output[0] = node.output[0]
        graph.node.remove(node)


def last_row_only(graph: onnx.GraphProto) -> None:
    """The graph takes the last position by itself."""
    index = GraphIndex(graph)
    head = index.producer[graph.output[-1].name if graph.output[0].name != "logits" else "logits"]
    product = index.producer[head.input[0]]
    source = product.input[0]
    bounds = [numpy_helper.from_array(np.array([value]), f"last/{value}") for value in (-1, 2**62, 1)]
    graph.initializer.extend(bounds)
    taken = helper.make_node("Slice", [source, *(bound.name for bound in bounds)], ["last_rows"], name="last")
    graph.node.insert(list(graph.node).index(product), taken)
    product.input[0] = "last_rows"
    logits = next(value for value in graph.output if value.name == "logits")
    logits.type.tensor_type.shape.dim[1].dim_value = 1


def separate_projections(graph: onnx.GraphProto) -> None:
    """Queries, keys and values that reach attention one by one."""
    for node in [node for node in graph.node if node.op_type == "GroupQueryAttention"]:
        past = next(value for value in graph.input if value.name == node.input[3])
        heads, size = (past.type.tensor_type.shape.dim[axis].dim_value for axis in (1, 3))
        counts = (attribute(node, "num_heads"), attribute(node, "kv_num_heads"))
        assert counts[0] is not None
        widths = [counts[0].i * size, heads * size, heads * size]
        sizes = numpy_helper.from_array(np.array(widths), f"{node.name}/widths")
        graph.initializer.append(sizes)
        parts = [f"{node.name}/{name}" for name in "qkv"]
        split = helper.make_node(
            "Split", [node.input[0], sizes.name], parts, name=f"{node.name}/Split", axis=-1
        )
        graph.node.insert(list(graph.node).index(node), split)
        node.input[0], node.input[1], node.input[2] = parts


def large_sinks(graph: onnx.GraphProto) -> None:
    """Sinks that take most of what attention has to give."""
    for tensor in graph.initializer:
        if tensor.name.endswith(".sinks"):
            values = numpy_helper.to_array(tensor)
            tensor.CopyFrom(numpy_helper.from_array((np.abs(values) * 4).astype(values.dtype), tensor.name))


def beyond_half(graph: onnx.GraphProto) -> None:
    """Hidden states above fp16's largest number from the embedding on."""
    for tensor in graph.initializer:
        if tensor.name == "model.embed_tokens.weight":
            values = numpy_helper.to_array(tensor).astype(np.float32) * 2**17
            tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def turned_in_part(graph: onnx.GraphProto) -> None:
    """Only the first half of each head is rotated, as in phi."""
    for tensor in graph.initializer:
        if tensor.name in {"cos_cache", "sin_cache"}:
            values = numpy_helper.to_array(tensor)
            tensor.CopyFrom(numpy_helper.from_array(values[:, : values.shape[1] // 2].copy(), tensor.name))


def neighbours_turned(graph: onnx.GraphProto) -> None:
    """The pairs that are rotated are neighbours."""
    for node in graph.node:
        if node.op_type == "GroupQueryAttention":
            set_attribute(node, "rotary_interleaved", 1)
