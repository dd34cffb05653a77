"""The part of a gpt-oss checkpoint's `config.json` that decides its graph.

Field names and defaults are those of transformers' `GptOssConfig` (versions 4 and 5).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import ModelDamaged, UnsupportedModel
from app.graph.decoder_config import FULL_ATTENTION, DecoderConfig, Experts, shape_problem
from app.graph.rope import read_rope

_WHAT_WORKS = "Only gpt-oss checkpoints (model_type gpt_oss) can be converted."


def parse_config(content: Mapping[str, Any], path: Path) -> DecoderConfig:
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
    bias = bool(content.get("attention_bias", True))
    config = DecoderConfig(
        vocabulary=fields.count("vocab_size"),
        hidden=fields.count("hidden_size"),
        intermediate=fields.count("intermediate_size"),
        heads=heads,
        kv_heads=fields.count("num_key_value_heads", heads),
        head_dim=head_dim,
        windows=_windows(fields),
        positions=positions,
        epsilon=fields.number("rms_norm_eps", 1e-5),
        tied_embeddings=bool(content.get("tie_word_embeddings", False)),
        rope=read_rope(content, head_dim, positions, path),
        qkv_bias=bias,
        output_bias=bias,
        sinks=True,
        experts=_experts(fields),
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


def _experts(fields: _Fields) -> Experts:
    return Experts(
        count=fields.count("num_local_experts"),
        per_token=fields.count("num_experts_per_tok", 4),
        limit=fields.number("swiglu_limit", 7.0),
        alpha=fields.number("swiglu_alpha", 1.702),
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


def _check(config: DecoderConfig, content: Mapping[str, Any], path: Path) -> None:
    """Refuse what the operators of the graph cannot compute."""
    problem = shape_problem(config)
    if content.get("hidden_act", "silu") != "silu":
        problem = f"hidden_act {content['hidden_act']!r} instead of 'silu'"
    if problem:
        raise UnsupportedModel(
            "{path} has {problem}, which no graph can be made for.", _WHAT_WORKS, path=path, problem=problem
        )
