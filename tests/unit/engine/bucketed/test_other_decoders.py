"""Decoders without sinks and experts are made ready for DirectML in the same way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from app.engine.bucketed.load import adapt_for
from app.engine.providers.provider import Processor
from app.errors import UnsupportedModel
from app.graph.conformance import require_conforming
from app.graph.header import read_header
from app.graph.index import set_attribute
from app.graph.layout import open_folder
from tests.support import bucketed, decoding
from tests.support.checkpoints import CASES, prompt
from tests.support.gguf_files import TinyGguf
from tests.support.graphs import TinyDecoder, make_decoder, save_external
from tests.support.published import Change, build, import_gguf, neighbours_turned, turned_in_part

CHUNKS = [20, *[1] * 14, 9, 1, 16, 1, 1]
DENSE = {
    "llama": TinyGguf("llama", "Q4_0"),
    "offsets": TinyGguf("llama", "Q4_1"),
    "8 bits, tied": TinyGguf("llama", "Q8_0", tied=True),
    "biases": TinyGguf("qwen2", "Q4_0", bias=True),
    "head norms": TinyGguf("qwen3", "Q4_0", heads=8, head_dim=32),
    "floats": TinyGguf("llama", "F16"),
}


def check(folder: Path, published: Path, ids: np.ndarray, tolerance: float = 2e-4) -> None:
    expected = decoding.logits(published, ids, [len(ids)])[np.cumsum(CHUNKS) - 1]
    found = bucketed.logits(bucketed.load(folder), ids.tolist(), CHUNKS)
    np.testing.assert_allclose(found, expected, atol=tolerance * np.ptp(expected))


@pytest.mark.parametrize("case", DENSE)
def test_dense_decoders(case: str, tmp_path: Path) -> None:
    model = DENSE[case]
    folder = import_gguf(tmp_path / "model", model)
    graph = open_folder(folder).graph
    with pytest.raises(UnsupportedModel, match="rotary embeddings are ignored"):
        require_conforming(read_header(graph), graph, "directml", bucketed.RUNTIME)
    check(folder, folder, np.random.default_rng(3).integers(0, model.vocabulary, sum(CHUNKS)))


def rotated_outside(graph: onnx.GraphProto) -> None:
    """Rotary embeddings as nodes of their own, which take positions."""
    graph.input.append(
        helper.make_tensor_value_info("position_ids", onnx.TensorProto.INT64, ["batch", "tokens"])
    )
    for node in [node for node in graph.node if node.op_type == "GroupQueryAttention"]:
        heads = {item.name: item.i for item in node.attribute if item.name.endswith("heads")}
        past = next(value for value in graph.input if value.name == node.input[3])
        size = past.type.tensor_type.shape.dim[3].dim_value
        widths = [heads["num_heads"] * size, *[heads["kv_num_heads"] * size] * 2]
        graph.initializer.append(numpy_helper.from_array(np.array(widths), f"{node.name}/widths"))
        parts = [f"{node.name}/{name}" for name in "qkv"]
        place = list(graph.node).index(node)
        split = [node.input[0], f"{node.name}/widths"]
        graph.node.insert(place, helper.make_node("Split", split, parts, name=f"{node.name}/Split", axis=-1))
        for number, count in enumerate((heads["num_heads"], heads["kv_num_heads"])):
            given = [parts[number], "position_ids", *node.input[7:9]]
            made = f"{parts[number]}/rotated"
            rotary = helper.make_node(
                "RotaryEmbedding", given, [made], name=made, domain="com.microsoft", num_heads=count
            )
            graph.node.insert(place + 1 + number, rotary)
            node.input[number] = made
        node.input[2] = parts[2]
        node.input[7] = node.input[8] = ""
        set_attribute(node, "do_rotary", 0)


@pytest.mark.parametrize(
    "changes", [[turned_in_part], [neighbours_turned], [turned_in_part, neighbours_turned]]
)
def test_other_rotations(changes: list[Change], tmp_path: Path) -> None:
    model = CASES["window"]
    folder = build(tmp_path / "model", model, changes=changes)
    check(folder, folder, prompt(model, sum(CHUNKS)))


def test_rotation_outside_of_attention(tmp_path: Path) -> None:
    model = CASES["window"]
    folder = build(tmp_path / "model", model, changes=[rotated_outside])
    plain = build(tmp_path / "plain", model)
    check(folder, plain, prompt(model, sum(CHUNKS)))


def test_other_attention_is_refused_in_words(tmp_path: Path) -> None:
    save_external(make_decoder(TinyDecoder()), tmp_path / "model.onnx")
    with pytest.raises(UnsupportedModel, match="GroupQueryAttention"):
        adapt_for(open_folder(tmp_path), Processor(version=bucketed.RUNTIME), exact=True)
