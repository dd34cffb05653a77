"""Imported GGUF models compute with the weights that are stored, in whatever form they are kept."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from app.errors import ModelDamaged
from app.graph.adapt import GraphPlan, adapt_graph
from app.graph.build import build_model
from app.graph.gguf.parts import open_gguf
from app.graph.layout import open_folder
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import CASES, write_checkpoint
from tests.support.decoding import logits
from tests.support.gguf_files import (
    BLOCK_TYPES,
    FLOAT_TYPES,
    Stored,
    TinyGguf,
    random_blocks,
    write,
    write_gguf,
    write_gpt_oss,
)
from tests.unit.graph.gguf.conftest import Import

MIXED = {
    "attn_v": "Q6_K",
    "ffn_down": "Q5_0",
    "token_embd": "Q8_0",
    "attn_output": "Q4_K",
    "output.weight": "Q6_K",
}
MODELS = {
    **{kind: TinyGguf(type=kind) for kind in (*BLOCK_TYPES, *FLOAT_TYPES)},
    **{f"tied {kind}": TinyGguf(type=kind, tied=True) for kind in ("Q4_0", "Q4_1", "Q6_K", "F16")},
    "mixed": TinyGguf("qwen2", "Q4_K", MIXED, bias=True),
    "head norms": TinyGguf("qwen3", "Q4_K", MIXED, heads=8, head_dim=32),
}


def attribute_values(graph: onnx.GraphProto, name: str) -> set[int]:
    return {each.i for node in graph.node for each in node.attribute if each.name == name}


def tokens(model: TinyGguf, count: int = 40) -> NDArray[np.int64]:
    return np.random.default_rng(9).integers(0, model.vocabulary, count)


@pytest.mark.parametrize("case", MODELS)
def test_as_stored_equals_its_floats(case: str, tmp_path: Path, bring_in: Import) -> None:
    model = MODELS[case]
    source = write_gguf(tmp_path / "model.gguf", model)
    bring_in(source, "kept")
    bring_in(source, "floats", Quantization.FP32)
    ids = tokens(model)
    expected = logits(tmp_path / "floats", ids, [40])
    assert np.abs(expected).max() > 0.5
    for chunks in ([40], [3, 17, 20]):
        np.testing.assert_allclose(logits(tmp_path / "kept", ids, chunks), expected, rtol=0, atol=5e-4)


@pytest.mark.parametrize("quantization", [Quantization.INT4, Quantization.INT8, Quantization.FP16])
def test_weights_are_quantised_anew_where_that_is_asked_for(
    quantization: Quantization, tmp_path: Path, bring_in: Import
) -> None:
    model = TinyGguf(type="F32")
    source = write_gguf(tmp_path / "model.gguf", model)
    record = bring_in(source, "made", quantization)
    bring_in(source, "floats", Quantization.FP32)
    assert record.quantization == quantization.value
    found, expected = (logits(tmp_path / name, tokens(model), [40]) for name in ("made", "floats"))
    error = np.sqrt(np.square(found - expected).mean() / np.square(expected).mean())
    assert error < {"int4": 0.3, "int8": 0.03, "fp16": 0.005}[quantization.value]


def test_a_tied_table_is_stored_once(tmp_path: Path, bring_in: Import) -> None:
    tied, untied = TinyGguf(type="Q8_0", tied=True), TinyGguf(type="Q8_0")
    for name, model in (("tied", tied), ("untied", untied)):
        bring_in(write_gguf(tmp_path / f"{name}.gguf", model), name)
    sizes = [(tmp_path / name / "model.onnx.data").stat().st_size for name in ("untied", "tied")]
    table = tied.vocabulary * tied.hidden * (1 + 4 / 32)
    assert sizes[0] - sizes[1] == pytest.approx(table, abs=1 << 17)


def test_operators(tmp_path: Path, bring_in: Import) -> None:
    bring_in(write_gguf(tmp_path / "model.gguf", MODELS["mixed"]), "model")
    graph = onnx.load(tmp_path / "model" / "model.onnx", load_external_data=False).graph
    forms = Counter(
        (attributes["bits"], attributes["block_size"])
        for node in graph.node
        if node.op_type == "MatMulNBits"
        for attributes in [{each.name: each.i for each in node.attribute}]
    )
    # in each layer query, key, output and the stacked gate and up; value; down; and the head once
    assert forms == {(4, 32): 2 * 4, (8, 16): 2 + 1, (8, 32): 2}
    assert len({node.name for node in graph.node}) == len(graph.node)
    assert attribute_values(graph, "rotary_interleaved") == {0}


@pytest.mark.parametrize("case", ["Q4_1", "tied Q4_1", "mixed", "F16"])
def test_logits_are_computed_for_the_last_position_alone(case: str, tmp_path: Path, bring_in: Import) -> None:
    bring_in(write_gguf(tmp_path / "model.gguf", MODELS[case]), "model")
    adapted = adapt_graph(open_folder(tmp_path / "model"), GraphPlan(), tmp_path / "cache", "1.32.0")
    graph = onnx.load(adapted.parts[-1].path, load_external_data=False).graph
    output = next(value for value in graph.output if value.name == "logits")
    assert output.type.tensor_type.shape.dim[1].dim_value == 1


def test_a_gpt_oss_file_gives_what_the_checkpoint_gives(tmp_path: Path, bring_in: Import) -> None:
    """The same weights out of both kinds of files: the same bytes, whatever they are quantised to."""
    model = replace(CASES["mxfp4"], vocabulary=320)
    checkpoint = write_checkpoint(tmp_path / "checkpoint", model)
    source = write_gpt_oss(tmp_path / "model.gguf", model)
    ids = np.arange(7, 47)
    for quantization in (Quantization.INT4, Quantization.INT8, Quantization.FP32):
        name = quantization.value
        from_checkpoint(checkpoint, tmp_path / f"{name}-checkpoint", quantization)
        bring_in(source, f"{name}-gguf", quantization)
        folders = [tmp_path / f"{name}-{kind}" for kind in ("checkpoint", "gguf")]
        data = [(folder / "model.onnx.data").read_bytes() for folder in folders]
        if quantization.bits:  # among floats, MXFP4's negative zero has become a positive one
            assert data[0] == data[1]
        np.testing.assert_array_equal(*(logits(folder, ids, [40]) for folder in folders))


def from_checkpoint(checkpoint: Path, destination: Path, quantization: Quantization) -> None:
    build_model(checkpoint, destination, quantization, Identity("c", "C", "a test"), silent)


def test_experts_without_a_quantisation_become_int4_and_the_error_is_told(
    tmp_path: Path, bring_in: Import
) -> None:
    model = replace(CASES["mxfp4"], vocabulary=320)
    source = write_gpt_oss(tmp_path / "model.gguf", model)
    told = str(open_gguf(source).fidelity())
    assert "MXFP4 to int4 (relative error" in told
    percent = float(told.split("error ")[1].split("%")[0])
    assert 5 < percent < 11
    bring_in(source, "kept")
    bring_in(source, "int8", Quantization.INT8)
    graph = onnx.load(tmp_path / "kept" / "model.onnx", load_external_data=False).graph
    assert attribute_values(graph, "expert_weight_bits") == {4}


@pytest.mark.parametrize("kind", ["Q8_0", "Q4_0", "Q5_0", "Q4_1"])
def test_experts_in_other_types(kind: str, tmp_path: Path, bring_in: Import) -> None:
    """Levels around zero go over as they are; those with a minimum are rounded, and that is told."""
    model = replace(CASES["mxfp4"], vocabulary=320, layers=1)
    whole = write_gpt_oss(tmp_path / "mxfp4.gguf", model)
    opened = open_gguf(whole)
    random = np.random.default_rng(5)
    tensors = {
        name: Stored(kind, random_blocks(kind, tensor.shape, tensor.shape[-1] ** -0.5, random))
        if name.endswith("exps.weight")
        else Stored("F32", tensor.rows.read().view("<f4").reshape(tensor.shape))
        for name, tensor in opened.file.tensors.items()
    }
    metadata = {key: value for key, value in opened.file.metadata.items() if key != "general.architecture"}
    source = write(tmp_path / "other.gguf", "gpt-oss", metadata, tensors)
    bring_in(source, "kept")
    bring_in(source, "floats", Quantization.FP32)
    told = str(open_gguf(source).fidelity())
    assert ("to int8" in told) == (kind == "Q4_1")
    ids = np.arange(7, 47)
    found, expected = (logits(tmp_path / name, ids, [40]) for name in ("kept", "floats"))
    np.testing.assert_allclose(found, expected, rtol=0, atol=0.05 if kind == "Q4_1" else 1e-4)


def test_what_the_folder_says(tmp_path: Path, bring_in: Import) -> None:
    extra = {"general.organization": "Someone", "general.base_model.0.repo_url": "somewhere/base"}
    source = write_gguf(tmp_path / "Tiny.Q4_0.gguf", TinyGguf(extra=extra))
    (tmp_path / "LICENSE").write_text("the terms", encoding="utf-8")
    record = bring_in(source, "model")
    assert (record.name, record.licence, record.licence_file) == ("Tiny.Q4_0", "apache-2.0", "LICENSE")
    assert (record.publisher, record.base_model) == ("Someone", "somewhere/base")
    assert (record.architecture, record.quantization, record.context_length) == ("llama", "Q4_0", 512)
    assert record.parameters == sum(int(np.prod(shape)) for shape in TinyGguf().shapes().values())
    config = json.loads((tmp_path / "model" / "config.json").read_text(encoding="utf-8"))
    assert (config["model_type"], config["num_key_value_heads"], config["head_dim"]) == ("llama", 2, 64)
    assert open_folder(tmp_path / "model").eos_ids[0] == config["eos_token_id"]


@pytest.mark.parametrize("kind", BLOCK_TYPES)
def test_scales_that_are_no_numbers(kind: str, tmp_path: Path, bring_in: Import) -> None:
    model = TinyGguf(type=kind)
    tensors = model.stored()
    name = "blk.1.ffn_up.weight"
    raw = tensors[name].data.copy()
    raw[3, :] = 0xFF
    tensors[name] = Stored(kind, raw)
    source = write(tmp_path / "model.gguf", model.kind, model.metadata(), tensors)
    with pytest.raises(ModelDamaged, match=r"blk\.1\.ffn_up\.weight holds NaN"):
        bring_in(source, "model")
    assert not (tmp_path / "model").exists()
    assert list(tmp_path.glob(".*")) == []
