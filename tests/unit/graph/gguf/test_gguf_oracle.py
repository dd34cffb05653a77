"""Imported models compute what transformers computes with the weights that ggml's package reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.graph.gguf.parts import open_gguf
from app.graph.model_parts import Identity
from app.graph.write_model import write_model
from app.progress import silent
from tests.support.decoding import logits
from tests.support.gguf_files import Stored, TinyGguf, write

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
YARN = {
    "qwen2.rope.scaling.type": "yarn",
    "qwen2.rope.scaling.factor": 4.0,
    "qwen2.rope.scaling.original_context_length": 128,
}
LINEAR = {"llama.rope.scaling.type": "linear", "llama.rope.scaling.factor": 4.0}
CASES = {
    "llama": TinyGguf("llama", "F32"),
    "llama, Q4_1, tied": TinyGguf("llama", "Q4_1", tied=True, heads=8, kv_heads=2, head_dim=32),
    "llama, linear scaling": TinyGguf("llama", "Q8_0", extra=LINEAR),
    "llama, frequency factors": TinyGguf("llama", "Q8_0"),
    "qwen2": TinyGguf("qwen2", "BF16", bias=True),
    "qwen2, yarn, Q4_K": TinyGguf("qwen2", "Q4_K", bias=True, extra=YARN),
    "qwen3": TinyGguf("qwen3", "F16"),
    "qwen3, Q6_K, tied, wide heads": TinyGguf("qwen3", "Q6_K", tied=True, heads=4, kv_heads=1, head_dim=128),
}
LLAMA3 = {
    "rope_type": "llama3",
    "rope_theta": 10000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
TOKENS = 70


@pytest.mark.parametrize("case", CASES)
def test_logits_equal_the_reference(case: str, tmp_path: Path) -> None:
    model = CASES[case]
    tensors = model.stored()
    rope = rope_parameters(case, model)
    if rope.get("rope_type") == "llama3":
        tensors["rope_freqs.weight"] = Stored("F32", frequency_factors(model.head_dim, rope))
    source = write(tmp_path / "model.gguf", model.kind, model.metadata(), tensors)
    parts = open_gguf(source).parts(None, Identity("m", "M", "a test"))
    write_model(parts, tmp_path / "model", silent, lambda: False)
    ids = np.random.default_rng(2).integers(0, model.vocabulary, TOKENS)
    expected = reference(model, tensors, rope, ids)
    assert np.abs(expected).max() > 0.5
    for chunks in ([TOKENS], [1, 32, 37]):
        np.testing.assert_allclose(logits(tmp_path / "model", ids, chunks), expected, rtol=0, atol=5e-4)


def test_the_rotation_of_neighbours_matters(tmp_path: Path) -> None:
    """The same rows called qwen2 are rotated otherwise, so the comparison above tells both apart."""
    model = CASES["llama"]
    ids = np.random.default_rng(2).integers(0, model.vocabulary, TOKENS)
    found = []
    for kind in ("llama", "qwen2"):
        source = write(tmp_path / f"{kind}.gguf", kind, replace(model, kind=kind).metadata(), model.stored())
        parts = open_gguf(source).parts(None, Identity("m", "M", "a test"))
        write_model(parts, tmp_path / kind, silent, lambda: False)
        found.append(logits(tmp_path / kind, ids, [TOKENS]))
    assert np.abs(found[0] - found[1]).max() > 0.05


def rope_parameters(case: str, model: TinyGguf) -> dict[str, Any]:
    if "frequency factors" in case:
        return LLAMA3
    base: dict[str, Any] = {"rope_type": "default", "rope_theta": 10000.0}
    if "linear" in case:
        return {**base, "rope_type": "linear", "factor": 4.0}
    if "yarn" in case:
        return {**base, "rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 128}
    return base


def frequency_factors(head_dim: int, rope: dict[str, Any]) -> NDArray[np.float32]:
    """Divisors of the frequencies as transformers' llama3 scaling has them."""
    from transformers import LlamaConfig
    from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

    config = LlamaConfig(head_dim=head_dim, rope_parameters=dict(rope), max_position_embeddings=512)
    scaled = ROPE_INIT_FUNCTIONS["llama3"](config, "cpu")[0].numpy()
    plain = 1 / 10000.0 ** (np.arange(0, head_dim, 2) / head_dim)
    return (plain / scaled).astype(np.float32)


def reference(
    model: TinyGguf, tensors: dict[str, Stored], rope: dict[str, Any], ids: NDArray[np.int64]
) -> NDArray[np.float32]:
    import torch

    network = build(model, rope)
    state = {name: torch.from_numpy(values) for name, values in transformers_names(model, tensors).items()}
    network.load_state_dict(state)
    with torch.no_grad():
        result: NDArray[np.float32] = network(torch.from_numpy(ids)[None]).logits[0].numpy()
    return result


def build(model: TinyGguf, rope: dict[str, Any]) -> Any:
    import transformers

    names = {"llama": "Llama", "qwen2": "Qwen2", "qwen3": "Qwen3"}
    config = getattr(transformers, f"{names[model.kind]}Config")(
        vocab_size=model.vocabulary,
        hidden_size=model.hidden,
        intermediate_size=model.intermediate,
        num_hidden_layers=model.layers,
        num_attention_heads=model.heads,
        num_key_value_heads=model.kv_heads,
        head_dim=model.head_dim,
        max_position_embeddings=model.positions,
        rope_parameters=dict(rope),
        rms_norm_eps=1e-5,
        tie_word_embeddings=model.tied,
        attn_implementation="eager",
    )
    return getattr(transformers, f"{names[model.kind]}ForCausalLM")(config).eval()


def transformers_names(model: TinyGguf, tensors: dict[str, Stored]) -> dict[str, NDArray[np.float32]]:
    whole = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}
    inner = {
        "attn_norm": "input_layernorm",
        "ffn_norm": "post_attention_layernorm",
        **{f"attn_{name}": f"self_attn.{name}_proj" for name in "qkv"},
        **{f"attn_{name}_norm": f"self_attn.{name}_norm" for name in "qk"},
        "attn_output": "self_attn.o_proj",
        **{f"ffn_{name}": f"mlp.{name}_proj" for name in ("gate", "up", "down")},
    }
    found = {}
    for name, stored in tensors.items():
        *place, part, kind = name.split(".")
        if part == "rope_freqs":
            continue
        values = stored.values()
        heads = {"attn_q": model.heads, "attn_k": model.kv_heads}.get(part)
        if model.kind == "llama" and heads:
            values = in_halves(values, heads)
        theirs = f"model.layers.{place[1]}.{inner[part]}" if place else whole[part]
        found[f"{theirs}.{kind}"] = values
    if model.tied:
        found["lm_head.weight"] = found["model.embed_tokens.weight"]
    return found


def in_halves(rows: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Undo what llama.cpp's converter does to the rows of queries and keys."""
    apart = rows.reshape(heads, rows.shape[0] // heads // 2, 2, *rows.shape[1:])
    return np.ascontiguousarray(apart.swapaxes(1, 2).reshape(rows.shape))
