"""Adapted graphs compute what the published ones do, from the same data files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from app.graph.accuracy import set_accuracy
from app.graph.adapt import AdaptedGraph, GraphPlan, adapt_graph
from app.graph.build import build_model
from app.graph.index import number
from app.graph.layout import open_folder
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import TinyModel, write_checkpoint
from tests.support.graphs import TinyDecoder, make_decoder, save_external
from tests.support.links import link
from tests.support.parts import as_published, logits

EXACT = GraphPlan(exact=True, last_logits=False)
CHUNKS = [5, 1, 9, 1]
PLAIN = TinyDecoder()
MODELS = {
    "concatenating": PLAIN,
    "int32 ids": replace(PLAIN, ids=np.int32),
    "no positions": replace(PLAIN, learned_positions=False),
    "tied": replace(PLAIN, tied=True),
    "softcap": replace(PLAIN, softcap=3.0),
    "fp16": replace(PLAIN, floats=np.float16),
    "gpt-oss fp32": Quantization.FP32,
    "gpt-oss fp16": Quantization.FP16,
    "gpt-oss int8": Quantization.INT8,
    "gpt-oss int4": Quantization.INT4,
}


def make(name: str, folder: Path) -> Path:
    """A model folder, and the path of its graph."""
    model = MODELS[name]
    if isinstance(model, TinyDecoder):
        return save_external(make_decoder(model), folder / "model.onnx", files=2)
    checkpoint = write_checkpoint(folder.with_name("checkpoint"), TinyModel(layers=4))
    build_model(checkpoint, folder, model, Identity("tiny", "Tiny", "a test"), silent)
    return folder / "model.onnx"


def adapt(graph: Path, plan: GraphPlan) -> AdaptedGraph:
    cache = graph.parent.with_name("cache")
    return adapt_graph(open_folder(graph.parent), plan, cache, "1.32.0")


def tolerance(name: str) -> float:
    """Fusions do not reach across a cut; fp16 graphs keep fp32 between operators until one."""
    return 5e-3 if "fp16" in name else 2e-6


def prompt(count: int = sum(CHUNKS)) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 50, count)


@pytest.mark.parametrize("name", MODELS)
def test_parts_equal_the_published_graph(name: str, tmp_path: Path) -> None:
    graph = make(name, tmp_path / "model")
    expected = logits(as_published(graph), prompt(), CHUNKS)
    for parts in (1, 2, 4):
        adapted = adapt(graph, replace(EXACT, parts=parts))
        assert len(adapted.parts) == parts
        np.testing.assert_allclose(logits(adapted, prompt(), CHUNKS), expected, rtol=0, atol=tolerance(name))


@pytest.mark.parametrize("name", MODELS)
def test_logits_of_the_last_position(name: str, tmp_path: Path) -> None:
    graph = make(name, tmp_path / "model")
    expected = logits(as_published(graph), prompt(), CHUNKS)[np.cumsum(CHUNKS) - 1]
    for parts in (1, 3):
        found = logits(adapt(graph, GraphPlan(exact=True, parts=parts)), prompt(), CHUNKS)
        assert found.shape == expected.shape
        np.testing.assert_allclose(found, expected, rtol=0, atol=tolerance(name))


def test_int8_activations_are_near(tmp_path: Path) -> None:
    graph = make("gpt-oss int4", tmp_path / "model")
    exact = logits(adapt(graph, GraphPlan(exact=True)), prompt(), CHUNKS)
    rounded = logits(adapt(graph, GraphPlan(parts=2)), prompt(), CHUNKS)
    assert 0 < np.abs(exact - rounded).mean() < 0.2 * np.abs(exact).mean()


def levels(adapted: AdaptedGraph) -> dict[str, int]:
    nodes = [
        node for part in adapted.parts for node in onnx.load(part.path, load_external_data=False).graph.node
    ]
    return {
        node.name: next((item.i for item in node.attribute if item.name == "accuracy_level"), 0)
        for node in nodes
        if node.op_type in {"MatMulNBits", "QMoE"}
    }


def change(graph: Path, edit: Callable[[onnx.ModelProto], None]) -> Path:
    model = onnx.load(graph, load_external_data=False)
    edit(model)
    graph.write_bytes(model.SerializeToString())
    return graph


def test_a_small_model_s_4_bit_products_are_exact(tmp_path: Path) -> None:
    found = levels(adapt(make("gpt-oss int4", tmp_path / "model"), GraphPlan(parts=2)))
    assert len(found) == 4 * 3 + 1
    assert {name: level for name, level in found.items() if level} == {
        name: 4 for name in found if name.endswith("QMoE")
    }


def test_a_small_model_s_8_bit_products_round(tmp_path: Path) -> None:
    found = levels(adapt(make("gpt-oss int8", tmp_path / "model"), GraphPlan(parts=2)))
    assert set(found.values()) == {4}


@pytest.mark.parametrize(("layers", "level"), [(24, 4), (4, 0)])
def test_large_models_round(layers: int, level: int) -> None:
    """With the sizes of gpt-oss-20b's attention; of four layers of it speed is plentiful."""
    sizes = [(5120, 2880), (2880, 4096)] * layers
    nodes = [
        helper.make_node("MatMulNBits", ["x"], [f"y{at}"], domain="com.microsoft", N=rows, K=width)
        for at, (rows, width) in enumerate(sizes)
    ]
    graph = helper.make_graph(nodes, "attention", [], [])
    set_accuracy(graph, exact=False)
    assert {number(node, "accuracy_level", 0) for node in graph.node} == {level}


