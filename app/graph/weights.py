"""Where a graph's weights come from: rows of floats or of quantised blocks, in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelDamaged, UnsupportedModel
from app.graph import mxfp4
from app.graph.checkpoint import Checkpoint
from app.graph.decoder_config import DecoderConfig
from app.graph.quantize import Blocks, quantize_rows
from app.graph.storage import BLOCK, Levels
from app.graph.stored_tensor import StoredTensor

_PIECE = 1 << 23  # weights handled at once
_EXPERTS = (".experts.gate_up_proj", ".experts.down_proj")


class Weights(Protocol):
    """Weights by the logical names of `DecoderConfig.tensors`.

    A tensor's rows are its last dimension; pieces of rows come in order, small enough to hold a few of them.
    """

    def rows(self, name: str) -> Iterator[NDArray[np.float32]]:
        """Pieces [n, width] as floats."""
        ...

    def blocks(self, name: str, form: Levels) -> Iterator[Blocks]:
        """Pieces of n rows as levels of a form that the storage chose."""
        ...


class CheckpointWeights:
    """Weights of a checkpoint.

    Args:
        checkpoint: its tensors.
        config: its sizes.

    Raises:
        ModelDamaged: a tensor is missing or has another shape than the configuration says.
    """

    def __init__(self, checkpoint: Checkpoint, config: DecoderConfig) -> None:
        self._tensors: dict[str, _Rows] = {}
        for name, shape in config.tensors().items():
            self._tensors[name] = _find(checkpoint, name, shape)

    def rows(self, name: str) -> Iterator[NDArray[np.float32]]:
        """Pieces [n, width] as floats.

        Raises:
            ModelDamaged: a weight is NaN or infinite, or the file became shorter.
        """
        return self._tensors[name].floats()

    def blocks(self, name: str, form: Levels) -> Iterator[Blocks]:
        """Pieces of n rows, quantised in blocks of 32; errors as in `rows`."""
        return self._tensors[name].blocks(form.bits)


class _Rows(Protocol):
    def floats(self) -> Iterator[NDArray[np.float32]]: ...

    def blocks(self, bits: int) -> Iterator[Blocks]: ...


class _Dense:
    """A float tensor whose rows are stored as they are."""

    def __init__(self, stored: StoredTensor) -> None:
        self._stored = stored
        self._width = stored.shape[-1]

    def floats(self) -> Iterator[NDArray[np.float32]]:
        shape = self._stored.shape
        step = max(1, _PIECE // max(1, int(np.prod(shape[1:]))))
        for first in range(0, shape[0], step):
            yield _float32(self._stored, first, first + step).reshape(-1, self._width)

    def blocks(self, bits: int) -> Iterator[Blocks]:
        return (quantize_rows(piece, bits) for piece in self.floats())


class _Transposed(_Dense):
    """Experts as transformers stores them unquantised: [expert, input, output]."""

    def floats(self) -> Iterator[NDArray[np.float32]]:
        for expert in range(self._stored.shape[0]):
            yield np.ascontiguousarray(_float32(self._stored, expert, expert + 1)[0].T)


class _Mxfp4:
    """Experts in MXFP4 blocks: [expert, output, blocks, 16] with scales [expert, output, blocks]."""

    def __init__(self, blocks: StoredTensor, scales: StoredTensor) -> None:
        self._blocks, self._scales = blocks, scales

    def floats(self) -> Iterator[NDArray[np.float32]]:
        return (mxfp4.dequantize(blocks, scales) for blocks, scales in self._pieces())

    def blocks(self, bits: int) -> Iterator[Blocks]:
        convert = mxfp4.to_int4 if bits == 4 else mxfp4.to_int8
        return (convert(blocks, scales) for blocks, scales in self._pieces())

    def _pieces(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
        for expert in range(self._blocks.shape[0]):
            scales = self._scales.read(expert, expert + 1)[0]
            if (scales > mxfp4.LARGEST_SCALE).any():
                raise _not_finite(self._scales)
            yield self._blocks.read(expert, expert + 1)[0], scales


def _find(checkpoint: Checkpoint, name: str, shape: tuple[int, ...]) -> _Rows:
    if not name.endswith(_EXPERTS):
        return _Dense(_floats(checkpoint.find(name, shape)))
    experts, outputs, inputs = shape
    if f"{name}_blocks" not in checkpoint:
        return _Transposed(_floats(checkpoint.find(name, (experts, inputs, outputs))))
    if inputs % BLOCK:
        raise UnsupportedModel(
            "{name} has rows of {inputs} weights, which MXFP4 blocks of {block} do not fill.",
            "Fetch the checkpoint again.",
            name=name,
            inputs=inputs,
            block=BLOCK,
        )
    grid = (experts, outputs, inputs // BLOCK)
    blocks = checkpoint.find(f"{name}_blocks", (*grid, BLOCK // 2))
    return _Mxfp4(_bytes(blocks), _bytes(checkpoint.find(f"{name}_scales", grid)))


def _floats(stored: StoredTensor) -> StoredTensor:
    return _of_kind(stored, stored.dtype != np.uint8)


def _bytes(stored: StoredTensor) -> StoredTensor:
    return _of_kind(stored, stored.dtype == np.uint8)


def _of_kind(stored: StoredTensor, right: bool) -> StoredTensor:
    if stored.dtype is None or not right:
        raise UnsupportedModel(
            "{path} stores {name} in a data type that cannot be converted.",
            "Use a checkpoint with bf16, fp16, fp32 or MXFP4 weights.",
            path=stored.path,
            name=stored.name,
        )
    return stored


def _float32(stored: StoredTensor, first: int, stop: int) -> NDArray[np.float32]:
    values: NDArray[np.float32] = stored.read(first, stop).astype(np.float32)
    if not np.isfinite(values).all():
        raise _not_finite(stored)
    return values


def _not_finite(stored: StoredTensor) -> ModelDamaged:
    return ModelDamaged(
        "{path}: {name} holds NaN or infinite weights.",
        "Fetch the checkpoint again.",
        path=stored.path,
        name=stored.name,
    )
