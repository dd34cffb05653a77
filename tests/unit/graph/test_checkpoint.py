from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ModelDamaged, UnsupportedModel
from app.graph.checkpoint import INDEX, SINGLE, Checkpoint
from tests.support.checkpoints import TinyModel, stored_tensors, write_checkpoint

MODEL = TinyModel(dtype="BF16")
NAME = "model.layers.0.self_attn.q_proj.weight"


@pytest.mark.parametrize("shards", [1, 3])
def test_tensors_read_whole_and_in_part(shards: int, tmp_path: Path) -> None:
    model = TinyModel(dtype="BF16", mxfp4=True, shards=shards)
    checkpoint = Checkpoint(write_checkpoint(tmp_path, model))
    expected = stored_tensors(model)
    assert checkpoint.tensors.keys() == expected.keys()
    for name, values in expected.items():
        found = checkpoint.find(name, values.shape)
        np.testing.assert_array_equal(found.read(), values)
        np.testing.assert_array_equal(found.read(1, 3), values[1:3])
        np.testing.assert_array_equal(found.read(1, len(values) + 5), values[1:])


def test_missing_shard(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, TinyModel(shards=2))
    (lost := tmp_path / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(ModelDamaged, match=lost.name):
        Checkpoint(tmp_path)


def test_no_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelDamaged, match=SINGLE):
        Checkpoint(tmp_path)


@pytest.mark.parametrize("content", ["{}", '{"weight_map": []}', "[", "3"])
def test_unusable_index(content: str, tmp_path: Path) -> None:
    (tmp_path / INDEX).write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged):
        Checkpoint(tmp_path)


def test_index_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, MODEL)
    (inner := tmp_path / "inner").mkdir()
    places = json.dumps({"weight_map": {NAME: f"../{SINGLE}"}})
    (inner / INDEX).write_text(places, encoding="utf-8")
    with pytest.raises(ModelDamaged, match="outside its folder"):
        Checkpoint(inner)


@pytest.mark.parametrize("left", [0, 7, 8, 100, -1000, -1])
def test_truncated_file(left: int, tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path, MODEL) / SINGLE
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(ModelDamaged, match=SINGLE):
        Checkpoint(tmp_path)


def test_file_that_shrinks_while_it_is_read(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path, MODEL) / SINGLE
    stored = max(Checkpoint(tmp_path).tensors.values(), key=lambda tensor: tensor.offset)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelDamaged, match="cut short"):
        stored.read()


def test_missing_tensor_and_wrong_shape(tmp_path: Path) -> None:
    checkpoint = Checkpoint(write_checkpoint(tmp_path, MODEL))
    with pytest.raises(ModelDamaged, match=r"lacks the tensor other\.weight"):
        checkpoint.find("other.weight", (1,))
    with pytest.raises(ModelDamaged, match=rf"{NAME} has the shape \[128, 64\].*\[64, 64\]"):
        checkpoint.find(NAME, (64, 64))


def test_unknown_data_type(tmp_path: Path) -> None:
    header = json.dumps({"a": {"dtype": "F8_E4M3", "shape": [4], "data_offsets": [0, 4]}}).encode()
    (tmp_path / SINGLE).write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    with pytest.raises(UnsupportedModel, match="data type"):
        Checkpoint(tmp_path).find("a", (4,)).read()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "dtype": st.sampled_from(["F32", "BF16", "X"]) | JSON,
        "shape": st.lists(st.integers(-3, 9), max_size=3) | JSON,
        "data_offsets": st.lists(st.integers(-3, 99), min_size=2, max_size=2) | JSON,
    },
)


@given(st.one_of(st.binary(), JSON.map(json.dumps), st.dictionaries(st.text(), ENTRIES).map(json.dumps)))
def test_any_header_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes | str
) -> None:
    header = content.encode() if isinstance(content, str) else content
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / SINGLE).write_bytes(len(header).to_bytes(8, "little") + header + bytes(64))
    try:
        tensors = Checkpoint(folder).tensors
    except ModelDamaged:
        return
    for stored in tensors.values():
        if stored.dtype is not None and stored.shape:
            assert stored.read().shape == stored.shape
