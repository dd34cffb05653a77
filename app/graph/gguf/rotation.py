"""Rotary embeddings as a GGUF file describes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.errors import ModelDamaged, UnsupportedModel
from app.graph.gguf.cursor import AGAIN
from app.graph.gguf.metadata import Metadata
from app.graph.gguf.names import FREQUENCY_FACTORS
from app.graph.rope import Rope, Yarn, mscale

_THETA = 10000.0


def read_rotation(data: Metadata, head_dim: int, *, interleaved: bool, truncate: bool) -> Rope:
    """Read base, scaling and frequency factors.

    Args:
        data: of the file.
        head_dim: width of a head.
        interleaved: neighbours are rotated together.
        truncate: YaRN's bounds are rounded, as llama.cpp does for every model; gpt-oss was trained without.

    Raises:
        UnsupportedModel: a part of each head is rotated, or a kind of scaling that is not known.
        ModelDamaged: a number cannot be right.
    """
    kind = data.text(".rope.scaling.type", "none")
    if data.count(".rope.dimension_count", head_dim) != head_dim:
        raise _unsupported(data, "rotates only a part of each head")
    theta = data.number(".rope.freq_base", _THETA)
    if theta <= 1:
        raise _damaged(data, f"the base of its rotary embedding is {theta}")
    divisors = _factors(data, head_dim)
    if kind == "linear":
        factor = data.number(".rope.scaling.factor")
        divisors = tuple(factor * each for each in divisors or (1.0,) * (head_dim // 2))
    elif kind not in {"none", "yarn"}:
        raise _unsupported(data, f"scales its rotary embedding in the way {kind!r}")
    yarn = _yarn(data, truncate=truncate) if kind == "yarn" else None
    return Rope(head_dim, theta, yarn, divisors, interleaved)


def rope_parameters(rope: Rope) -> dict[str, Any]:
    """The same as transformers writes it, as far as it has words for it."""
    if rope.yarn is None:
        return {"rope_type": "default", "rope_theta": rope.theta}
    return {
        "rope_type": "yarn",
        "rope_theta": rope.theta,
        "factor": rope.yarn.factor,
        "original_max_position_embeddings": int(rope.yarn.original_positions),
        "beta_fast": rope.yarn.beta_fast,
        "beta_slow": rope.yarn.beta_slow,
        "truncate": rope.yarn.truncate,
        "attention_factor": rope.yarn.attention_factor,
    }


def _factors(data: Metadata, head_dim: int) -> tuple[float, ...]:
    """Divisors of the frequencies, one for each pair of dimensions, as Llama 3.1's files carry them."""
    tensor = data.file.tensors.get(FREQUENCY_FACTORS)
    if tensor is None:
        return ()
    if tensor.format.name != "F32" or tensor.shape != (head_dim // 2,):
        raise _damaged(data, f"{FREQUENCY_FACTORS} is no list of {head_dim // 2} floats")
    values = tensor.rows.read().view("<f4").reshape(-1)
    if not (np.isfinite(values) & (values > 0)).all():
        raise _damaged(data, f"{FREQUENCY_FACTORS} holds a number that is not above 0")
    return tuple(values.tolist())


def _yarn(data: Metadata, *, truncate: bool) -> Yarn:
    factor = data.number(".rope.scaling.factor")
    return Yarn(
        factor=factor,
        original_positions=data.number(".rope.scaling.original_context_length"),
        beta_fast=data.number(".rope.scaling.yarn_beta_fast", 32.0),
        beta_slow=data.number(".rope.scaling.yarn_beta_slow", 1.0),
        truncate=truncate,
        attention_factor=mscale(factor, 1) * data.number(".rope.scaling.attn_factor", 1.0),
    )


def _unsupported(data: Metadata, problem: str) -> UnsupportedModel:
    return UnsupportedModel(
        "{path} {problem}, which no graph can be made for.",
        "Choose another file, or the model's ONNX form.",
        path=data.file.path,
        problem=problem,
    )


def _damaged(data: Metadata, reason: str) -> ModelDamaged:
    return ModelDamaged(
        "{path} is not a sound GGUF file: {reason}.", AGAIN, path=data.file.path, reason=reason
    )