def test_exact_takes_published_levels_away(tmp_path: Path) -> None:
    def publish(model: onnx.ModelProto) -> None:
        for node in model.graph.node:
            if node.op_type in {"MatMulNBits", "QMoE"}:
                node.attribute.append(helper.make_attribute("accuracy_level", 4))

    graph = make("gpt-oss int4", tmp_path / "model")
    expected = logits(as_published(graph), prompt(), CHUNKS)
    adapted = adapt(change(graph, publish), EXACT)
    assert set(levels(adapted).values()) == {0}
    np.testing.assert_array_equal(logits(adapted, prompt(), CHUNKS), expected)


def test_a_quantised_router_stays_exact(tmp_path: Path) -> None:
    def quantise(model: onnx.ModelProto) -> None:
        router = next(node for node in model.graph.node if "router" in node.name and node.op_type == "MatMul")
        router.op_type, router.domain, router.name = "MatMulNBits", "com.microsoft", "router"
        router.attribute.append(helper.make_attribute("bits", 8))

    found = levels(adapt(change(make("gpt-oss int8", tmp_path / "model"), quantise), GraphPlan()))
    assert found.pop("router") == 0
    assert set(found.values()) == {4}


def test_switches_are_bound_and_unread_inputs_dropped(tmp_path: Path) -> None:
    def add(model: onnx.ModelProto) -> None:
        model.graph.input.append(helper.make_tensor_value_info("inputs_embeds", TensorProto.FLOAT, ["b", 8]))
        model.graph.input.append(helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1]))
        logits_node = next(node for node in model.graph.node if "logits" in node.output)
        logits_node.output[0] = "unswitched"
        branches = {
            f"{name}_branch": helper.make_graph(
                [helper.make_node(kind, ["unswitched"], [name])],
                name,
                [],
                [helper.make_tensor_value_info(name, TensorProto.FLOAT, None)],
            )
            for name, kind in (("then", "Identity"), ("else", "Neg"))
        }
        model.graph.node.append(helper.make_node("If", ["use_cache_branch"], ["logits"], **branches))

    graph = make("concatenating", tmp_path / "model")
    expected = logits(as_published(graph), prompt(), CHUNKS)
    change(graph, add)
    for parts in (1, 2):
        adapted = adapt(graph, replace(EXACT, parts=parts))
        np.testing.assert_array_equal(logits(adapted, prompt(), CHUNKS), expected)


def test_logits_counts_are_bound(tmp_path: Path) -> None:
    def add(model: onnx.ModelProto) -> None:
        model.graph.input.append(helper.make_tensor_value_info("num_logits_to_keep", TensorProto.INT64, []))
        node = next(node for node in model.graph.node if "logits" in node.output)
        bounds = {"end": 2**62, "axis": 1, "shape": 1}
        model.graph.initializer.extend(
            helper.make_tensor(name, TensorProto.INT64, [1], [value]) for name, value in bounds.items()
        )
        sliced = [
            helper.make_node("Neg", ["num_logits_to_keep"], ["begin_scalar"]),
            helper.make_node("Reshape", ["begin_scalar", "shape"], ["begin"]),
            helper.make_node("Slice", [node.input[0], "begin", "end", "axis"], ["kept"]),
        ]
        node.input[0] = "kept"
        place = list(model.graph.node).index(node)
        for offset, new in enumerate(sliced):
            model.graph.node.insert(place + offset, new)

    graph = make("concatenating", tmp_path / "model")
    expected = logits(as_published(graph), prompt(), CHUNKS)
    change(graph, add)
    np.testing.assert_array_equal(logits(adapt(graph, EXACT), prompt(), CHUNKS), expected)
    last = logits(adapt(graph, GraphPlan(0, True)), prompt(), CHUNKS)
    np.testing.assert_allclose(last, expected[np.cumsum(CHUNKS) - 1], rtol=0, atol=1e-5)


def test_weights_are_not_copied(tmp_path: Path) -> None:
    big = replace(PLAIN, hidden=256)
    graph = save_external(make_decoder(big), tmp_path / "model" / "model.onnx")
    adapted = adapt(graph, GraphPlan(parts=3))
    headers = sum(part.path.stat().st_size for part in adapted.parts)
    assert headers < (tmp_path / "model" / "model.onnx_data").stat().st_size / 50


def test_links_of_a_hugging_face_cache(tmp_path: Path) -> None:
    graph = make("concatenating", tmp_path / "blobs")
    expected = logits(as_published(graph), prompt(), CHUNKS)[np.cumsum(CHUNKS) - 1]
    snapshot = tmp_path / "snapshots" / "abc" / "onnx"
    snapshot.mkdir(parents=True)
    for place, file in enumerate(sorted((tmp_path / "blobs").iterdir())):
        blob = file.rename(file.with_name(f"sha-{place}"))
        link(snapshot / file.name, Path("..", "..", "..", "blobs", blob.name))
    for parts in (1, 2):
        plan = GraphPlan(exact=True, parts=parts)
        adapted = adapt_graph(open_folder(tmp_path / "snapshots"), plan, tmp_path / "cache", "1")
        np.testing.assert_allclose(logits(adapted, prompt(), CHUNKS), expected, rtol=0, atol=1e-5)
