"""Rotary embeddings written out: the rows of cos and sin are looked up once, for all layers.

onnxruntime's own operator gave wrong keys where DirectML fused it with what is around it.
"""

from __future__ import annotations

import numpy as np

from app.graph.directml.bucket import Bucket
from app.graph.directml.names import POSITIONS
from app.graph.directml.writer import Writer

_INT64 = np.dtype(np.int64)


class Rotation:
    """Rotates queries and keys (Su et al. 2021, "RoFormer"), by the tables of the published graph.

    Args:
        writer: where nodes go.
        bucket: sizes.
        interleaved: a pair are neighbours, in place of the same number in each half of what is rotated.
    """

    def __init__(self, writer: Writer, bucket: Bucket, *, interleaved: bool) -> None:
        self._writer, self._bucket, self._interleaved = writer, bucket, interleaved
        self._rows: dict[str, str] = {}

    def rotated(self, heads: str, count: int, size: int, tables: tuple[str, str], path: str) -> str:
        """Heads [1, tokens, count, size], the first dimensions of each turned by the positions.

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
        axis, shape = 3, [1, self._bucket.tokens, count, 2 * pairs]
        if self._interleaved:
            axis = 4
            turned = self._writer.reshaped(turned, [*shape[:3], pairs, 2], f"{path}/pairs")
        first, second = self._split(
            turned, [1, 1] if self._interleaved else [pairs, pairs], axis, f"{path}/half"
        )
        cos, sin = (self._table(table, pairs) for table in tables)
        parts = [
            self._mixed("Sub", (first, cos), (second, sin), f"{path}/first"),
            self._mixed("Add", (second, cos), (first, sin), f"{path}/second"),
        ]
        result = self._writer.node("Concat", parts, f"{path}/turned", axis=axis)
        if self._interleaved:
            result = self._writer.reshaped(result, shape, f"{path}/joined")
        return self._writer.node("Concat", [result, rest], f"{path}/whole", axis=3) if rest else result

    def _split(self, value: str, sizes: list[int], axis: int, path: str) -> tuple[str, str]:
        constant = self._writer.constant(f"/split/{sizes}", sizes, _INT64)
        parts = (f"{path}.0", f"{path}.1")
        self._writer.node("Split", [value, constant], parts, axis=axis)
        return parts

    def _mixed(self, operator: str, one: tuple[str, str], other: tuple[str, str], path: str) -> str:
        products = [
            self._writer.node("Mul", list(pair), f"{path}.{number}")
            for number, pair in enumerate((one, other))
        ]
        return self._writer.node(operator, products, path)

    def _table(self, name: str, pairs: int) -> str:
        """The rows of a table for this step's positions, with an axis for heads; looked up once."""
        if name not in self._rows:
            rows = self._writer.node(
                "Gather", [self._writer.read(name), POSITIONS], f"/rotation/{name}", axis=0
            )
            shape = [1, self._bucket.tokens, 1, pairs, *([1] if self._interleaved else [])]
            self._rows[name] = self._writer.reshaped(rows, shape, f"/rotation/{name}.heads")
        return self._rows[name]
