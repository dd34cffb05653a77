from __future__ import annotations

from itertools import takewhile

from hypothesis import given
from hypothesis import strategies as st

from app.engine.prefix import shared_prefix

IDS = st.lists(st.integers(0, 3), max_size=30)


@given(IDS, st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_longest_common_prefix_but_one(cached, prompt):
    common = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(cached, prompt, strict=False))))
    assert shared_prefix(cached, prompt) == min(common, len(prompt) - 1)
