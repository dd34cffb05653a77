"""How a model wants to be sampled where a request does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.sampler import Sampling

_BOUNDS = {
    "temperature": (0.0, 2.0),
    "top_p": (0.01, 1.0),
    "min_p": (0.0, 0.99),
    "repetition_penalty": (0.01, 10.0),
}


def preset_sampling(generation: Mapping[str, Any]) -> Sampling:
    """Read the recommendation in generation_config.json; what is absent or out of bounds keeps the default.

    Args:
        generation: its content, as Hugging Face's GenerationConfig names it. `do_sample: false` asks for the
            most probable token every time.
    """
    if generation.get("do_sample") is False:
        return Sampling(temperature=0.0)
    given = {name: generation.get(name) for name in _BOUNDS}
    found: dict[str, Any] = {name: value for name, value in given.items() if _fits(value, *_BOUNDS[name])}
    top_k = generation.get("top_k")
    if isinstance(top_k, int) and not isinstance(top_k, bool) and top_k > 0:
        found["top_k"] = top_k
    return Sampling(**found)


def _fits(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
