"""The external data file of a new model: tensors are laid out first, then streamed in one pass.

The layout needs shapes only, so the size is known, and the disk can be asked, before anything is read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from app.errors import Cancelled, from_os_error
from app.graph.quantize import Blocks
from app.progress import Progress

Pieces = Callable[[], Iterable[NDArray[Any]]]
_PAGE = 1 << 16  # what Windows maps in; onnx/docs/ExternalData.md
_LARGE = 1 << 20  # tensors from here on start on a page; smaller ones are only aligned
_ALIGNMENT = 64


@dataclass(frozen=True)
class _Entry:
    name: str
    offset: int
    length: int
    pieces: Pieces


class WeightFile:
    """Lays tensors out in one file and writes them.

    Args:
        location: the file's name, as the graph refers to it.
    """

    def __init__(self, location: str) -> None:
        self._location = location
        self._entries: list[_Entry] = []
        self.initializers: list[onnx.TensorProto] = []

    @property
    def bytes(self) -> int:
        """Size of the file."""
        return self._entries[-1].offset + self._entries[-1].length if self._entries else 0

    def tensor(self, name: str, dtype: np.dtype[Any], shape: Sequence[int], pieces: Pieces) -> str:
        """Append a tensor.

        Args:
            name: of the initializer; returned.
            dtype: its element type.
            shape: its shape.
            pieces: called once while writing; gives the elements in order, in arrays of any shape.
        """
        length = math.prod(shape) * dtype.itemsize
        alignment = _PAGE if length >= _LARGE else _ALIGNMENT
        offset = -(-self.bytes // alignment) * alignment
        self._entries.append(_Entry(name, offset, length, pieces))
        self.initializers.append(self._reference(name, dtype, shape, offset, length))
        return name

    def _reference(
        self, name: str, dtype: np.dtype[Any], shape: Sequence[int], offset: int, length: int
    ) -> onnx.TensorProto:
        tensor = onnx.TensorProto(
            name=name,
            data_type=onnx.helper.np_dtype_to_tensor_dtype(dtype),
            dims=shape,
            data_location=onnx.TensorProto.EXTERNAL,
        )
        for key, value in (("location", self._location), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor

    def alias(self, name: str, other: str, shape: Sequence[int]) -> str:
        """Append a second view of a tensor's bytes.

        Args:
            name: of the view; returned.
            other: the tensor.
            shape: of the view; as many elements.
        """
        known = next(tensor for tensor in self.initializers if tensor.name == other)
        assert math.prod(shape) == math.prod(known.dims), name
        view = onnx.TensorProto()
        view.CopyFrom(known)
        view.name = name
        view.dims[:] = shape
        self.initializers.append(view)
        return name

    def blocks(
        self,
        name: str,
        packed: Sequence[int],
        scales: Sequence[int],
        pieces: Callable[[], Iterator[Blocks]],
        *,
        offsets: bool = False,
    ) -> tuple[str, ...]:
        """Append quantised rows as two or three tensors, made in one pass.

        Args:
            name: prefix of the names returned: `<name>.weight`, `<name>.scales` and `<name>.offsets`.
            packed: shape of the uint8 levels.
            scales: shape of the float32 scales, and of the offsets.
            pieces: called once while writing; gives rows in order.
            offsets: whether the rows have any.
        """
        held: list[tuple[NDArray[np.float32], ...]] = []

        def levels() -> Iterator[NDArray[np.uint8]]:
            for piece in pieces():
                held.append((piece.scales,) if piece.offsets is None else (piece.scales, piece.offsets))
                yield piece.packed

        def kept(part: int) -> Iterator[NDArray[np.float32]]:
            yield from (each[part] for each in held)
            if part == len(kinds) - 1:
                held.clear()

        kinds = ("scales", "offsets") if offsets else ("scales",)
        names = [self.tensor(f"{name}.weight", np.dtype(np.uint8), packed, levels)]
        for part, kind in enumerate(kinds):
            names.append(self.tensor(f"{name}.{kind}", np.dtype(np.float32), scales, partial(kept, part)))
        return tuple(names)

    def write(self, folder: Path, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Write the file.

        Args:
            folder: where; a file there is replaced.
            progress: hears the bytes written, phase "weights".
            cancelled: asked before each piece.

        Raises:
            Cancelled: it was.
            StorageError: the disk refused.
        """
        path = folder / self._location
        try:
            with path.open("wb") as file:
                for entry in self._entries:
                    file.write(bytes(entry.offset - file.tell()))
                    for piece in entry.pieces():
                        if cancelled():
                            raise Cancelled("Writing {name} was cancelled.", name=path.name)
                        file.write(np.ascontiguousarray(piece).reshape(-1).view(np.uint8).data)
                        progress("weights", file.tell(), self.bytes)
                    assert file.tell() == entry.offset + entry.length, entry.name
        except OSError as error:
            raise from_os_error(error, "writing the model") from error
