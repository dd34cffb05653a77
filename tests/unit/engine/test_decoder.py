from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.engine.runtime import VERSION, RunOptions
from app.errors import Cancelled
from app.graph.adapt import GraphPlan, adapt_graph
from tests.support import parts


def ids_for(length):
    return np.random.default_rng(0).integers(0, 50, length).tolist()


def compute(decoder, ids):
    return decoder.compute(ids, RunOptions()).copy()


@pytest.mark.parametrize("name", ["loaded", "concatenating"])
def test_logits_equal_a_bare_session(name, request, tmp_path):
    loaded = request.getfixturevalue(name)
    decoder = loaded.decoder
    decoder.cache.truncate(0)
    adapted = adapt_graph(loaded.folder, GraphPlan(exact=True), tmp_path, VERSION)
    ids, chunks = ids_for(40), [17, 1, 1, 20, 1]
    expected = parts.logits(adapted, np.array(ids), chunks)
    places = np.cumsum([0, *chunks])
    for number, (start, end) in enumerate(pairwise(places)):
        got = compute(decoder, ids[start:end])
        np.testing.assert_allclose(got, expected[number], atol=2e-5)


def test_truncating_forgets_only_what_is_behind(any_decoder):
    ids = ids_for(30)
    compute(any_decoder, ids[:20])
    straight = compute(any_decoder, ids[20:])
    any_decoder.cache.truncate(20)
    compute(any_decoder, [1, 2, 3, 4])
    any_decoder.cache.truncate(20)
    assert any_decoder.cache.tokens == ids[:20]
    np.testing.assert_allclose(compute(any_decoder, ids[20:]), straight, atol=1e-6)


def test_buffers_grow_and_keep_what_they_hold(decoder):
    ids = ids_for(1100)
    for start in range(0, 1000, 250):
        compute(decoder, ids[start : start + 250])
    assert decoder.cache.capacity == 1024
    grown = compute(decoder, ids[1000:])
    assert decoder.cache.capacity == 2048
    decoder.cache.truncate(0)
    np.testing.assert_allclose(grown, compute(decoder, ids), atol=2e-5)


def test_one_token_after_another_writes_into_the_same_memory(any_decoder):
    ids = ids_for(12)
    one_by_one = [compute(any_decoder, [id_]) for id_ in ids][-1]
    any_decoder.cache.truncate(0)
    np.testing.assert_allclose(one_by_one, compute(any_decoder, ids), atol=2e-5)


def test_a_terminated_run_leaves_the_cache_as_it_was(any_decoder):
    ids = ids_for(20)
    compute(any_decoder, ids[:10])
    options = RunOptions()
    options.terminate = True
    with pytest.raises(Cancelled):
        any_decoder.compute(ids[10:], options)
    assert any_decoder.cache.tokens == ids[:10]
    again = compute(any_decoder, ids[10:])
    any_decoder.cache.truncate(0)
    np.testing.assert_allclose(again, compute(any_decoder, ids), atol=2e-5)
