"""The weights of a GGUF file by their logical names, as floats or in the form a graph wants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelDamaged
from app.graph import mxfp4
from app.graph.decoder_config import DecoderConfig
from app.graph.find_tensor import find_tensor
from app.graph.gguf.cursor import AGAIN
from app.graph.gguf.file import GgufFile, GgufTensor
from app.graph.gguf.formats import mxfp4_parts
from app.graph.gguf.names import GATE_UP, sources
from app.graph.quantize import Blocks, dequantize_rows, quantize_rows, widen
from app.graph.storage import Floats, Levels

MXFP4 = "MXFP4"
_PIECE = 1 << 22  # weights handled at once


class GgufWeights:
    """Weights of a file.

    Args:
        file: its head.
        config: its sizes.

    Raises:
        ModelDamaged: a tensor is missing or has another shape than the metadata say.
    """

    def __init__(self, file: GgufFile, config: DecoderConfig) -> None:
        self._sources: dict[str, _Rows] = {}
        self.tensors: dict[str, tuple[GgufTensor, ...]] = {}
        for name, shape in config.tensors().items():
            names = sources(name, experts=config.experts is not None)
            wanted = (shape[0], shape[1] // 2, *shape[2:]) if GATE_UP in name else shape
            tensors = tuple(find_tensor(file.tensors, each, wanted, file.path, AGAIN) for each in names)
            self.tensors[name] = tensors
            self._sources[name] = _Single(tensors[0]) if len(tensors) == 1 else _TakingTurns(*tensors)

    def rows(self, name: str) -> Iterator[NDArray[np.float32]]:
        """Pieces [n, width] as floats.

        Raises:
            ModelDamaged: a weight is NaN or infinite, or the file became shorter.
        """
        return self._sources[name].floats()

    def blocks(self, name: str, form: Levels) -> Iterator[Blocks]:
        """Pieces of n rows; exact where the form can hold what is stored. Errors as in `rows`."""
        return self._sources[name].blocks(form)


class _Rows(Protocol):
    def floats(self) -> Iterator[NDArray[np.float32]]: ...

    def blocks(self, form: Levels) -> Iterator[Blocks]: ...


@dataclass(frozen=True)
class _Single:
    """One tensor whose rows are stored in order."""

    tensor: GgufTensor

    def floats(self) -> Iterator[NDArray[np.float32]]:
        return (_floats(self.tensor, *piece) for piece in _pieces(self.tensor))

    def blocks(self, form: Levels) -> Iterator[Blocks]:
        return (_blocks(self.tensor, form, *piece) for piece in _pieces(self.tensor))


@dataclass(frozen=True)
class _TakingTurns:
    """Two tensors of experts whose rows take turns, as QMoE reads gate and linear part.

    Their biases [experts, inner] take turns too.
    """

    gate: GgufTensor
    up: GgufTensor

    def floats(self) -> Iterator[NDArray[np.float32]]:
        if len(self.gate.shape) == 2:
            pair = [_floats(tensor, 0, tensor.shape[0]) for tensor in (self.gate, self.up)]
            yield np.stack(pair, axis=2).reshape(len(pair[0]), -1)
            return
        for first, stop in self._experts():
            yield _alternate(*(_floats(tensor, first, stop) for tensor in (self.gate, self.up)))

    def blocks(self, form: Levels) -> Iterator[Blocks]:
        for first, stop in self._experts():
            gate, up = (_blocks(tensor, form, first, stop) for tensor in (self.gate, self.up))
            yield Blocks(_alternate(gate.packed, up.packed), _alternate(gate.scales, up.scales))

    def _experts(self) -> Iterator[tuple[int, int]]:
        experts, rows = self.gate.shape[:2]
        return ((expert * rows, (expert + 1) * rows) for expert in range(experts))


def _alternate(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """The rows of two matrices in turn."""
    return np.stack([first, second], axis=1).reshape(2 * len(first), -1)


def _pieces(tensor: GgufTensor) -> Iterator[tuple[int, int]]:
    rows, width = tensor.rows.shape[0], tensor.shape[-1]
    step = max(1, _PIECE // width)
    return ((first, min(first + step, rows)) for first in range(0, rows, step))


def _raw(tensor: GgufTensor, first: int, stop: int) -> NDArray[np.uint8]:
    rows: NDArray[np.uint8] = tensor.rows.read(first, stop)
    return rows.reshape(len(rows), -1, tensor.format.bytes)


def _floats(tensor: GgufTensor, first: int, stop: int) -> NDArray[np.float32]:
    if isinstance(form := tensor.format.form, Levels):
        return dequantize_rows(_native(tensor, first, stop), tensor.shape[-1], form.bits)
    values: NDArray[np.float32] = tensor.rows.read(first, stop).view(form.dtype).astype(np.float32)
    _require_numbers(tensor, values)
    return values


def _native(tensor: GgufTensor, first: int, stop: int) -> Blocks:
    """Blocks of the form that holds what is stored exactly."""
    assert tensor.format.decode is not None
    with np.errstate(invalid="ignore", over="ignore"):  # what is no number is refused below
        found = tensor.format.decode(_raw(tensor, first, stop))
    _require_numbers(tensor, found.scales)
    if found.offsets is not None:
        _require_numbers(tensor, found.offsets)
    return found


def _blocks(tensor: GgufTensor, form: Levels, first: int, stop: int) -> Blocks:
    if not is_exact(tensor, form):
        if tensor.format.name == MXFP4 and form.bits == 4:
            return _nearest_to_mxfp4(tensor, first, stop)
        return quantize_rows(_floats(tensor, first, stop), form.bits)
    found = _native(tensor, first, stop)
    return found if tensor.format.form == form else widen(found)


def is_exact(tensor: GgufTensor, form: Floats | Levels) -> bool:
    """Whether a form holds what is stored, rounding of fp32 aside."""
    native = tensor.format.form
    if isinstance(form, Floats) or isinstance(native, Floats):
        return native == form or form == Floats(np.dtype(np.float32))
    return native == form or (native, form) == (Levels(4), Levels(8))


def _nearest_to_mxfp4(tensor: GgufTensor, first: int, stop: int) -> Blocks:
    _native(tensor, first, stop)
    return mxfp4.to_int4(*mxfp4_parts(_raw(tensor, first, stop)))


def _require_numbers(tensor: GgufTensor, values: NDArray[np.float32]) -> None:
    if not np.isfinite(values).all():
        raise ModelDamaged(
            "{path}: {name} holds NaN or infinite weights.", AGAIN, path=tensor.rows.path, name=tensor.name
        )
