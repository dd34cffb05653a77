from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from app.engine.generate import Generation, Limits
from app.engine.sampler import Sampling, build_sampler
from app.engine.statistics import StopReason
from app.errors import ContextExceeded, InferenceFailed, RequestError
from app.progress import silent

GREEDY = Sampling(temperature=0.0)


def start(decoder, *, context=512, max_tokens=12, stop_ids=(), cancelled=lambda: False, sampler=None):
    sampler = sampler or build_sampler(GREEDY, 61, ())
    return Generation(decoder, sampler, Limits(context, max_tokens, frozenset(stop_ids)), cancelled)


def prompt_of(length, seed=1):
    return np.random.default_rng(seed).integers(0, 50, length).tolist()


@pytest.fixture
def fresh(decoder):
    """What a prompt gives from an empty cache."""

    def answer(prompt, **limits):
        decoder.cache.truncate(0)
        return list(start(decoder, **limits).run(prompt, silent))

    return answer


def test_statistics_add_up(decoder):
    generation = start(decoder, max_tokens=9)
    ids = list(generation.run(prompt_of(30), silent))
    statistics = generation.statistics
    assert (statistics.input_tokens, statistics.cached_tokens, statistics.output_tokens) == (30, 0, 9)
    assert len(ids) == 9
    assert statistics.stop_reason is StopReason.LENGTH
    assert 0 < statistics.prefill_s <= statistics.ttft_s
    assert 0 < statistics.run_s < statistics.decode_s
    assert statistics.overhead_s == pytest.approx((statistics.decode_s - statistics.run_s) / 8)


def test_a_long_prompt_is_computed_in_chunks_with_progress(decoder, fresh):
    heard = []
    prompt = prompt_of(600)
    generation = start(decoder, context=1000)
    chunked = list(generation.run(prompt, lambda *now: heard.append(now)))
    assert heard == [("prefill", done, 600) for done in (0, 256, 512, 600)]
    assert chunked == fresh(prompt, context=1000)


def test_the_next_turn_computes_only_what_changed(decoder, fresh):
    prompt = prompt_of(200)
    reply = fresh(prompt)
    following = [*prompt, *reply, *prompt_of(10, seed=2)]
    generation = start(decoder)
    ids = list(generation.run(following, silent))
    assert generation.statistics.cached_tokens == 200 + len(reply) - 1, "the last token was never computed"
    assert ids == fresh(following)


def test_a_changed_history_is_computed_from_the_change_on(decoder, fresh):
    prompt = prompt_of(100)
    fresh(prompt)
    changed = [*prompt[:60], 0, 1, 2, *prompt[63:]]
    changed[60] = (prompt[60] + 1) % 50
    generation = start(decoder)
    ids = list(generation.run(changed, silent))
    assert generation.statistics.cached_tokens == 60
    assert ids == fresh(changed)


def test_the_same_prompt_again_computes_one_token(decoder, fresh):
    prompt = prompt_of(50)
    expected = fresh(prompt)
    generation = start(decoder)
    assert list(generation.run(prompt, silent)) == expected
    assert generation.statistics.cached_tokens == 49


def test_a_stop_token_ends_the_output_and_is_part_of_it(fresh, decoder):
    prompt = prompt_of(20)
    ids = fresh(prompt)
    stop = ids[3]
    generation = start(decoder, stop_ids=[stop])
    assert list(generation.run(prompt, silent)) == ids[: ids.index(stop) + 1]
    assert generation.statistics.stop_reason is StopReason.STOP


def test_a_full_context_ends_the_output(decoder):
    generation = start(decoder, context=25, max_tokens=100)
    assert len(list(generation.run(prompt_of(20), silent))) == 5
    assert generation.statistics.stop_reason is StopReason.CONTEXT


def test_no_tokens_asked_for(decoder):
    generation = start(decoder, max_tokens=0)
    assert list(generation.run(prompt_of(20), silent)) == []
    assert generation.statistics.stop_reason is StopReason.LENGTH


@pytest.mark.parametrize("length", [25, 26, 300])
def test_a_prompt_that_leaves_no_room(decoder, length):
    with pytest.raises(ContextExceeded, match=f"{length} tokens"):
        list(start(decoder, context=25).run(prompt_of(length), silent))


def test_an_empty_prompt(decoder):
    with pytest.raises(RequestError):
        list(start(decoder).run([], silent))


def test_cancelling_between_tokens_ends_without_an_error(decoder, fresh):
    prompt, taken = prompt_of(20), []
    expected = fresh(prompt)
    decoder.cache.truncate(0)
    generation = start(decoder, cancelled=lambda: len(taken) >= 4)
    for id_ in generation.run(prompt, silent):
        taken.append(id_)
    assert taken == expected[:4]
    assert generation.statistics.stop_reason is StopReason.CANCELLED


def test_cancelling_before_the_prompt_computes_nothing(decoder):
    generation = start(decoder, cancelled=lambda: True)
    assert list(generation.run(prompt_of(20), silent)) == []
    assert generation.statistics.stop_reason is StopReason.CANCELLED
    assert decoder.cache.tokens == []


def test_cancelling_inside_a_prompt_keeps_whole_chunks(decoder):
    stop = threading.Event()

    def progress(_phase, done, _total):
        if done == 512:
            stop.set()

    generation = start(decoder, context=3000, cancelled=stop.is_set)
    assert list(generation.run(prompt_of(2500), progress)) == []
    assert len(decoder.cache.tokens) == 512
    again = start(decoder, context=3000)
    list(again.run(prompt_of(2500), silent))
    assert again.statistics.cached_tokens == 512


def test_a_run_is_stopped_from_another_thread(decoder):
    """Nothing asks between tokens here: only the watching thread can set the flag that ends it."""
    asked_by = []

    def cancelled():
        asked_by.append(threading.current_thread())
        return threading.current_thread() is not main and time.monotonic() > since + 0.1

    main, since = threading.current_thread(), time.monotonic()
    generation = start(decoder, context=4096, max_tokens=4000, cancelled=cancelled)
    produced = len(list(generation.run(prompt_of(20), silent)))
    assert produced < 4000
    assert generation.statistics.stop_reason is StopReason.CANCELLED


def test_an_abandoned_generation_leaves_no_thread(decoder):
    generation = start(decoder)
    ids = generation.run(prompt_of(20), silent)
    next(ids)
    assert any(thread.name == "termination" for thread in threading.enumerate())
    ids.close()
    assert not any(thread.name == "termination" for thread in threading.enumerate())
    assert generation.statistics.stop_reason is StopReason.CLOSED


def test_logits_that_are_no_numbers_end_it_with_an_error(decoder):
    sampler = build_sampler(GREEDY, 61, ())
    broken = start(decoder, sampler=lambda logits, history: sampler(logits * np.float32(np.nan), history))
    with pytest.raises(InferenceFailed, match="not numbers"):
        list(broken.run(prompt_of(5), silent))
