"""A decoder's borders are read from its header; anything else is refused with what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from app.errors import NotADecoder
from app.graph.build import build_model
from app.graph.interface import KvLayer, read_interface
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import TinyModel, write_checkpoint
from tests.support.graphs import TinyDecoder, make_decoder, save_external


def test_concatenating_decoder() -> None:
    found = read_interface(make_decoder(TinyDecoder(layers=12, ids=np.int32)))
    assert (found.input_ids, found.attention_mask, found.position_ids) == (
        "input_ids",
        "attention_mask",
        "position_ids",
    )
    types = (found.input_ids_type, found.attention_mask_type, found.position_ids_type)
    assert types == (np.int32, np.int32, np.int32)
    assert (found.kv_type, found.logits_type) == (np.float32, np.float32)
    assert (found.vocabulary_size, found.shares_kv, found.positions) == (50, False, None)
    assert found.layers[10] == KvLayer(
        "past_key_values.10.key", "past_key_values.10.value", "present.10.key", "present.10.value", 2, 16
    )
    assert len(found.layers) == 12


@pytest.mark.parametrize("quantization", [Quantization.FP16, Quantization.INT4])
def test_gpt_oss(tmp_path: Path, quantization: Quantization) -> None:
    model = TinyModel(kv_heads=2, head_dim=32, positions=256, vocabulary=61)
    checkpoint = write_checkpoint(tmp_path / "checkpoint", model)
    build_model(checkpoint, tmp_path / "model", quantization, Identity("tiny", "Tiny", "a test"), silent)
    (tmp_path / "model" / "model.onnx.data").unlink(missing_ok=True)
    found = read_interface(tmp_path / "model" / "model.onnx")
    assert (found.kv_type, found.logits_type) == (quantization.activations, quantization.activations)
    assert (found.position_ids, found.position_ids_type) == (None, np.int64)
    assert (found.vocabulary_size, found.shares_kv, found.positions) == (61, True, 256)
    assert {(layer.heads, layer.head_dim) for layer in found.layers} == {(2, 32)}


def test_weights_are_not_needed(tmp_path: Path) -> None:
    path = save_external(make_decoder(TinyDecoder()), tmp_path / "model.onnx")
    (tmp_path / "model.onnx_data").unlink()
    assert read_interface(path).vocabulary_size == 50


def test_switches_and_unread_inputs_are_no_strangers() -> None:
    model = make_decoder(TinyDecoder())
    for name in ("use_cache_branch", "num_logits_to_keep", "inputs_embeds"):
        model.graph.input.append(helper.make_tensor_value_info(name, TensorProto.INT64, [1]))
    model.graph.node.append(helper.make_node("Identity", ["num_logits_to_keep"], ["unused"]))
    assert read_interface(model) == read_interface(make_decoder(TinyDecoder()))


def without(graph: onnx.GraphProto, *names: str) -> None:
    for values in (graph.input, graph.output):
        kept = [value for value in values if value.name not in names]
        del values[:]
        values.extend(kept)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["input_ids"], "no input 'input_ids'"),
        (["logits"], "no output 'logits'"),
        (["present.1.value"], "value cache of layer 1 lacks its past or its present"),
        (["past_key_values.2.key"], "key cache of layer 2 lacks"),
        (["past_key_values.2.key", "present.2.key"], "layer 2 lacks its key or its value"),
        ([f"past_key_values.0.{kind}" for kind in ("key", "value")], "no inputs past"),
    ],
)
def test_what_is_missing_is_named(names: list[str], message: str) -> None:
    model = make_decoder(TinyDecoder(layers=3 if "0" not in names[0] else 1))
    without(model.graph, *names)
    with pytest.raises(NotADecoder, match=message):
        read_interface(model)


def test_an_input_nobody_can_feed() -> None:
    model = make_decoder(TinyDecoder())
    model.graph.input.append(helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, [1]))
    model.graph.node.append(helper.make_node("Identity", ["pixel_values"], ["seen"]))
    with pytest.raises(NotADecoder, match="pixel_values"):
        read_interface(model)


@pytest.mark.parametrize(
    ("name", "data_type"),
    [
        ("input_ids", TensorProto.FLOAT),
        ("logits", TensorProto.INT64),
        ("past_key_values.0.key", TensorProto.BFLOAT16),
    ],
)
def test_types_that_no_decoder_has(name: str, data_type: int) -> None:
    model = make_decoder(TinyDecoder())
    for value in (*model.graph.input, *model.graph.output):
        if value.name == name:
            value.type.tensor_type.elem_type = data_type
    with pytest.raises(NotADecoder, match=name):
        read_interface(model)


def test_sizes_must_be_written_down() -> None:
    model = make_decoder(TinyDecoder())
    del model.graph.output[0].type.tensor_type.shape.dim[:]
    with pytest.raises(NotADecoder, match="logits"):
        read_interface(model)
