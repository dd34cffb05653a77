"""Drawing a token at random from adjusted logits.

Nothing is sorted and no array is allocated, so 200,000 logits take well under a millisecond whatever their
distribution. (A fresh array of that size costs more in page faults than in arithmetic.)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float32]

_BLOCK = 512
_MAXIMA_BLOCK = 64


class Drawer:
    """Draws tokens for one request.

    Args:
        vocabulary_size: number of logits.
        temperature: above 0.
        top_k: 0 for all; tokens as probable as the k-th stay with it.
        top_p: of what top-k leaves, in (0, 1]; equally probable tokens stay or go together.
        min_p: relative to the most probable token.
        generator: where randomness comes from.
    """

    def __init__(
        self,
        vocabulary_size: int,
        *,
        temperature: float,
        top_k: int,
        top_p: float,
        min_p: float,
        generator: np.random.Generator,
    ) -> None:
        self._temperature = np.float32(temperature)
        self._top_k = top_k if top_k < vocabulary_size else 0
        self._top_p = top_p
        self._min_p = np.float32(min_p)
        self._generator = generator
        self._weights = np.empty(vocabulary_size, dtype=np.float32)
        self._heavier = np.empty(vocabulary_size, dtype=np.float32)
        self._mask = np.empty(vocabulary_size, dtype=bool)

    def draw(self, logits: Logits) -> int:
        """Choose an id; the logits, [vocabulary] with a finite maximum, are overwritten."""
        with np.errstate(over="ignore"):
            logits -= logits.max()
            logits /= self._temperature
        weights = np.exp(logits, out=self._weights)
        if self._top_k:
            self._keep_from(_kth_largest(weights, self._top_k))
        reach = self._top_p * float(weights.sum(dtype=np.float64))
        if self._min_p > 0:
            self._keep_from(self._min_p)
        return self._draw_from_nucleus(reach)

    def _keep_from(self, bound: np.float32) -> None:
        np.greater_equal(self._weights, bound, out=self._mask)
        self._weights *= self._mask

    def _draw_from_nucleus(self, reach: float) -> int:
        """Draw in proportion to the weights among the fewest tokens that together weigh `reach`.

        A token belongs to them when all heavier ones together weigh less than `reach`. So draw from all, and
        when the token lies outside draw again without it and everything lighter. What is drawn last has the
        exact distribution within the nucleus, as no token of the nucleus was ever taken away.
        """
        while True:
            chosen = self._draw_any()
            np.greater(self._weights, self._weights[chosen], out=self._mask)
            np.multiply(self._weights, self._mask, out=self._heavier)
            if float(self._heavier.sum(dtype=np.float64)) < reach:
                return chosen
            self._weights, self._heavier = self._heavier, self._weights

    def _draw_any(self) -> int:
        """Draw in proportion to the weights: first a block, then a token in it."""
        starts = np.arange(0, self._weights.size, _BLOCK)
        reached = np.cumsum(np.add.reduceat(self._weights, starts, dtype=np.float64))
        point = self._generator.random() * reached[-1]
        block = int(np.searchsorted(reached, point, side="right"))
        start = block * _BLOCK
        inside = self._weights[start : start + _BLOCK]
        rest = point - (reached[block - 1] if block else 0.0)
        at = int(np.searchsorted(np.cumsum(inside, dtype=np.float64), rest, side="right"))
        return start + (at if at < inside.size else int(np.flatnonzero(inside)[-1]))


def _kth_largest(weights: Logits, k: int) -> np.float32:
    """The k-th largest value. At least k values reach the k-th largest maximum of a block; look there."""
    maxima = np.maximum.reduceat(weights, np.arange(0, weights.size, _MAXIMA_BLOCK))
    candidates = weights
    if k < maxima.size:
        candidates = weights[weights >= np.partition(maxima, maxima.size - k)[maxima.size - k]]
    found: np.float32 = np.partition(candidates, candidates.size - k)[candidates.size - k]
    return found
