from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.fit import Fit, Memory, Verdict, judge, memory_needed, memory_now

GB = 10**9


def test_gpt_oss_needs_what_was_measured() -> None:
    needed = memory_needed(13_900_000_000)
    assert needed is not None
    assert needed == pytest.approx(17.1e9, rel=0.02)
    assert memory_needed(13_900_000_000, 16 * GB) == 16 * GB
    assert memory_needed(None) is None


@pytest.mark.parametrize(
    ("needed", "verdict"),
    [
        (8 * GB, Verdict.RUNS),
        (8 * GB + 1, Verdict.TIGHT),
        (16 * GB, Verdict.TIGHT),
        (16 * GB + 1, Verdict.DOES_NOT_FIT),
        (None, Verdict.UNKNOWN),
    ],
)
def test_the_verdict_and_its_numbers(needed: int | None, verdict: Verdict) -> None:
    assert judge(needed, Memory(8 * GB, 16 * GB)) == Fit(verdict, needed, 8 * GB)


def test_what_the_loaded_model_gives_back_counts() -> None:
    assert judge(10 * GB, Memory(8 * GB, 16 * GB), freed=3 * GB).verdict is Verdict.RUNS


@given(st.integers(1, 2**50), st.integers(0, 2**50), st.integers(0, 2**50), st.integers(0, 2**50))
def test_more_memory_is_never_worse(needed: int, free: int, total: int, more: int) -> None:
    order = [Verdict.DOES_NOT_FIT, Verdict.TIGHT, Verdict.RUNS]
    less = judge(needed, Memory(min(free, total), total)).verdict
    assert order.index(judge(needed, Memory(min(free, total) + more, total + more)).verdict) >= order.index(
        less
    )


def test_this_computer_has_memory() -> None:
    memory = memory_now()
    assert 0 < memory.free <= memory.total
