"""Lays the weights of a graph out as initializers, each matrix in its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import helper

from app.errors import UnsupportedModel
from app.graph.decoder_config import DecoderConfig
from app.graph.emit import GraphEmitter
from app.graph.quantize import Blocks
from app.graph.storage import Levels, Storage
from app.graph.weights import Weights


@dataclass(frozen=True)
class Matrices:
    """The initializers of one graph.

    Attributes:
        graph: where they go.
        weights: where values come from.
        config: the model's sizes.
        storage: which form each matrix has.
    """

    graph: GraphEmitter
    weights: Weights
    config: DecoderConfig
    storage: Storage
    _known: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def floats(self, name: str, tensors: Sequence[str], dtype: np.dtype[Any] | None = None) -> str:
        """An initializer of floats: the tensors one after another along their first dimension.

        The same tensors in the same type are laid out once.

        Args:
            name: of the initializer, the first time.
            tensors: logical names of equal shape but for the first dimension.
            dtype: its type; the activations' by default.
        """
        dtype = dtype or self.storage.activations
        key = (str(dtype), *tensors)
        if key not in self._known:
            rows = self.graph.weights.tensor(
                name, dtype, self.shape(tensors), lambda: _cast(self._rows(tensors), dtype, name)
            )
            self._known[key] = (rows,)
        return self._known[key][0]

    def widened(self, name: str, tensors: Sequence[str], dtype: np.dtype[Any]) -> str:
        """Floats stored as `dtype` and multiplied as the activations' type; cast once, at loading."""
        stored, wanted = self.floats(name, tensors, dtype), self.storage.activations
        if dtype == wanted:
            return stored
        return self.graph.node(
            "Cast", [stored], f"/{name}/Cast/output_0", to=helper.np_dtype_to_tensor_dtype(wanted)
        )

    def levels(self, name: str, tensors: Sequence[str], form: Levels) -> tuple[str, ...]:
        """Initializers of quantised rows, as MatMulNBits reads them: levels, scales, offsets if it has them.

        The same tensors are laid out once.
        """
        key = ("levels", *tensors)
        if key not in self._known:
            outputs, inputs = self.shape(tensors)
            count = form.blocks_in(inputs)
            self._known[key] = self.graph.weights.blocks(
                name,
                (outputs, count, form.block * form.bits // 8),
                (outputs, count),
                lambda: self._blocks(tensors, form),
                offsets=form.offsets,
            )
        return self._known[key]

    def shape(self, tensors: Sequence[str]) -> tuple[int, ...]:
        """Shape of the tensors one after another."""
        known = self.config.tensors()
        shapes = [known[tensor] for tensor in tensors]
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])

    def _rows(self, tensors: Sequence[str]) -> Iterator[NDArray[np.float32]]:
        for tensor in tensors:
            yield from self.weights.rows(tensor)

    def _blocks(self, tensors: Sequence[str], form: Levels) -> Iterator[Blocks]:
        for tensor in tensors:
            yield from self.weights.blocks(tensor, form)


def initializer(node: str) -> str:
    """What the initializers of a node are called after it."""
    return node.strip("/").replace("/", ".")


def _cast(pieces: Iterator[NDArray[np.float32]], dtype: np.dtype[Any], name: str) -> Iterator[NDArray[Any]]:
    largest = np.finfo(np.float16).max if dtype == np.float16 else np.inf
    for piece in pieces:
        if np.abs(piece).max(initial=0) > largest:
            raise UnsupportedModel(
                "{name} has weights too large for fp16.", "Use --quant int8, int4 or fp32.", name=name
            )
        yield piece.astype(dtype, copy=False)
