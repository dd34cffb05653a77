"""Choosing the next token from logits.

The order follows transformers' processors: repetition penalty (Keskar et al. 2019, CTRL), presence and
frequency penalty and logit bias (OpenAI API), temperature, top-k, top-p (Holtzman et al. 2019), min-p
(Nguyen et al. 2024).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from app.engine.constraint import Constraint
from app.engine.draw import Drawer, Logits
from app.engine.penalties import Adjustment
from app.errors import InferenceFailed, RequestError

Sampler = Callable[[Logits, Sequence[int]], int]
"""Called with logits [vocabulary] (left unchanged) and the ids so far; returns the next id.

The ids of the first call are the prompt; what later calls have beyond them is output, so a sampler serves one
request. Raises InferenceFailed when the logits are not numbers.
"""

_GREEDY_BELOW = 1e-5


@dataclass(frozen=True)
class Sampling:
    """How to sample.

    Attributes:
        temperature: divides the logits; 0 always takes the most probable token.
        top_p: keep the most probable tokens that together reach this probability, in (0, 1].
        top_k: keep this many of the most probable tokens; 0 keeps all.
        min_p: keep tokens at least this probable relative to the most probable one, in [0, 1).
        repetition_penalty: above 1 makes tokens of the prompt and the output less likely.
        presence_penalty: subtracted from the logits of every token already in the output.
        frequency_penalty: subtracted once for each time a token is in the output.
        logit_bias: added to the logits of single tokens.
        seed: the same seed gives the same choices; None draws a fresh one.
    """

    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    presence_penalty: float = 0.0
    frequency_penalty: float = 0.0
    logit_bias: Mapping[int, float] = field(default_factory=dict)
    seed: int | None = None


def build_sampler(
    sampling: Sampling,
    vocabulary_size: int,
    masked_ids: Collection[int],
    constraint: Constraint | None = None,
) -> Sampler:
    """Make the function that chooses tokens for one request.

    Args:
        sampling: how to sample.
        vocabulary_size: number of logits.
        masked_ids: ids that are never chosen (reserved ids without text).
        constraint: a grammar that the output must follow; None for none.

    Raises:
        RequestError: a parameter is out of its bounds.
    """
    _check(sampling, vocabulary_size)
    adjustment = Adjustment(
        vocabulary_size,
        masked_ids=masked_ids,
        repetition=sampling.repetition_penalty,
        presence=sampling.presence_penalty,
        frequency=sampling.frequency_penalty,
        bias=sampling.logit_bias,
    )
    choose = _most_probable
    if sampling.temperature >= _GREEDY_BELOW:
        drawer = Drawer(
            vocabulary_size,
            temperature=sampling.temperature,
            top_k=sampling.top_k,
            top_p=sampling.top_p,
            min_p=sampling.min_p,
            generator=np.random.default_rng(sampling.seed),
        )
        choose = drawer.draw

    def sample(logits: Logits, history: Sequence[int]) -> int:
        adjusted = adjustment.apply(logits, history)
        if constraint is not None:
            constraint.apply(_finite(adjusted), history)
        return choose(_finite(adjusted))

    return sample


def _most_probable(logits: Logits) -> int:
    return int(logits.argmax())


def _finite(logits: Logits) -> Logits:
    """The largest logit is NaN when any is, so this one check covers them all."""
    if not isfinite(float(logits.max())):
        raise InferenceFailed(
            "The model's logits are not numbers: its weights are damaged, or overflow.",
            "Try --exact, which computes with full precision, or verify the model's files.",
        )
    return logits


def _check(sampling: Sampling, vocabulary_size: int) -> None:
    bounds = {
        "temperature": (sampling.temperature, sampling.temperature >= 0.0, "0 or more"),
        "top_p": (sampling.top_p, 0.0 < sampling.top_p <= 1.0, "above 0 and at most 1"),
        "top_k": (sampling.top_k, sampling.top_k >= 0, "0 or more"),
        "min_p": (sampling.min_p, 0.0 <= sampling.min_p < 1.0, "from 0 to below 1"),
        "repetition_penalty": (sampling.repetition_penalty, sampling.repetition_penalty > 0.0, "above 0"),
        "presence_penalty": (sampling.presence_penalty, True, "a number"),
        "frequency_penalty": (sampling.frequency_penalty, True, "a number"),
    }
    for name, (value, inside, wanted) in bounds.items():
        if not (inside and isfinite(value)):
            raise RequestError(
                "{name} is {value}; it must be {wanted}.",
                "Change it and ask again.",
                name=name,
                value=value,
                wanted=wanted,
            )
    for id_, bias in sampling.logit_bias.items():
        if not 0 <= id_ < vocabulary_size or not isfinite(bias):
            raise RequestError(
                "logit_bias has {id}: {bias}, but ids are below {vocabulary_size} and biases are numbers.",
                "Change it and ask again.",
                id=id_,
                bias=bias,
                vocabulary_size=vocabulary_size,
            )
