"""Graphs for DirectML compute what the published graph does, in any division of a prompt into pieces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.bucketed.load import adapt_for
from app.engine.providers.provider import Processor
from app.engine.runtime import RunOptions
from app.errors import Cancelled, UnsupportedModel
from app.graph.layout import open_folder
from tests.support import bucketed, decoding
from tests.support.checkpoints import CASES, prompt
from tests.support.published import (
    beyond_half,
    bias_inside,
    build,
    flat_scales,
    large_sinks,
    last_row_only,
    separate_projections,
)

# A prompt crosses the recent cache and its end; answers fill it and move it; then another prompt.
CHUNKS = [20, *[1] * 14, 9, 1, 16, 1, 1]
WHOLE_BLOCKS = {name: model for name, model in CASES.items() if name not in {"no_whole_blocks", "plain"}}
EXPORTS = {
    "flat scales": [flat_scales],
    "bias inside": [bias_inside],
    "last row": [last_row_only],
    "separate projections": [separate_projections],
    "large sinks": [large_sinks],
}


def expected(folder: Path, ids: np.ndarray) -> np.ndarray:
    return decoding.logits(folder, ids, [len(ids)])[np.cumsum(CHUNKS) - 1]


@pytest.mark.parametrize("case", WHOLE_BLOCKS)
def test_logits_are_those_of_the_published_graph(case: str, tmp_path: Path) -> None:
    model = WHOLE_BLOCKS[case]
    folder, ids = build(tmp_path / "model", model), prompt(model, sum(CHUNKS))
    found = bucketed.logits(bucketed.load(folder), ids.tolist(), CHUNKS)
    np.testing.assert_allclose(found, expected(folder, ids), atol=5e-5)


@pytest.mark.parametrize("case", EXPORTS)
def test_other_ways_of_publishing(case: str, tmp_path: Path) -> None:
    model = CASES["window"]
    folder, ids = build(tmp_path / "model", model, changes=EXPORTS[case]), prompt(model, sum(CHUNKS))
    plain = build(tmp_path / "plain", model, changes=[large_sinks] if case == "large sinks" else [])
    found = bucketed.logits(bucketed.load(folder), ids.tolist(), CHUNKS)
    np.testing.assert_allclose(found, expected(plain, ids), atol=5e-5)


@pytest.mark.parametrize("half", [True, False])
def test_fp16(half: bool, tmp_path: Path) -> None:
    """Published so, or made so of fp32."""
    model = CASES["mxfp4"]
    folder, ids = build(tmp_path / "model", model, half=half), prompt(model, sum(CHUNKS))
    decoder = bucketed.load(folder, exact=half)
    found, wanted = bucketed.logits(decoder, ids.tolist(), CHUNKS), expected(folder, ids)
    assert decoder.compute([1], RunOptions()).dtype == np.float16
    assert np.abs(found - wanted).max() < 0.01 * np.ptp(wanted)


def test_hidden_states_beyond_fp16(tmp_path: Path) -> None:
    model = CASES["window"]
    folder, ids = build(tmp_path / "model", model, changes=[beyond_half]), prompt(model, sum(CHUNKS))
    found, wanted = (
        bucketed.logits(bucketed.load(folder, exact=False), ids.tolist(), CHUNKS),
        expected(folder, ids),
    )
    assert np.abs(found - wanted).max() < 0.01 * np.ptp(wanted)


def test_experts_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = replace(CASES["sixteen_experts"], shards=1)
    five = 5 * 4 * model.hidden * model.intermediate
    monkeypatch.setattr("app.memory_plan._GROUP_BYTES", five)
    folder, ids = build(tmp_path / "model", model), prompt(model, sum(CHUNKS))
    found = bucketed.logits(bucketed.load(folder), ids.tolist(), CHUNKS)
    np.testing.assert_allclose(found, expected(folder, ids), atol=5e-5)


def test_too_many_experts_go_token_by_token(tmp_path: Path) -> None:
    model = replace(CASES["window"], experts=40, layers=1)
    folder, ids = build(tmp_path / "model", model), prompt(model, sum(CHUNKS))
    found = bucketed.logits(bucketed.load(folder), ids.tolist(), CHUNKS)
    np.testing.assert_allclose(found, expected(folder, ids), atol=5e-5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("shared") / "model", CASES["window"])


@pytest.fixture(scope="module")
def straight(folder: Path) -> np.ndarray:
    return decoding.logits(folder, prompt(CASES["window"], 90), [90])


@pytest.fixture(scope="module")
def shared(folder: Path) -> bucketed.BucketedDecoder:
    return bucketed.load(folder)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chunks=st.lists(st.integers(1, 40), min_size=1, max_size=12),
    kept=st.floats(0, 1),
    rest=st.lists(st.integers(1, 30), min_size=1, max_size=4),
)
def test_any_pieces_and_any_way_back(
    chunks: list[int], kept: float, rest: list[int], shared: bucketed.BucketedDecoder, straight: np.ndarray
) -> None:
    """A conversation that is cut back anywhere goes on as if it had never been longer."""
    ids = prompt(CASES["window"], 90).tolist()
    shared.cache.truncate(0)
    for chunk in chunks:
        past = len(shared.cache.tokens)
        shared.compute(ids[past : past + chunk] or ids[:1], RunOptions()) if past + chunk <= 60 else None
    shared.cache.truncate(int(kept * len(shared.cache.tokens)))
    for chunk in rest:
        past = len(shared.cache.tokens)
        if past + chunk > 90:
            break
        found = shared.compute(ids[past : past + chunk], RunOptions())
        np.testing.assert_allclose(found, straight[past + chunk - 1], atol=5e-5)


def test_a_larger_cache_keeps_what_it_holds(
    folder: Path, straight: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.memory_plan._FIRST_DEVICE_CAPACITY", 32)
    decoder, ids = bucketed.load(folder), prompt(CASES["window"], 90).tolist()
    assert decoder.cache.capacity == 32
    found = bucketed.logits(decoder, ids, [20, 5, 1, 30, 1, 30])
    assert decoder.cache.capacity == 96
    np.testing.assert_allclose(found, straight[np.cumsum([20, 5, 1, 30, 1, 30]) - 1], atol=5e-5)


def test_a_stopped_run_goes_on_where_it_was(shared: bucketed.BucketedDecoder, straight: np.ndarray) -> None:
    ids = prompt(CASES["window"], 90).tolist()
    shared.cache.truncate(0)
    shared.compute(ids[:20], RunOptions())
    options = RunOptions()
    options.terminate = True
    with pytest.raises(Cancelled):
        shared.compute(ids[20:40], options)
    past = len(shared.cache.tokens)
    assert past == 20
    np.testing.assert_allclose(shared.compute(ids[past:50], RunOptions()), straight[49], atol=5e-5)


def test_every_heavy_node_is_counted(shared: bucketed.BucketedDecoder) -> None:
    share = shared.placement["CPUExecutionProvider"]
    assert share.operators["MatMulNBits"] == 4 * 4 + 1  # two of attention and two of experts; the head
    assert share.bytes > 0


def test_rows_that_do_not_divide_are_refused(tmp_path: Path) -> None:
    folder = build(tmp_path / "model", CASES["no_whole_blocks"])
    with pytest.raises(UnsupportedModel, match="blocks"):
        bucketed.load(folder)


def test_the_fp16_model_of_an_fp32_one_says_so(folder: Path) -> None:
    model = adapt_for(open_folder(folder), Processor(version=bucketed.RUNTIME), exact=False)
    assert model.interface.kv_type == model.interface.logits_type == np.float16
