"""What changes the logits of single tokens: the mask, the penalties and the bias."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.engine.draw import Logits


class Adjustment:
    """Adjusts the logits of one request; counts its ids as they come.

    Args:
        vocabulary_size: number of logits.
        masked_ids: ids that become impossible; those beyond the vocabulary are ignored.
        repetition: divides positive and multiplies negative logits of tokens in the prompt or the output.
        presence: subtracted for every token in the output.
        frequency: subtracted for every occurrence in the output.
        bias: added to single logits.
    """

    def __init__(
        self,
        vocabulary_size: int,
        *,
        masked_ids: Collection[int],
        repetition: float,
        presence: float,
        frequency: float,
        bias: Mapping[int, float],
    ) -> None:
        inside = sorted(id_ for id_ in masked_ids if 0 <= id_ < vocabulary_size)
        self._masked = np.array(inside, dtype=np.int64)
        self._repetition = np.float32(repetition)
        self._presence = presence
        self._frequency = frequency
        self._bias_ids = np.array(list(bias), dtype=np.int64)
        self._bias = np.array(list(bias.values()), dtype=np.float32)
        self._seen = np.zeros(vocabulary_size, dtype=bool)
        self._counts = np.zeros(vocabulary_size, dtype=np.int32)
        self._seen_ids = self._output_ids = np.empty(0, dtype=np.int64)
        self._consumed: int | None = None
        self._adjusted = np.empty(vocabulary_size, dtype=np.float32)

    def apply(self, logits: Logits, history: Sequence[int]) -> Logits:
        """Adjust a copy of the logits; it stays valid until the next call.

        Args:
            logits: [vocabulary], any float type.
            history: all ids so far; the first call's are the prompt.
        """
        adjusted = self._adjusted
        np.copyto(adjusted, logits)
        if self._repetition != 1.0 or self._presence or self._frequency:
            self._count(history)
            self._penalize(adjusted)
        adjusted[self._bias_ids] += self._bias
        adjusted[self._masked] = -np.inf
        return adjusted

    def _count(self, history: Sequence[int]) -> None:
        is_output = self._consumed is not None
        fresh = np.array(history[self._consumed or 0 :], dtype=np.int64)
        self._consumed = len(history)
        self._seen_ids = _with_new(self._seen_ids, fresh[~self._seen[fresh]])
        self._seen[fresh] = True
        if is_output:
            self._output_ids = _with_new(self._output_ids, fresh[self._counts[fresh] == 0])
            np.add.at(self._counts, fresh, 1)

    def _penalize(self, logits: Logits) -> None:
        ids = self._seen_ids
        values = logits[ids]
        logits[ids] = np.where(values > 0, values / self._repetition, values * self._repetition)
        ids = self._output_ids
        logits[ids] -= self._presence + self._frequency * self._counts[ids]


def _with_new(ids: NDArray[np.int64], new: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([ids, np.unique(new)]) if new.size else ids
