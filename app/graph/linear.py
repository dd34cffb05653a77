"""Dense layers of the graph, in each way of storing their weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.graph.emit import MICROSOFT
from app.graph.matrices import Matrices, initializer
from app.graph.storage import Floats, Form, Levels

_INT64 = np.dtype(np.int64)


@dataclass(frozen=True)
class Layers:
    """Emits products with matrices, each in its form.

    Attributes:
        matrices: where they lie.
    """

    matrices: Matrices
    _sums: dict[tuple[str, int], str] = field(default_factory=dict)

    def linear(self, node: str, x: str, tensors: Sequence[str], biases: Sequence[str] = ()) -> str:
        """`x · Wᵀ + b`, W and b being the tensors stacked: x [batch, tokens, in] → [batch, tokens, out].

        Args:
            node: the node's name.
            x: the value multiplied.
            tensors: logical names of [out, in] matrices.
            biases: logical names of vectors; none for a product without bias.
        """
        graph = self.matrices.graph
        product = self._products(node, x, tensors)
        if not biases:
            return product
        bias = self.matrices.floats(f"{initializer(node)}.bias", biases)
        return graph.node("Add", [product, bias], f"{node}/Add/output_0")

    def _products(self, node: str, x: str, tensors: Sequence[str]) -> str:
        """One product where all matrices have one form, else one for each, side by side."""
        forms = [self.matrices.storage.form(tensor) for tensor in tensors]
        if len(set(forms)) == 1:
            return self._product(node, x, tensors, forms[0])
        parts = [
            self._product(f"{node}/{number}", x, [tensor], form)
            for number, (tensor, form) in enumerate(zip(tensors, forms, strict=True))
        ]
        return self.matrices.graph.node("Concat", parts, f"{node}/Concat/output_0", axis=-1)

    def _product(self, node: str, x: str, tensors: Sequence[str], form: Form) -> str:
        graph = self.matrices.graph
        if isinstance(form, Floats):
            rows = self.matrices.widened(f"{initializer(node)}.weight", tensors, form.dtype)
            weight = graph.node("Transpose", [rows], f"{node}/Transpose/output_0", perm=[1, 0])
            return graph.node("MatMul", [x, weight], f"{node}/MatMul/output_0")
        outputs, inputs = self.matrices.shape(tensors)
        weight, scales, *offsets = self.matrices.levels(initializer(node), tensors, form)
        product = graph.node(
            "MatMulNBits",
            [x, weight, scales],
            f"{node}/MatMulNBits/output_0",
            MICROSOFT,
            N=outputs,
            K=inputs,
            bits=form.bits,
            block_size=form.block,
        )
        return self._add_offsets(node, x, product, offsets[0], form) if offsets else product

    def _add_offsets(self, node: str, x: str, product: str, offsets: str, form: Levels) -> str:
        """Add each block's offset times the sum of what it multiplies.

        Offsets are exact so, whatever arithmetic the product uses. Zero points that are floats would do the
        same inside the product, but on the CPU that takes the slow way (2048 × 2048, one token, two cores:
        12 ms against 0.4).
        """
        graph = self.matrices.graph
        columns = graph.node("Transpose", [offsets], f"{node}/offsets/Transpose/output_0", perm=[1, 0])
        shares = graph.node("MatMul", [self._block_sums(x, form), columns], f"{node}/offsets/MatMul/output_0")
        return graph.node("Add", [product, shares], f"{node}/offsets/Add/output_0")

    def _block_sums(self, x: str, form: Levels) -> str:
        """Sums over the blocks of a row, [batch, tokens, blocks]; made once for each x."""
        graph, key = self.matrices.graph, (x, form.block)
        if key not in self._sums:
            path = f"{x.rsplit('/output_', 1)[0]}/blocks.{form.block}"
            shape = graph.constant(f"/constants/blocks.{form.block}", [0, 0, -1, form.block], _INT64)
            last = graph.constant("/constants/last_axis", [-1], _INT64)
            blocks = graph.node("Reshape", [x, shape], f"{path}/Reshape/output_0")
            self._sums[key] = graph.node(
                "ReduceSum", [blocks, last], f"{path}/ReduceSum/output_0", keepdims=0
            )
        return self._sums[key]
