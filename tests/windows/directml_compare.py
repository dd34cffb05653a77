"""Compares what `directml_parity` found on DirectML with the processor in fp32: every step, every router.

python -m tests.windows.directml_compare MODELS

Where two experts' scores are nearly equal, rounding decides which one a token goes to, and another expert is
another result: that says nothing about the kernels. So a model is compared in two ways. Its best tokens with
those of the reference as it is; its logits with those of the reference that is made to choose the same
experts. What it chose may differ from what that reference would have chosen only where its scores are nearly
equal, and the scores themselves must be as right as the logits.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.windows.directml_reference import Reference

STEPS, AGREEMENT, SHARE_OF_RANGE = 500, 0.99, 0.01


@dataclass(frozen=True)
class Outcome:
    """One model; errors and margins as shares of the range of all its logits, or of all scores of a router.

    Attributes:
        name: of the model.
        agree: for each step whether the best token is the reference's.
        errors: for each step the largest of its logits.
        score_errors: for each choice of a router the largest of its scores.
        margins: for each choice that differs how far the reference is from it.
        odd: choices that are not those of the best scores.
    """

    name: str
    agree: NDArray[np.bool_]
    errors: NDArray[np.float64]
    score_errors: NDArray[np.float64]
    margins: NDArray[np.float64]
    odd: int

    def __str__(self) -> str:
        line = (
            f"{self.name}: {self.agree.sum()} of {len(self.agree)} best tokens agree; logits differ by at"
            f" most {self.errors.max():.2%} of their range (median {np.median(self.errors):.2%})"
        )
        if not self.score_errors.size:
            return line
        return (
            f"{line}; routers' scores by at most {self.score_errors.max():.2%} of theirs,"
            f" {len(self.margins)} of {self.score_errors.size} choices differ, by a margin of at most"
            f" {max(self.margins, default=0):.2%}"
        )

    @property
    def is_right(self) -> bool:
        """Whether all is within its bounds; a choice differs only where two errors can turn it over."""
        near = max(self.margins, default=0) <= 2 * SHARE_OF_RANGE
        return self._within(self.errors) and self._within(self.score_errors) and near and not self.odd

    @staticmethod
    def _within(errors: NDArray[np.float64]) -> bool:
        return bool(max(errors.flat, default=0) <= SHARE_OF_RANGE)


def compared(folder: Path) -> Outcome:
    """Every step and every router of a model."""
    given, found = np.load(folder / "prompt.npz"), np.load(folder / "found.npz")
    ids, chunks, chosen = given["ids"], given["chunks"].tolist(), found["chosen"]
    reference = Reference(folder)
    free, led = reference.compute(ids, chunks), reference.compute(ids, chunks, chosen)
    agree = found["logits"].argmax(axis=1) == free.logits.argmax(axis=1)
    errors = np.abs(found["logits"] - led.logits).max(axis=1) / np.ptp(led.logits)
    if not chosen.size:
        return Outcome(str(given["name"]), agree, errors, np.zeros(0), np.zeros(0), 0)
    ranges = np.ptp(led.scores, axis=(0, 2))  # one router's scores, over all tokens
    score_errors = np.abs(found["scores"] - led.scores).max(axis=2) / ranges
    margins = _margins(led.scores, chosen) / ranges
    odd = int((_margins(found["scores"], chosen) > 0).sum())
    return Outcome(str(given["name"]), agree, errors, score_errors, margins[margins > 0], odd)


def _margins(scores: NDArray[np.float32], chosen: NDArray[np.int64]) -> NDArray[np.float32]:
    """By how much the best that was not chosen is above the worst that was: [tokens, layers], ≤ 0 if none."""
    is_chosen = np.zeros(scores.shape, bool)
    np.put_along_axis(is_chosen, chosen, True, axis=2)
    others = np.where(is_chosen, -np.inf, scores).max(axis=2)
    worst: NDArray[np.float32] = np.where(is_chosen, scores, np.inf).min(axis=2)
    return others - worst


def main(models: Path) -> int:
    """Compare, print, and say whether all is well."""
    outcomes = []
    for folder in sorted(path.parent for path in models.glob("*/prompt.npz")):
        outcomes.append(compared(folder))
        print(outcomes[-1], "" if outcomes[-1].is_right else "WRONG", flush=True)
    agree = np.concatenate([outcome.agree for outcome in outcomes])
    print(f"All: {agree.sum()} of {len(agree)} best tokens agree ({agree.mean():.2%}).")
    right = all(outcome.is_right for outcome in outcomes)
    passed = right and len(agree) >= STEPS and agree.mean() >= AGREEMENT
    print("directml_compare:", "passed" if passed else "FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
