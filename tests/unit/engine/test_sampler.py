from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.engine.sampler import Sampling, build_sampler
from app.errors import InferenceFailed, RequestError

SIZES = st.integers(2, 1500)


def reference(logits, sampling):
    """Probabilities by sorting, in float64; tokens as probable as the last one kept stay too."""
    scaled = logits.astype(np.float64) / sampling.temperature
    if 0 < sampling.top_k < scaled.size:
        scaled[scaled < np.sort(scaled)[-sampling.top_k]] = -np.inf
    weights = np.exp(scaled - scaled.max())
    probabilities = weights / weights.sum()
    order = np.argsort(-probabilities, kind="stable")
    last = int(np.searchsorted(np.cumsum(probabilities[order]), sampling.top_p))
    bound = probabilities[order][min(last, scaled.size - 1)]
    bound = max(bound, sampling.min_p * probabilities.max())
    kept = np.where(probabilities >= bound * (1 - 1e-9), probabilities, 0.0)
    return kept / kept.sum()


def normal(size, seed, scale=3.0):
    return (np.random.default_rng(seed).standard_normal(size) * scale).astype(np.float32)


@given(
    SIZES,
    st.integers(0, 2**32),
    st.floats(0.2, 3),
    st.floats(0.05, 1.0),
    st.integers(0, 1600),
    st.floats(0, 0.5),
)
def test_only_draws_what_a_sort_would_keep(size, seed, temperature, top_p, top_k, min_p):
    logits = normal(size, seed)
    sampling = Sampling(temperature, top_p, top_k, min_p, seed=seed)
    expected = reference(logits, sampling)
    sampler = build_sampler(sampling, size, ())
    drawn = {sampler(logits, []) for _ in range(20)}
    strictly_inside = np.flatnonzero(expected > 0)
    # float32 and float64 may disagree about the one token at the border
    border = np.sort(logits)[::-1][min(strictly_inside.size, size - 1)]
    assert all(expected[id_] > 0 or math.isclose(logits[id_], border, rel_tol=1e-5) for id_ in drawn)


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(seed=1),
        Sampling(temperature=0.6, seed=2),
        Sampling(top_p=0.7, seed=3),
        Sampling(top_k=5, seed=4),
        Sampling(min_p=0.2, seed=5),
        Sampling(temperature=1.4, top_k=30, top_p=0.9, min_p=0.02, seed=6),
    ],
)
def test_draws_in_proportion(sampling):
    logits, draws = normal(600, 9, 1.5), 5000
    sampler = build_sampler(sampling, logits.size, ())
    counts = np.bincount([sampler(logits, []) for _ in range(draws)], minlength=logits.size)
    expected = reference(logits, sampling) * draws
    assert not counts[expected == 0].any()
    common = expected > 5
    chi_square = float((((counts - expected) ** 2)[common] / expected[common]).sum())
    freedom = int(common.sum())
    assert chi_square < freedom + 5 * math.sqrt(2 * freedom)


@given(SIZES, st.integers(0, 2**32))
def test_zero_temperature_takes_the_largest(size, seed):
    logits = normal(size, seed)
    assert build_sampler(Sampling(temperature=0.0), size, ())(logits, []) == int(logits.argmax())


@given(st.integers(0, 2**32), st.floats(0.3, 1.0))
def test_the_same_seed_draws_the_same(seed, top_p):
    logits = normal(400, seed)
    samplers = [build_sampler(Sampling(top_p=top_p, seed=seed), 400, ()) for _ in range(2)]
    first, second = ([sampler(logits, []) for _ in range(10)] for sampler in samplers)
    assert first == second


def test_without_a_seed_draws_differ():
    logits = np.zeros(10**6, np.float32)
    assert len({build_sampler(Sampling(), logits.size, ())(logits, []) for _ in range(5)}) > 1


