"""The part of a gpt-oss checkpoint's `config.json` that decides its graph.

Field names and defaults are those of transformers' `GptOssConfig` (versions 4 and 5).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import ModelDamaged, UnsupportedModel
from app.graph.rope import Rope, read_rope

FULL_ATTENTION = -1
_WHAT_WORKS = "Only gpt-oss checkpoints (model_type gpt_oss) can be converted."


@dataclass(frozen=True)
class GptOssConfig:
    """Sizes and constants of a gpt-oss model.

    Attributes:
        windows: for each layer the number of keys a query sees, itself included; FULL_ATTENTION for all.
        positions: the context length.
        swiglu_limit: clamp of the experts' gate and linear part.
        swiglu_alpha: factor inside the gate's sigmoid.
    """

    vocabulary: int
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    head_dim: int
    experts: int
    experts_per_token: int
    windows: tuple[int, ...]
    positions: int
    epsilon: float
    swiglu_limit: float
    swiglu_alpha: float
    attention_bias: bool
    tied_embeddings: bool
    rope: Rope

    @property
    def layers(self) -> int:
        """Number of decoder layers."""
        return len(self.windows)

    @property
    def head(self) -> str:
        """Logical name of the matrix that turns hidden states into logits."""
        return "model.embed_tokens.weight" if self.tied_embeddings else "lm_head.weight"

    def tensors(self) -> dict[str, tuple[int, ...]]:
        """Logical name → shape of every weight, output dimension first (experts: [expert, output, input])."""
        shapes: dict[str, tuple[int, ...]] = {"model.embed_tokens.weight": (self.vocabulary, self.hidden)}
        for layer in range(self.layers):
            shapes |= {f"model.layers.{layer}.{name}": shape for name, shape in self._layer().items()}
        shapes["model.norm.weight"] = (self.hidden,)
        if not self.tied_embeddings:
            shapes["lm_head.weight"] = (self.vocabulary, self.hidden)
        return shapes

    def _layer(self) -> dict[str, tuple[int, ...]]:
        hidden, experts = self.hidden, self.experts
        query, key = self.heads * self.head_dim, self.kv_heads * self.head_dim
        shapes: dict[str, tuple[int, ...]] = {
            "input_layernorm.weight": (hidden,),
            "post_attention_layernorm.weight": (hidden,),
            "self_attn.sinks": (self.heads,),
            "mlp.router.weight": (experts, hidden),
            "mlp.router.bias": (experts,),
            "mlp.experts.gate_up_proj": (experts, 2 * self.intermediate, hidden),
            "mlp.experts.gate_up_proj_bias": (experts, 2 * self.intermediate),
            "mlp.experts.down_proj": (experts, hidden, self.intermediate),
            "mlp.experts.down_proj_bias": (experts, hidden),
        }
        for name, outputs, inputs in (
            ("q", query, hidden),
            ("k", key, hidden),
            ("v", key, hidden),
            ("o", hidden, query),
        ):
            shapes[f"self_attn.{name}_proj.weight"] = (outputs, inputs)
            if self.attention_bias:
                shapes[f"self_attn.{name}_proj.bias"] = (outputs,)
        return shapes

    @property
    def parameters(self) -> int:
        """Number of weights."""
        return sum(math.prod(shape) for shape in self.tensors().values())


def parse_config(content: Mapping[str, Any], path: Path) -> GptOssConfig:
    """Read a checkpoint's configuration.

    Args:
        content: the parsed `config.json`.
        path: where it was read from; named in errors.

    Raises:
        UnsupportedModel: another architecture, or a variant of gpt-oss without a graph.
        ModelDamaged: a field is missing or is not what it must be.
    """
    if (kind := content.get("model_type")) != "gpt_oss":
        raise UnsupportedModel(
            "{path} describes the architecture {kind!r}.", _WHAT_WORKS, path=path, kind=kind
        )
    fields = _Fields(content, path)
    heads, head_dim = fields.count("num_attention_heads", 64), fields.count("head_dim", 64)
    positions = fields.count("max_position_embeddings", 131072)
    config = GptOssConfig(
        vocabulary=fields.count("vocab_size"),
        hidden=fields.count("hidden_size"),
        intermediate=fields.count("intermediate_size"),
        heads=heads,
        kv_heads=fields.count("num_key_value_heads", heads),
        head_dim=head_dim,
        experts=fields.count("num_local_experts"),
        experts_per_token=fields.count("num_experts_per_tok", 4),
        windows=_windows(fields),
        positions=positions,
        epsilon=fields.number("rms_norm_eps", 1e-5),
        swiglu_limit=fields.number("swiglu_limit", 7.0),
        swiglu_alpha=fields.number("swiglu_alpha", 1.702),
        attention_bias=bool(content.get("attention_bias", True)),
        tied_embeddings=bool(content.get("tie_word_embeddings", False)),
        rope=read_rope(content, head_dim, positions, path),
    )
    _check(config, content, path)
    return config


class _Fields:
    def __init__(self, content: Mapping[str, Any], path: Path) -> None:
        self._content, self._path = content, path

    def value(self, name: str, default: Any = None) -> Any:
        value = self._content.get(name)
        return default if value is None else value

    def count(self, name: str, default: int | None = None) -> int:
        value = self.value(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(name, "a whole number above 0")
        return value

    def number(self, name: str, default: float) -> float:
        value = self.value(name, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < math.inf:
            raise self.wrong(name, "a number above 0")
        return float(value)

    def wrong(self, name: str, wanted: str) -> ModelDamaged:
        found = repr(self._content[name]) if name in self._content else "nothing"
        return ModelDamaged(
            "{path}: {name} must be {wanted}, found {found}.",
            "Fetch the checkpoint again.",
            path=self._path,
            name=name,
            wanted=wanted,
            found=found,
        )


def _windows(fields: _Fields) -> tuple[int, ...]:
    layers = fields.count("num_hidden_layers")
    alternating = ["sliding_attention", "full_attention"] * ((layers + 1) // 2)
    kinds = fields.value("layer_types", alternating[:layers])
    if not isinstance(kinds, list) or len(kinds) != layers or not set(kinds) <= set(alternating):
        raise fields.wrong("layer_types", f"a list of {layers} times sliding_attention or full_attention")
    if fields.value("sliding_window") is None:
        return (FULL_ATTENTION,) * layers
    window = fields.count("sliding_window")
    return tuple(window if kind == "sliding_attention" else FULL_ATTENTION for kind in kinds)


def _check(config: GptOssConfig, content: Mapping[str, Any], path: Path) -> None:
    """Refuse what the operators of the graph cannot compute."""
    problem = ""
    if content.get("hidden_act", "silu") != "silu":
        problem = f"hidden_act {content['hidden_act']!r} instead of 'silu'"
    elif config.heads % config.kv_heads:
        problem = f"{config.heads} attention heads, not a multiple of its {config.kv_heads} key-value heads"
    elif config.head_dim % 16:
        problem = f"head_dim {config.head_dim}, not a multiple of 16"
    elif config.experts_per_token > config.experts:
        problem = f"{config.experts_per_token} experts per token but only {config.experts} experts"
    elif config.hidden % 2 or config.intermediate % 2:
        problem = f"an odd size among hidden_size {config.hidden} and intermediate_size {config.intermediate}"
    if problem:
        raise UnsupportedModel(
            "{path} has {problem}, which no graph can be made for.", _WHAT_WORKS, path=path, problem=problem
        )
