"""Rotary embeddings written out: the rows of cos and sin are looked up once, for all layers.

onnxruntime's own operator gave wrong keys where DirectML fused it with what is around it.
"""

from __future__ import annotations

import numpy as np

from app.graph.directml.bucket import Bucket
from app.graph.directml.names import POSITIONS
from app.graph.directml.writer import Writer

_INT64 = np.dtype(np.int64)
_SINGLE = np.dtype(np.float32)


class Rotation:
    """Rotates queries and keys (Su et al. 2021, "RoFormer"), by the tables of the published graph.

    Args:
        writer: where nodes go.
        bucket: sizes.
        interleaved: a pair are neighbours, in place of the same number in each half of what is rotated.
    """

    def __init__(self, writer: Writer, bucket: Bucket, *, interleaved: bool) -> None:
        self._writer, self._bucket, self._interleaved = writer, bucket, interleaved
        self._rows: dict[tuple[str, str], str] = {}

    def rotated(self, heads: str, count: int, size: int, tables: tuple[str, str], path: str) -> str:
        """Heads [1, tokens, count, size] in fp32, the first dimensions of each turned by the positions.

        Args:
            heads: what is rotated.
            count: of heads.
            size: of a head.
            tables: cos and sin for every position, [positions, pairs].
            path: prefix of the nodes' names.
        """
        pairs = self._writer.shape_of(tables[0])[1]
        turned, rest = (
            (heads, "") if 2 * pairs == size else self._split(heads, [2 * pairs, size - 2 * pairs], 3, path)
        )
        shape = [1, self._bucket.tokens, count, 2 * pairs]
        if self._interleaved:
            turned = self._writer.reshaped(turned, [*shape[:3], pairs, 2], f"{path}/pairs")
        result = self._turned(turned, tables, pairs, path)
        if self._interleaved:
            result = self._writer.reshaped(result, shape, f"{path}/joined")
        return self._writer.node("Concat", [result, rest], f"{path}/whole", axis=3) if rest else result

    def _turned(self, heads: str, tables: tuple[str, str], pairs: int, path: str) -> str:
        """Both halves with cos, and both in each other's place with sin, added up."""
        axis, size = (4, 1) if self._interleaved else (3, pairs)
        first, second = self._split(heads, [size, size], axis, f"{path}/half")
        swapped = self._writer.node("Concat", [second, first], f"{path}/swapped", axis=axis)
        both = self._writer.node("Concat", [heads, swapped], f"{path}/both", axis=0)
        products = self._writer.node("Mul", [both, self._table(tables, pairs)], f"{path}/products")
        return self._writer.summed(products, f"{path}/turned")

    def _split(self, value: str, sizes: list[int], axis: int, path: str) -> tuple[str, str]:
        constant = self._writer.constant(f"/split/{sizes}", sizes, _INT64)
        parts = (f"{path}.0", f"{path}.1")
        self._writer.node("Split", [value, constant], parts, axis=axis)
        return parts

    def _table(self, tables: tuple[str, str], pairs: int) -> str:
        """For this step's positions cos, cos and -sin, sin, [2, tokens, 1, 2 · pairs]; looked up once."""
        if tables not in self._rows:
            cos, sin = (self._row(table, pairs) for table in tables)
            path, axis = f"/rotation/{tables[0]}", 4 if self._interleaved else 3
            minus = self._writer.node("Neg", [sin], f"{path}.minus")
            cosines = self._writer.node("Concat", [cos, cos], f"{path}.cosines", axis=axis)
            sines = self._writer.node("Concat", [minus, sin], f"{path}.sines", axis=axis)
            self._rows[tables] = self._writer.node("Concat", [cosines, sines], f"{path}.both", axis=0)
        return self._rows[tables]

    def _row(self, name: str, pairs: int) -> str:
        """The rows of a table, with an axis for heads."""
        given = [self._writer.read(name, _SINGLE), POSITIONS]
        rows = self._writer.node("Gather", given, f"/rotation/{name}", axis=0)
        shape = [1, self._bucket.tokens, 1, pairs, *([1] if self._interleaved else [])]
        return self._writer.reshaped(rows, shape, f"/rotation/{name}.heads")
