"""From a GGUF file's metadata to the sizes of a decoder, and to the `config.json` that describes it.

Keys: ggml, docs/gguf.md. Which rows llama.cpp's converter has moved: convert_hf_to_gguf.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import UnsupportedModel
from app.graph.decoder_config import FULL_ATTENTION, DecoderConfig, Experts, shape_problem
from app.graph.gguf.file import GgufFile
from app.graph.gguf.metadata import Metadata
from app.graph.gguf.names import OUTPUT, TABLE, has_part
from app.graph.gguf.rotation import read_rotation, rope_parameters

_WIDEST_HEAD = 1 << 12
_SWIGLU_LIMIT, _SWIGLU_ALPHA = 7.0, 1.702  # of gpt-oss; the file does not say


@dataclass(frozen=True)
class _Kind:
    """What distinguishes an architecture.

    Attributes:
        model_type: what transformers calls it.
        classname: transformers' class.
        interleaved: query and key rows were moved so that neighbours are rotated together.
        head_norms: it has them.
        experts: it is gpt-oss, with experts, sinks and windows.
    """

    model_type: str
    classname: str
    interleaved: bool = False
    head_norms: bool = False
    experts: bool = False


_KINDS: Mapping[str, _Kind] = {
    "llama": _Kind("llama", "LlamaForCausalLM", interleaved=True),
    "qwen2": _Kind("qwen2", "Qwen2ForCausalLM"),
    "qwen3": _Kind("qwen3", "Qwen3ForCausalLM", head_norms=True),
    "gpt-oss": _Kind("gpt_oss", "GptOssForCausalLM", experts=True),
}
ARCHITECTURES = tuple(_KINDS)


def read_architecture(file: GgufFile) -> DecoderConfig:
    """The sizes of the model in a file.

    Raises:
        UnsupportedModel: another architecture, or a variant that no graph is made for.
        ModelDamaged: a key is missing or says what cannot be.
    """
    data = Metadata(file)
    kind = _kind(data)
    if not kind.experts and data.file.metadata.get(f"{data.architecture}.expert_count"):
        raise _unsupported(data, "a mixture of experts")
    table = file.tensors.get(TABLE)
    hidden, heads = data.count(".embedding_length"), data.count(".attention.head_count")
    head_dim = data.count(".attention.key_length", max(1, hidden // heads), _WIDEST_HEAD)
    config = DecoderConfig(
        vocabulary=table.shape[0] if table else data.count(".vocab_size"),
        hidden=hidden,
        intermediate=_intermediate(data, kind),
        heads=heads,
        kv_heads=data.count(".attention.head_count_kv", heads),
        head_dim=head_dim,
        windows=_windows(data, kind),
        positions=data.count(".context_length"),
        epsilon=data.number(".attention.layer_norm_rms_epsilon"),
        tied_embeddings=OUTPUT not in file.tensors,
        rope=read_rotation(data, head_dim, interleaved=kind.interleaved, truncate=not kind.experts),
        qkv_bias=has_part(file, "attn_q.bias"),
        output_bias=has_part(file, "attn_output.bias"),
        head_norms=kind.head_norms,
        sinks=kind.experts,
        experts=_experts(data) if kind.experts else None,
    )
    problem = shape_problem(config)
    if data.count(".attention.value_length", head_dim) != head_dim:
        problem = "values of another width than its keys"
    if problem:
        raise _unsupported(data, problem)
    return config


def config_json(file: GgufFile, config: DecoderConfig) -> dict[str, Any]:
    """What transformers' `config.json` of the model would say."""
    data = Metadata(file)
    kind = _kind(data)
    content: dict[str, Any] = {
        "architectures": [kind.classname],
        "model_type": kind.model_type,
        "vocab_size": config.vocabulary,
        "hidden_size": config.hidden,
        "intermediate_size": config.intermediate,
        "num_hidden_layers": config.layers,
        "num_attention_heads": config.heads,
        "num_key_value_heads": config.kv_heads,
        "head_dim": config.head_dim,
        "max_position_embeddings": config.positions,
        "rms_norm_eps": config.epsilon,
        "rope_parameters": rope_parameters(config.rope),
        "tie_word_embeddings": config.tied_embeddings,
        "attention_bias": config.qkv_bias,
        "hidden_act": "silu",
    }
    if config.experts:
        content |= _experts_json(config, config.experts)
    for name in ("bos", "eos", "pad"):
        if (token := data.token("padding" if name == "pad" else name)) is not None:
            content[f"{name}_token_id"] = token
    return content


def _kind(data: Metadata) -> _Kind:
    found = _KINDS.get(data.architecture)
    if found is None:
        raise UnsupportedModel(
            "{path} holds a model of the architecture {architecture!r}.",
            "Choose a model of one of these: {known}.",
            path=data.file.path,
            architecture=data.architecture,
            known=", ".join(ARCHITECTURES),
        )
    return found


def _intermediate(data: Metadata, kind: _Kind) -> int:
    if kind.experts and data.file.metadata.get(f"{data.architecture}.expert_feed_forward_length"):
        return data.count(".expert_feed_forward_length")
    return data.count(".feed_forward_length")


def _windows(data: Metadata, kind: _Kind) -> tuple[int, ...]:
    """Every other layer of gpt-oss sees a window, beginning with the first; other models see everything."""
    layers = data.count(".block_count", most=len(data.file.tensors))
    if not kind.experts or not data.file.metadata.get(f"{data.architecture}.attention.sliding_window"):
        return (FULL_ATTENTION,) * layers
    window = data.count(".attention.sliding_window")
    return tuple(FULL_ATTENTION if layer % 2 else window for layer in range(layers))


def _experts(data: Metadata) -> Experts:
    return Experts(
        data.count(".expert_count"), data.count(".expert_used_count"), _SWIGLU_LIMIT, _SWIGLU_ALPHA
    )


def _experts_json(config: DecoderConfig, experts: Experts) -> dict[str, Any]:
    kinds = [
        "full_attention" if window == FULL_ATTENTION else "sliding_attention" for window in config.windows
    ]
    windows = [window for window in config.windows if window != FULL_ATTENTION]
    return {
        "num_local_experts": experts.count,
        "num_experts_per_tok": experts.per_token,
        "swiglu_limit": experts.limit,
        "layer_types": kinds,
        "sliding_window": windows[0] if windows else None,
    }


def _unsupported(data: Metadata, problem: str) -> UnsupportedModel:
    return UnsupportedModel(
        "{path} has {problem}, which no graph can be made for.",
        "Choose another file, or the model's ONNX form.",
        path=data.file.path,
        problem=problem,
    )
