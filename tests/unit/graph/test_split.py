"""Decoders are cut between layers, into parts of about equal weight."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from app.graph.build import build_model
from app.graph.external_data import tensor_bytes
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.graph.split import split
from app.progress import silent
from tests.support.checkpoints import TinyModel, write_checkpoint
from tests.support.graphs import TinyDecoder, make_decoder


@pytest.fixture
def gpt_oss(tmp_path: Path) -> onnx.ModelProto:
    checkpoint = write_checkpoint(tmp_path / "checkpoint", TinyModel(layers=8))
    identity = Identity("tiny", "Tiny", "a test")
    build_model(checkpoint, tmp_path / "model", Quantization.INT4, identity, silent)
    return onnx.load(tmp_path / "model" / "model.onnx", load_external_data=False)


def names(values: object) -> list[str]:
    return [value.name for value in values]  # type: ignore[attr-defined]


def handed(parts: list[onnx.ModelProto]) -> list[list[str]]:
    return [[name for name in names(part.graph.output) if "present" not in name] for part in parts]


def test_gpt_oss_hands_over_two_tensors_at_most(gpt_oss: onnx.ModelProto) -> None:
    parts = split(gpt_oss, 4)
    assert len(parts) == 4
    assert all(1 <= len(tensors) <= 2 for tensors in handed(parts))
    for part in parts:
        assert "attention_mask" in names(part.graph.input)
        assert "input_ids" in names(part.graph.input) or part is not parts[0]


def test_every_border_is_kept(gpt_oss: onnx.ModelProto) -> None:
    parts = split(gpt_oss, 3)
    inputs = {name for part in parts for name in names(part.graph.input)}
    outputs = [name for part in parts for name in names(part.graph.output)]
    assert inputs >= set(names(gpt_oss.graph.input))
    assert set(outputs) >= set(names(gpt_oss.graph.output))
    assert len(outputs) == len(set(outputs))


def test_what_a_part_needs_was_made_before(gpt_oss: onnx.ModelProto) -> None:
    known = set(names(gpt_oss.graph.input))
    for part in split(gpt_oss, 5):
        assert set(names(part.graph.input)) <= known
        known |= set(names(part.graph.output))


def test_parts_weigh_about_the_same(gpt_oss: onnx.ModelProto) -> None:
    weights = [
        sum(tensor_bytes(tensor) for tensor in part.graph.initializer if "embed" not in tensor.name)
        for part in split(gpt_oss, 4)
    ]
    assert max(weights) < 1.4 * sum(weights) / 4


def test_shared_tables_go_where_they_are_read(gpt_oss: onnx.ModelProto) -> None:
    first, *others = split(gpt_oss, 4)
    assert any("embed" in name for name in names(first.graph.initializer))
    assert not any("embed" in name for part in others for name in names(part.graph.initializer))
    assert all("cos_cache" in names(part.graph.initializer) for part in others[:-1])


def test_tables_do_not_count_as_weight() -> None:
    small, large = (
        split(make_decoder(TinyDecoder(layers=6, tied=True, vocabulary=size)), 3) for size in (50, 50000)
    )
    assert [len(part.graph.output) for part in small] == [len(part.graph.output) for part in large]


def test_an_output_that_is_handed_over_too() -> None:
    model = make_decoder(TinyDecoder(layers=6))
    (crossing,) = set(handed(split(model, 3))[1])
    model.graph.output.append(helper.make_tensor_value_info(crossing, TensorProto.FLOAT, ["b", "s", 32]))
    outputs = [name for part in split(model, 3) for name in names(part.graph.output)]
    assert outputs.count(crossing) == 1


def test_optimum_graphs_hand_over_the_mask() -> None:
    parts = split(make_decoder(TinyDecoder(layers=6)), 3)
    assert len(parts) == 3
    assert all(len(tensors) <= 2 for tensors in handed(parts))


def test_more_parts_than_places_give_fewer() -> None:
    parts = split(make_decoder(TinyDecoder(layers=2)), 50)
    assert 1 < len(parts) < 50


@pytest.mark.parametrize("parts", [0, 1])
def test_one_part_is_the_model(parts: int) -> None:
    model = make_decoder(TinyDecoder())
    assert split(model, parts) == [model]


def test_a_graph_without_a_narrow_place_stays_whole() -> None:
    width = 60
    weights = [
        helper.make_tensor(f"w{place}", TensorProto.FLOAT, [400], [1.0] * 400) for place in range(2 * width)
    ]
    middle = [f"a{place}" for place in range(width)]
    first = [helper.make_node("Mul", ["x", f"w{place}"], [name]) for place, name in enumerate(middle)]
    second = [
        helper.make_node("Sum", [*middle, f"w{width + place}"], [f"b{place}"]) for place in range(width)
    ]
    last = helper.make_node("Sum", [f"b{place}" for place in range(width)], ["y"])
    graph = helper.make_graph(
        [*first, *second, last],
        "wide",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])],
        weights,
    )
    model = helper.make_model(graph)
    assert len(split(model, 2)) == 1
