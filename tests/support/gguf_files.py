"""Tiny random models as GGUF files, written by ggml's own package, the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Type
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tests.support.checkpoints import TinyModel, stored_tensors
from tests.support.worker import harmony_tokenizer

TEMPLATE = "{% for m in messages %}<|start|>{{ m.role }}<|message|>{{ m.content }}<|end|>{% endfor %}"
BLOCK_TYPES = ("Q4_0", "Q4_1", "Q5_0", "Q8_0", "Q4_K", "Q6_K", "MXFP4")
FLOAT_TYPES = ("F32", "F16", "BF16")
_HALVES = {"Q4_1": (0, 2), "Q4_K": (0, 2), "Q6_K": (208,)}
_SPREAD = {"Q4_0": 4.6, "Q4_1": 4.6, "Q5_0": 9.2, "Q8_0": 74.0, "Q4_K": 150.0, "Q6_K": 1400.0}


@dataclass(frozen=True)
class TinyGguf:
    """A dense model.

    Attributes:
        kind: the architecture.
        type: how matrices are stored; `types` says otherwise for some, by their names.
        extra: more metadata; None removes a key.
    """

    kind: str = "llama"
    type: str = "Q4_0"
    types: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    layers: int = 2
    hidden: int = 256
    intermediate: int = 512
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 64
    positions: int = 512
    tied: bool = False
    bias: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def vocabulary(self) -> int:
        return harmony_tokenizer().get_vocab_size()

    def metadata(self) -> dict[str, Any]:
        sizes = {
            "block_count": self.layers,
            "context_length": self.positions,
            "embedding_length": self.hidden,
            "feed_forward_length": self.intermediate,
            "attention.head_count": self.heads,
            "attention.head_count_kv": self.kv_heads,
            "attention.key_length": self.head_dim,
            "attention.value_length": self.head_dim,
            "attention.layer_norm_rms_epsilon": 1e-5,
            "rope.freq_base": 10000.0,
        }
        mine = {f"{self.kind}.{name}": value for name, value in sizes.items()}
        merged = {"general.license": "apache-2.0", **mine, **tokens_of(harmony_tokenizer()), **self.extra}
        return {name: value for name, value in merged.items() if value is not None}

    def shapes(self) -> dict[str, tuple[int, ...]]:
        query, key = self.heads * self.head_dim, self.kv_heads * self.head_dim
        shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (self.vocabulary, self.hidden)}
        for layer in range(self.layers):
            block = f"blk.{layer}"
            for name, shape in (
                ("attn_norm", (self.hidden,)),
                ("ffn_norm", (self.hidden,)),
                ("attn_q", (query, self.hidden)),
                ("attn_k", (key, self.hidden)),
                ("attn_v", (key, self.hidden)),
                ("attn_output", (self.hidden, query)),
                ("ffn_gate", (self.intermediate, self.hidden)),
                ("ffn_up", (self.intermediate, self.hidden)),
                ("ffn_down", (self.hidden, self.intermediate)),
            ):
                shapes[f"{block}.{name}.weight"] = shape
            if self.bias:
                for name, size in (("attn_q", query), ("attn_k", key), ("attn_v", key)):
                    shapes[f"{block}.{name}.bias"] = (size,)
            if self.kind == "qwen3":
                shapes |= {f"{block}.attn_{name}_norm.weight": (self.head_dim,) for name in "qk"}
        shapes["output_norm.weight"] = (self.hidden,)
        if not self.tied:
            shapes["output.weight"] = (self.vocabulary, self.hidden)
        return shapes

    def stored(self) -> dict[str, Stored]:
        random = np.random.default_rng(self.seed)
        found = {}
        for name, shape in self.shapes().items():
            if len(shape) == 1:
                values = random.standard_normal(shape) * 0.2 + (1 if "norm" in name else 0)
                found[name] = Stored("F32", values.astype(np.float32))
            else:
                kind = next((kind for part, kind in self.types.items() if part in name), self.type)
                found[name] = random_matrix(kind, shape, random)
        return found


@dataclass(frozen=True)
class Stored:
    """A tensor's bytes, or floats, and their type."""

    type: str
    data: NDArray[Any]

    def values(self) -> NDArray[np.float32]:
        """What ggml's own package makes of it."""
        return gguf.dequantize(self.data, Type[self.type]).astype(np.float32)


