from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.sampler import Sampling, build_sampler
from app.respond.preset import preset_sampling
from app.respond.request import read_request


@pytest.mark.parametrize(
    ("generation", "sampling"),
    [
        ({}, Sampling()),
        ({"do_sample": False, "temperature": 0.7}, Sampling(temperature=0.0)),
        ({"do_sample": True, "temperature": 0.6, "top_p": 0.95, "top_k": 20}, Sampling(0.6, 0.95, 20)),
        ({"temperature": 9, "top_p": "much", "top_k": True, "min_p": None}, Sampling()),
    ],
)
def test_a_models_recommendation(generation, sampling):
    assert preset_sampling(generation) == sampling


@given(
    st.dictionaries(
        st.sampled_from(["temperature", "top_p", "top_k", "min_p", "do_sample"]), st.from_type(object)
    )
)
def test_whatever_the_file_says_a_sampler_can_be_built(generation):
    build_sampler(preset_sampling(generation), 10, ())


def test_what_the_request_says_wins():
    preset = Sampling(temperature=0.0, top_p=0.5)
    request = read_request({"input": "hi", "temperature": 1.0, "indoors": {"seed": 3}})
    assert request.with_preset(preset).sampling == Sampling(temperature=1.0, top_p=0.5, seed=3)
