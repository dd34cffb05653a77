"""Prefix reuse: what of a prompt need not be computed again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def shared_prefix(cached: Sequence[int], prompt: Sequence[int]) -> int:
    """Number of leading tokens that a cache and a prompt have in common.

    One token of the prompt always remains to be computed, for it gives the first logits.
    """
    length = min(len(cached), len(prompt) - 1)
    differs = np.flatnonzero(np.asarray(cached[:length]) != np.asarray(prompt[:length]))
    return int(differs[0]) if differs.size else length
