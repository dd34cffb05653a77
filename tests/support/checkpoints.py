"""Tiny random gpt-oss checkpoints, the same on every machine, made with numpy alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

YARN: Mapping[str, Any] = {
    "rope_type": "yarn",
    "rope_theta": 150000.0,
    "factor": 4.0,
    "beta_fast": 32.0,
    "beta_slow": 1.0,
    "truncate": False,
    "original_max_position_embeddings": 64,
}
# OCP Microscaling Formats specification 1.0, table 5: FP4 E2M1
FP4 = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6], np.float32)
_EXPERT_MATRICES = ("gate_up_proj", "down_proj")


@dataclass(frozen=True)
class TinyModel:
    """Sizes of a checkpoint and how it is stored.

    Attributes:
        slides: every other layer sees only the window; else all see everything.
        mxfp4: experts in MXFP4 blocks; else as floats, transposed, the way transformers saves them.
        dtype: of all other weights, "F32" or "BF16".
        shards: number of safetensors files.
        rope: content of rope_parameters.
    """

    seed: int = 0
    layers: int = 2
    hidden: int = 64
    intermediate: int = 64
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 32
    experts: int = 4
    experts_per_token: int = 2
    window: int = 8
    slides: bool = True
    vocabulary: int = 61
    positions: int = 256
    bias: bool = True
    tied: bool = False
    mxfp4: bool = False
    dtype: str = "F32"
    shards: int = 1
    rope: Mapping[str, Any] = field(default_factory=lambda: YARN)

    def config(self) -> dict[str, Any]:
        """`config.json` in the form of transformers 5."""
        kinds = ("sliding_attention", "full_attention") if self.slides else ("full_attention",)
        return {
            "architectures": ["GptOssForCausalLM"],
            "model_type": "gpt_oss",
            "num_hidden_layers": self.layers,
            "hidden_size": self.hidden,
            "intermediate_size": self.intermediate,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "head_dim": self.head_dim,
            "num_local_experts": self.experts,
            "num_experts_per_tok": self.experts_per_token,
            "sliding_window": self.window,
            "layer_types": [kinds[layer % len(kinds)] for layer in range(self.layers)],
            "vocab_size": self.vocabulary,
            "max_position_embeddings": self.positions,
            "attention_bias": self.bias,
            "tie_word_embeddings": self.tied,
            "rope_parameters": dict(self.rope),
            "rms_norm_eps": 1e-5,
        }


# 40 tokens cross the window of every case that has one; together they cover what checkpoints vary in.
CASES: Mapping[str, TinyModel] = {
    "window": TinyModel(seed=1, layers=4),
    "odd_sizes": TinyModel(seed=2, hidden=96, intermediate=160, head_dim=32, heads=6, kv_heads=3),
    "no_whole_blocks": TinyModel(seed=3, hidden=100, intermediate=36, head_dim=16, kv_heads=4),
    "one_expert": TinyModel(seed=4, experts=1, experts_per_token=1, head_dim=64, heads=2, kv_heads=1),
    "sixteen_experts": TinyModel(seed=5, experts=16, experts_per_token=4, dtype="BF16", shards=3),
    "mxfp4": TinyModel(seed=6, hidden=96, intermediate=160, mxfp4=True, dtype="BF16", experts_per_token=3),
    "plain": TinyModel(
        seed=7, slides=False, bias=False, tied=True, rope={"rope_type": "default", "rope_theta": 10000.0}
    ),
}


def prompt(model: TinyModel, tokens: int = 40) -> NDArray[np.int64]:
    """Token ids to compare logits on."""
    return np.random.RandomState(model.seed + 1000).randint(0, model.vocabulary, tokens).astype(np.int64)


def float_tensors(model: TinyModel) -> dict[str, NDArray[np.float32]]:
    """The weights as transformers names and lays them out, in fp32; MXFP4 experts with their exact values."""
    tensors: dict[str, NDArray[np.float32]] = {}
    for name, stored in stored_tensors(model).items():
        if name.endswith("_blocks"):
            values = _mxfp4_values(stored, stored_scales(model, name))
            tensors[name.removesuffix("_blocks")] = np.ascontiguousarray(values.swapaxes(1, 2))
        elif not name.endswith("_scales"):
            tensors[name] = stored.astype(np.float32)
    return tensors


def stored_scales(model: TinyModel, blocks: str) -> NDArray[Any]:
    """The scale bytes that belong to a tensor of blocks."""
    return stored_tensors(model)[blocks.removesuffix("blocks") + "scales"]


def stored_tensors(model: TinyModel) -> dict[str, NDArray[Any]]:
    """The checkpoint's tensors as they are stored."""
    random = np.random.RandomState(model.seed)
    dtype = ml_dtypes.bfloat16 if model.dtype == "BF16" else np.float32

    def normal(*shape: int, scale: float) -> NDArray[Any]:
        return (random.standard_normal(shape) * scale).astype(dtype)

    tensors = {"model.embed_tokens.weight": normal(model.vocabulary, model.hidden, scale=1)}
    for layer in range(model.layers):
        prefix = f"model.layers.{layer}"
        for norm in ("input_layernorm", "post_attention_layernorm"):
            tensors[f"{prefix}.{norm}.weight"] = (1 + normal(model.hidden, scale=0.2)).astype(dtype)
        tensors[f"{prefix}.self_attn.sinks"] = normal(model.heads, scale=1)
        query, key = model.heads * model.head_dim, model.kv_heads * model.head_dim
        for name, outputs, inputs in (
            ("self_attn.q_proj", query, model.hidden),
            ("self_attn.k_proj", key, model.hidden),
            ("self_attn.v_proj", key, model.hidden),
            ("self_attn.o_proj", model.hidden, query),
            ("mlp.router", model.experts, model.hidden),
        ):
            tensors[f"{prefix}.{name}.weight"] = normal(outputs, inputs, scale=1.5 * inputs**-0.5)
            if model.bias or name == "mlp.router":
                tensors[f"{prefix}.{name}.bias"] = normal(outputs, scale=0.3)
        tensors |= _experts(model, random, f"{prefix}.mlp.experts", normal)
    tensors["model.norm.weight"] = (1 + normal(model.hidden, scale=0.2)).astype(dtype)
    if not model.tied:
        tensors["lm_head.weight"] = normal(model.vocabulary, model.hidden, scale=model.hidden**-0.5)
    return tensors


