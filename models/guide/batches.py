"""Samples to padded tensors; samples of like length share a batch, so little is wasted on padding."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.guide.samples import Sample

IGNORED = -100
_ANALYSIS_WEIGHT = 10.0
_READ = 5


@dataclass(frozen=True)
class Batch:
    """A batch of B samples padded on the right to T tokens.

    Attributes:
        ids: int64 [B, T].
        targets: the next token of every position, IGNORED outside the reply: int64 [B, T].
        weights: how much each target counts; the analysis chooses the answer and counts more: float32 [B, T].
        labels: what is asked for where the classifier reads it, elsewhere IGNORED: int64 [B, T].
    """

    ids: Tensor
    targets: Tensor
    weights: Tensor
    labels: Tensor


def make_batches(samples: Sequence[Sample], tokens: int, padding: int, rng: random.Random) -> Iterator[Batch]:
    """Yield batches of at most `tokens` padded tokens, in random order."""
    ordered = sorted(samples, key=lambda sample: (len(sample.ids), rng.random()))
    groups: list[list[Sample]] = [[]]
    for sample in ordered:
        if (len(groups[-1]) + 1) * len(sample.ids) > tokens and groups[-1]:
            groups.append([])
        groups[-1].append(sample)
    rng.shuffle(groups)
    for group in groups:
        yield _pad(group, padding)


def _pad(samples: Sequence[Sample], padding: int) -> Batch:
    length = max(len(sample.ids) for sample in samples)
    ids = torch.full((len(samples), length), padding)
    targets = torch.full((len(samples), length), IGNORED)
    weights = torch.ones(len(samples), length)
    labels = torch.full((len(samples), length), IGNORED)
    for row, sample in enumerate(samples):
        ids[row, : len(sample.ids)] = torch.tensor(sample.ids)
        first = sample.prompt
        targets[row, first - 1 : len(sample.ids) - 1] = torch.tensor(sample.ids[first:])
        begin, end = sample.analysis
        weights[row, begin - 1 : end] = _ANALYSIS_WEIGHT
        labels[row, first - 1] = sample.label
        labels[row, begin - 1 : min(begin + _READ, max(end, begin))] = sample.label
    return Batch(ids, targets, weights, labels)
