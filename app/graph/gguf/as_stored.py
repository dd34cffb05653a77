"""Keeps each matrix of a GGUF file in the form that holds the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np

from app.graph.gguf.file import GgufTensor
from app.graph.gguf.weights import MXFP4, GgufWeights, is_exact
from app.graph.quantize import dequantize_rows
from app.graph.storage import Floats, Form, Levels

_EXPERTS = ".mlp.experts."
_SAMPLE = 256  # rows that tell how far a format is from the form it gets


@dataclass(frozen=True)
class AsStored:
    """A storage (`app.graph.storage`) that keeps everything exactly where the operators allow it.

    The operator for experts has one kind of levels, blocks of 32 without offsets: what those cannot hold is
    rounded to the nearest 8-bit levels. MXFP4 would be exact in 8 bits, at twice the size; as in a model made
    from the published checkpoint it becomes the nearest 4 bits, and 8 where they are asked for.

    Attributes:
        weights: of the file.
    """

    weights: GgufWeights

    @property
    def label(self) -> str:
        """The format that holds most weights."""
        sizes: Counter[str] = Counter()
        for tensors in self.weights.tensors.values():
            for tensor in tensors:
                sizes[tensor.format.name] += prod(tensor.shape)
        return sizes.most_common(1)[0][0]

    @property
    def activations(self) -> np.dtype[np.floating]:
        """Single precision: the CPU's kernels for levels take it in."""
        return np.dtype(np.float32)

    def form(self, name: str) -> Form:
        """The form a matrix has in the file; of experts the one that all of them can have."""
        return self._experts_form() if _EXPERTS in name else self.weights.tensors[name][0].format.form

    def table(self, name: str) -> Form:
        """The form the embedding table has in the file."""
        return self.form(name)

    def rounded(self) -> Iterator[tuple[str, GgufTensor, Form]]:
        """Every tensor that its form does not hold exactly."""
        for name, tensors in self.weights.tensors.items():
            if len(tensors[0].shape) > 1 and not name.endswith("bias"):
                form = self.form(name)
                yield from ((name, tensor, form) for tensor in tensors if not is_exact(tensor, form))

    def error(self, name: str, form: Levels) -> float:
        """Root mean square of what rounding changes, relative to the weights; from a tensor's first rows."""
        exact = next(self.weights.rows(name))[:_SAMPLE]
        blocks = next(self.weights.blocks(name, form))
        found = dequantize_rows(blocks, exact.shape[1], form.bits)[:_SAMPLE]
        return float(np.sqrt(np.square(found - exact).mean() / max(np.square(exact).mean(), 1e-30)))

    def _experts_form(self) -> Form:
        formats = {
            tensor.format
            for name, tensors in self.weights.tensors.items()
            if _EXPERTS in name and not name.endswith("_bias")
            for tensor in tensors
        }
        if all(isinstance(each.form, Floats) for each in formats):
            return Floats(self.activations)
        exact4 = all(each.name == MXFP4 or each.form == Levels(4) for each in formats)
        return Levels(4) if exact4 else Levels(8)