@given(st.integers(0, 2**32), st.sets(st.integers(0, 80), max_size=40), st.sampled_from([0.0, 1.0]))
def test_masked_ids_are_never_drawn(seed, masked, temperature):
    assume(len({id_ for id_ in masked if id_ < 50}) < 50)
    logits = normal(50, seed)
    sampler = build_sampler(Sampling(temperature=temperature, seed=seed), 50, masked)
    assert not {sampler(logits, []) for _ in range(30)} & masked


def test_logits_are_left_as_they_are():
    logits = normal(100, 1)
    before = logits.copy()
    sampler = build_sampler(Sampling(top_p=0.5, top_k=9, repetition_penalty=1.3, seed=0), 100, [1])
    sampler(logits, [2, 3])
    np.testing.assert_array_equal(logits, before)


def test_half_precision_logits():
    logits = normal(100, 1).astype(np.float16)
    assert build_sampler(Sampling(temperature=0.0), 100, ())(logits, []) == int(logits.argmax())


def test_repetition_penalty_counts_prompt_and_output():
    logits = np.array([2.0, 1.9, -0.1, -0.15], np.float32)
    sampler = build_sampler(Sampling(temperature=0.0, repetition_penalty=2.0), 4, ())
    assert sampler(logits, [0]) == 1
    assert sampler(logits, [0, 1]) == 0, "both are halved"
    negative = np.array([-9.0, -9.0, -0.1, -0.15], np.float32)
    assert sampler(negative, [0, 1, 2]) == 3, "a negative logit is multiplied"


def test_presence_and_frequency_penalty_count_the_output_alone():
    logits = np.array([3.0, 2.0, 0.0], np.float32)
    presence = build_sampler(Sampling(temperature=0.0, presence_penalty=1.5), 3, ())
    assert presence(logits, [0, 0]) == 0, "that was the prompt"
    assert presence(logits, [0, 0, 0]) == 1
    frequency = build_sampler(Sampling(temperature=0.0, frequency_penalty=0.6), 3, ())
    assert [frequency(logits, []), frequency(logits, [0]), frequency(logits, [0, 0])] == [0, 0, 1]


def test_logit_bias():
    logits = np.zeros(5, np.float32)
    assert build_sampler(Sampling(temperature=0.0, logit_bias={3: 1.0}), 5, ())(logits, []) == 3
    assert build_sampler(Sampling(seed=1, logit_bias={3: 100.0}), 5, ())(logits, []) == 3


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_logits_that_are_no_numbers(bad, temperature):
    logits = normal(300, 2)
    logits[120] = bad
    with pytest.raises(InferenceFailed, match="not numbers") as raised:
        build_sampler(Sampling(temperature=temperature), 300, ())(logits, [])
    assert "--exact" in raised.value.hint


def test_tiny_temperatures_do_not_overflow():
    logits = normal(300, 2, 1e30)
    assert build_sampler(Sampling(temperature=1e-4, seed=0), 300, ())(logits, []) == int(logits.argmax())


@pytest.mark.parametrize(
    ("sampling", "name"),
    [
        (Sampling(temperature=-0.1), "temperature"),
        (Sampling(temperature=math.nan), "temperature"),
        (Sampling(top_p=0.0), "top_p"),
        (Sampling(top_p=1.1), "top_p"),
        (Sampling(top_k=-1), "top_k"),
        (Sampling(min_p=1.0), "min_p"),
        (Sampling(repetition_penalty=0.0), "repetition_penalty"),
        (Sampling(presence_penalty=math.inf), "presence_penalty"),
        (Sampling(logit_bias={50: 1.0}), "logit_bias"),
        (Sampling(logit_bias={-1: 1.0}), "logit_bias"),
        (Sampling(logit_bias={1: math.nan}), "logit_bias"),
    ],
)
def test_parameters_out_of_bounds(sampling, name):
    with pytest.raises(RequestError, match=name):
        build_sampler(sampling, 50, ())
