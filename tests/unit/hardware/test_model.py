"""A model as the fit sees it: from config.json, genai_config.json, a manifest or bare files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import manifest as manifests
from app.errors import ModelDamaged
from app.hardware.model import describe, from_settings
from app.paths import guide
from tests.support.machines import GPT_OSS, gpt_oss_20b


def test_the_guide() -> None:
    model = describe(guide(), manifests.read(guide()))
    assert model.geometry is not None
    assert (model.id, model.longest, model.kv_itemsize) == ("guide", 2048, 4)
    assert (model.geometry.layers, model.geometry.kv_heads, model.geometry.head_dim) == (4, 3, 32)
    assert model.geometry.windows == (32, None, 32, None)
    assert model.weight_bytes == sum(file.stat().st_size for file in guide().glob("model.onnx*"))
    assert model.graphics_class_gb == 0


def test_gpt_oss_20b_reads_as_much_as_is_published() -> None:
    """2.03 GB a token and 49,152 bytes of keys and values in fp16."""
    model = gpt_oss_20b()
    assert model.active_bytes == pytest.approx(2.03e9, rel=0.01)
    assert model.kv_bytes_per_token == 49_152
    assert model.embedding_bytes == 1_158_266_880
    assert model.graphics_class_gb == 16
    assert model.geometry is not None
    assert model.geometry.computed_weights == pytest.approx(20.9e9 - 0.58e9, rel=0.01)


def test_layers_with_a_window_are_allocated_like_the_others() -> None:
    """As `SharedCache` does: buffers of one capacity for all layers."""
    sliding = GPT_OSS | {"num_hidden_layers": 24, "layer_types": ["sliding_attention", "full_attention"] * 12}
    model = from_settings("", {}, sliding, {})
    assert model.geometry is not None
    assert model.geometry.windows[:2] == (128, None)
    assert model.kv_bytes_per_token == 24 * 2 * 8 * 64 * 4


def test_settings_of_onnxruntime_genai() -> None:
    genai = {
        "model": {
            "context_length": 8192,
            "vocab_size": 1000,
            "decoder": {
                "head_size": 64,
                "hidden_size": 512,
                "num_attention_heads": 8,
                "num_hidden_layers": 4,
                "num_key_value_heads": 2,
            },
        }
    }
    model = from_settings("", {"model.onnx.data": 10**6}, {}, genai)
    assert model.geometry is not None
    assert (model.geometry.head_dim, model.geometry.kv_heads, model.longest) == (64, 2, 8192)


@pytest.mark.parametrize(
    ("name", "quantization", "config", "bytes_"),
    [
        ("model.onnx", "int4", {}, 4),
        ("model_q4f16.onnx", "", {}, 2),
        ("model_fp16.onnx", "", {}, 2),
        ("model.onnx", "fp16", {}, 2),
        ("model_q4f16.onnx", "", {"transformers.js_config": {"kv_cache_dtype": "float32"}}, 4),
        ("model.onnx", "", {"transformers.js_config": {"kv_cache_dtype": "float16"}}, 2),
        ("gguf160.onnx", "", {}, 4),
    ],
)
def test_the_type_of_keys_and_values(
    name: str, quantization: str, config: dict[str, Any], bytes_: int
) -> None:
    assert from_settings("", {name: 1}, config, {}, quantization).kv_itemsize == bytes_


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model_q4f16.onnx_data").write_bytes(bytes(1000))
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    model = describe(tmp_path)
    assert (model.weight_bytes, model.tokenizer_bytes, model.geometry) == (1000, 2, None)
    assert model.kv_bytes_per_token == 0


@pytest.mark.parametrize("content", ["[]", "{", "nul", '{"a": ' * 10_000])
def test_damaged_settings_name_the_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"config\.json"):
        describe(tmp_path)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from([*GPT_OSS, "text_config", "layer_types", "transformers.js_config", "model"]), values
    )
)
def test_strange_settings_never_raise(config: dict[str, Any]) -> None:
    model = from_settings("", {"model.onnx": 1}, config, config)
    assert model.kv_bytes_per_token >= 0
    assert model.active_bytes >= 0
    json.dumps(model.longest)