def random_matrix(kind: str, shape: tuple[int, ...], random: np.random.Generator) -> Stored:
    """Random weights, rows of about unit length."""
    scale = shape[-1] ** -0.5
    if kind in FLOAT_TYPES:
        values = (random.standard_normal(shape) * scale).astype(np.float32)
        return Stored(kind, gguf.quantize(values, Type[kind]))
    return Stored(kind, random_blocks(kind, shape, scale, random))


def random_blocks(
    kind: str, shape: tuple[int, ...], scale: float, random: np.random.Generator
) -> NDArray[np.uint8]:
    """Random blocks of a type: any levels, scales that make weights about as large as `scale`."""
    weights, size = gguf.GGML_QUANT_SIZES[Type[kind]]
    count = (*shape[:-1], shape[-1] // weights)
    raw = random.integers(0, 256, (*count, size)).astype(np.uint8)
    if kind == "MXFP4":
        raw[..., 0] = random.integers(125, 129, count) + int(np.log2(scale / 4))
    for place in _HALVES.get(kind, (0,)) if kind != "MXFP4" else ():
        numbers = random.uniform(0.5, 1.0, count) * scale / _SPREAD[kind]
        if kind == "Q4_1" and place == 2:
            numbers *= -7.5
        raw[..., place : place + 2] = numbers.astype(np.float16)[..., None].view(np.uint8)
    return raw.reshape(*shape[:-1], -1)


def tokens_of(tokenizer: Tokenizer, pre: str = "gpt-2") -> dict[str, Any]:
    """A byte-level tokenizer as GGUF says it."""
    content = json.loads(tokenizer.to_str())
    vocabulary = content["model"]["vocab"]
    added = {entry["id"]: entry for entry in content["added_tokens"]}
    size = max([*vocabulary.values(), *added]) + 1
    texts, kinds = [f"[PAD{number}]" for number in range(size)], [5] * size
    for text, number in vocabulary.items():
        texts[number], kinds[number] = text, 1
    for number, entry in added.items():
        texts[number], kinds[number] = entry["content"], 3 if entry["special"] else 4
    merges = [" ".join(pair) if isinstance(pair, list) else pair for pair in content["model"]["merges"]]
    ending = tokenizer.token_to_id("<|return|>")
    return {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": pre,
        "tokenizer.ggml.tokens": texts,
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.merges": merges,
        **({"tokenizer.ggml.eos_token_id": ending} if ending is not None else {}),
        "tokenizer.chat_template": TEMPLATE,
    }


def write_gguf(path: Path, model: TinyGguf) -> Path:
    """Write a dense model."""
    return write(path, model.kind, model.metadata(), model.stored())


def write(path: Path, kind: str, metadata: Mapping[str, Any], tensors: Mapping[str, Stored]) -> Path:
    """Write any file with ggml's package."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, kind)
    for key, value in metadata.items():
        _add(writer, key, value)
    for name, stored in tensors.items():
        raw = None if stored.data.dtype == np.float32 else Type[stored.type]
        writer.add_tensor(name, np.ascontiguousarray(stored.data), raw_dtype=raw)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add(writer: gguf.GGUFWriter, key: str, value: Any) -> None:
    if isinstance(value, bool):
        writer.add_bool(key, value)
    elif isinstance(value, int):
        writer.add_uint32(key, value)
    elif isinstance(value, float):
        writer.add_float32(key, value)
    elif isinstance(value, str):
        writer.add_string(key, value)
    else:
        writer.add_array(key, value)


def write_gpt_oss(path: Path, model: TinyModel) -> Path:
    """A checkpoint with MXFP4 experts as a GGUF file, the way llama.cpp's converter writes it."""
    tensors = stored_tensors(model)
    found = {
        "token_embd.weight": _float(tensors["model.embed_tokens.weight"]),
        "output_norm.weight": _float(tensors["model.norm.weight"]),
        "output.weight": _float(tensors["lm_head.weight"]),
    }
    for layer in range(model.layers):
        found |= _gpt_oss_layer(tensors, f"model.layers.{layer}", f"blk.{layer}")
    rope = model.config()["rope_parameters"]
    metadata = {
        "general.license": "apache-2.0",
        "gpt-oss.block_count": model.layers,
        "gpt-oss.context_length": model.positions,
        "gpt-oss.embedding_length": model.hidden,
        "gpt-oss.feed_forward_length": model.intermediate,
        "gpt-oss.expert_feed_forward_length": model.intermediate,
        "gpt-oss.attention.head_count": model.heads,
        "gpt-oss.attention.head_count_kv": model.kv_heads,
        "gpt-oss.attention.key_length": model.head_dim,
        "gpt-oss.attention.value_length": model.head_dim,
        "gpt-oss.attention.layer_norm_rms_epsilon": 1e-5,
        "gpt-oss.attention.sliding_window": model.window,
        "gpt-oss.expert_count": model.experts,
        "gpt-oss.expert_used_count": model.experts_per_token,
        "gpt-oss.rope.freq_base": rope["rope_theta"],
        "gpt-oss.rope.scaling.type": "yarn",
        "gpt-oss.rope.scaling.factor": rope["factor"],
        "gpt-oss.rope.scaling.original_context_length": rope["original_max_position_embeddings"],
        **tokens_of(harmony_tokenizer(), "gpt-4o"),
    }
    return write(path, "gpt-oss", metadata, found)


def _gpt_oss_layer(tensors: Mapping[str, NDArray[Any]], layer: str, block: str) -> dict[str, Stored]:
    found = {
        f"{block}.attn_norm.weight": _float(tensors[f"{layer}.input_layernorm.weight"]),
        f"{block}.post_attention_norm.weight": _float(tensors[f"{layer}.post_attention_layernorm.weight"]),
        f"{block}.attn_sinks.weight": _float(tensors[f"{layer}.self_attn.sinks"]),
    }
    pairs = [(f"attn_{name}", f"self_attn.{name}_proj") for name in "qkv"]
    pairs += [("attn_output", "self_attn.o_proj"), ("ffn_gate_inp", "mlp.router")]
    for ours, theirs in pairs:
        for kind in ("weight", "bias"):
            found[f"{block}.{ours}.{kind}"] = _float(tensors[f"{layer}.{theirs}.{kind}"])
    experts = f"{layer}.mlp.experts"
    blocks, scales = tensors[f"{experts}.gate_up_proj_blocks"], tensors[f"{experts}.gate_up_proj_scales"]
    bias = tensors[f"{experts}.gate_up_proj_bias"]
    for place, name in enumerate(("gate", "up")):
        found[f"{block}.ffn_{name}_exps.weight"] = _mxfp4(blocks[:, place::2], scales[:, place::2])
        found[f"{block}.ffn_{name}_exps.bias"] = _float(bias[:, place::2])
    found[f"{block}.ffn_down_exps.weight"] = _mxfp4(
        tensors[f"{experts}.down_proj_blocks"], tensors[f"{experts}.down_proj_scales"]
    )
    found[f"{block}.ffn_down_exps.bias"] = _float(tensors[f"{experts}.down_proj_bias"])
    return found


def _float(values: NDArray[Any]) -> Stored:
    return Stored("F32", np.ascontiguousarray(values.astype(np.float32)))


def _mxfp4(blocks: NDArray[np.uint8], scales: NDArray[np.uint8]) -> Stored:
    """Neighbours of a byte become the halves of a block: 0 to 15 low, 16 to 31 high."""
    codes = np.stack([blocks & 15, blocks >> 4], axis=-1).reshape(*blocks.shape[:-1], 32)
    packed = codes[..., :16] | (codes[..., 16:] << 4)
    raw = np.concatenate([scales[..., None], packed], axis=-1)
    return Stored("MXFP4", np.ascontiguousarray(raw.reshape(*raw.shape[:2], -1)))