def _experts(
    model: TinyModel, random: np.random.RandomState, prefix: str, normal: Any
) -> dict[str, NDArray[Any]]:
    sizes = {
        "gate_up_proj": (2 * model.intermediate, model.hidden),
        "down_proj": (model.hidden, model.intermediate),
    }
    tensors: dict[str, NDArray[Any]] = {}
    for name, (outputs, inputs) in sizes.items():
        tensors[f"{prefix}.{name}_bias"] = normal(model.experts, outputs, scale=0.3)
        if model.mxfp4:
            grid = (model.experts, outputs, inputs // 32)
            tensors[f"{prefix}.{name}_blocks"] = random.randint(0, 256, (*grid, 16)).astype(np.uint8)
            tensors[f"{prefix}.{name}_scales"] = random.randint(121, 125, grid).astype(np.uint8)
        else:
            tensors[f"{prefix}.{name}"] = normal(model.experts, inputs, outputs, scale=1.5 * inputs**-0.5)
    return tensors


def _mxfp4_values(blocks: NDArray[np.uint8], scales: NDArray[np.uint8]) -> NDArray[np.float32]:
    values = np.empty((*blocks.shape[:-1], 32), np.float32)
    values[..., 0::2] = FP4[blocks % 16]
    values[..., 1::2] = FP4[blocks // 16]
    values *= 2.0 ** (scales[..., None].astype(np.float32) - 127)
    return values.reshape(*blocks.shape[:2], -1)


def write_checkpoint(
    folder: Path, model: TinyModel, tensors: Mapping[str, NDArray[Any]] | None = None
) -> Path:
    """Write config.json and the safetensors files; `tensors` replaces the model's own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(model.config(), indent=2), encoding="utf-8")
    given = stored_tensors(model) if tensors is None else tensors
    tensors = {name: np.ascontiguousarray(values) for name, values in given.items()}
    if model.shards == 1:
        save_file(tensors, folder / "model.safetensors")
        return folder
    places: dict[str, str] = {}
    for shard in range(model.shards):
        name = f"model-{shard + 1:05}-of-{model.shards:05}.safetensors"
        part = {key: tensors[key] for key in sorted(tensors)[shard :: model.shards]}
        save_file(part, folder / name)
        places |= dict.fromkeys(part, name)
    index = {"metadata": {"total_size": 0}, "weight_map": places}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder
