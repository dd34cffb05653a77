from __future__ import annotations

import pytest

from app.engine.loaded_graph import LoadOptions
from app.engine.measure import MeasureOptions, measure
from app.errors import Cancelled, UsageError
from app.progress import silent

LOAD = LoadOptions(exact=True, threads=2)


def test_every_figure_is_measured(gpt_oss_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("app.engine.bandwidth._BYTES", 1 << 24)
    phases = set()
    options = MeasureOptions(prompt_tokens=64, new_tokens=20, conversation_tokens=900)
    found = measure(gpt_oss_folder, LOAD, options, tmp_path, lambda *now: phases.add(now[0]), lambda: False)
    assert phases == {"bandwidth", "load", "prefill", "decode", "conversation"}
    assert found.context_length == 4096
    assert min(found.load_s, found.prefill_tokens_per_s, found.decode_tokens_per_s) > 0
    assert 0 < found.overhead_share < 1
    assert found.overhead_s == pytest.approx(found.overhead_share / found.decode_tokens_per_s)
    assert found.second_turn_s < found.first_turn_s
    assert found.token_bytes < found.weight_bytes
    assert found.bandwidth_share == pytest.approx(
        found.token_bytes * found.decode_tokens_per_s / found.read_bandwidth
    )
    assert found.kv_bytes == 1024 * 3 * 2 * 2 * 32 * 4


def test_without_a_conversation(gpt_oss_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("app.engine.bandwidth._BYTES", 1 << 24)
    found = measure(
        gpt_oss_folder, LOAD, MeasureOptions(8, 4, conversation_tokens=0), tmp_path, silent, lambda: False
    )
    assert found.first_turn_s is None
    assert found.second_turn_s is None


def test_more_tokens_than_the_context(gpt_oss_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("app.engine.bandwidth._BYTES", 1 << 24)
    load = LoadOptions(exact=True, threads=2, context=100)
    with pytest.raises(UsageError, match="context of 160"):
        measure(gpt_oss_folder, load, MeasureOptions(128, 32, 0), tmp_path, silent, lambda: False)


def test_cancelled_while_it_generates(gpt_oss_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("app.engine.bandwidth._BYTES", 1 << 24)
    seen = []
    with pytest.raises(Cancelled):
        measure(
            gpt_oss_folder,
            LOAD,
            MeasureOptions(8, 16, 0),
            tmp_path,
            lambda *now: seen.append(now[0]),
            lambda: "decode" in seen,
        )
