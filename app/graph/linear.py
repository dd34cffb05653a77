"""Matrix products of the graph: dense layers and mixtures of experts, in each way of storing weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from app.errors import UnsupportedModel
from app.graph.emit import MICROSOFT, GraphEmitter
from app.graph.gpt_oss_config import GptOssConfig
from app.graph.quantize import BLOCK, Blocks, Quantization, blocks_in
from app.graph.weights import Weights

_COLUMNS = 256  # of a transposed matrix written at once


@dataclass(frozen=True)
class Layers:
    """Emits layers whose weights are stored in one way.

    Attributes:
        graph: where nodes go.
        weights: where values come from.
        config: the model's sizes.
        quantization: how weights are stored.
    """

    graph: GraphEmitter
    weights: Weights
    config: GptOssConfig
    quantization: Quantization

    def floats(self, name: str, tensors: Sequence[str], dtype: np.dtype[Any] | None = None) -> str:
        """An initializer of floats: the tensors one after another along their first dimension.

        Args:
            name: of the initializer.
            tensors: logical names of equal shape but for the first dimension.
            dtype: its type; the activations' by default.
        """
        dtype = dtype or self.quantization.activations
        return self.graph.weights.tensor(
            name, dtype, self._shape(tensors), lambda: _cast(self._rows(tensors), dtype, name)
        )

    def _rows(self, tensors: Sequence[str]) -> Iterator[NDArray[np.float32]]:
        for tensor in tensors:
            yield from self.weights.rows(tensor)

    def _shape(self, tensors: Sequence[str]) -> tuple[int, ...]:
        known = self.config.tensors()
        shapes = [known[tensor] for tensor in tensors]
        return (sum(shape[0] for shape in shapes), *shapes[0][1:])

    def linear(self, node: str, x: str, tensors: Sequence[str], biases: Sequence[str] = ()) -> str:
        """`x · Wᵀ + b`, W and b being the tensors stacked: x [batch, tokens, in] → [batch, tokens, out].

        Args:
            node: the node's name.
            x: the value multiplied.
            tensors: logical names of [out, in] matrices.
            biases: logical names of vectors; none for a product without bias.
        """
        product = self._product(node, x, tensors)
        if not biases:
            return product
        bias = self.floats(f"{_initializer(node)}.bias", biases)
        return self.graph.node("Add", [product, bias], f"{node}/Add/output_0")

    def _product(self, node: str, x: str, tensors: Sequence[str]) -> str:
        if self.quantization.bits is None:
            weight = self._transposed(f"{_initializer(node)}.weight", tensors, self.quantization.activations)
            return self.graph.node("MatMul", [x, weight], f"{node}/MatMul/output_0")
        bits, (outputs, inputs) = self.quantization.bits, self._shape(tensors)
        count = blocks_in(inputs)
        quantized = self.graph.weights.blocks(
            _initializer(node),
            (outputs, count, BLOCK * bits // 8),
            (outputs, count),
            lambda: self._blocks(tensors, bits),
        )
        return self.graph.node(
            "MatMulNBits",
            [x, *quantized],
            f"{node}/MatMulNBits/output_0",
            MICROSOFT,
            N=outputs,
            K=inputs,
            bits=bits,
            block_size=BLOCK,
        )

    def _blocks(self, tensors: Sequence[str], bits: int) -> Iterator[Blocks]:
        for tensor in tensors:
            yield from self.weights.blocks(tensor, bits)

    def _transposed(self, name: str, tensors: Sequence[str], dtype: np.dtype[Any]) -> str:
        outputs, inputs = self._shape(tensors)

        def columns() -> Iterator[NDArray[Any]]:
            matrix = np.empty((outputs, inputs), dtype)
            first = 0
            for rows in _cast(self._rows(tensors), dtype, name):
                matrix[first : first + len(rows)] = rows
                first += len(rows)
            for column in range(0, inputs, _COLUMNS):
                yield matrix[:, column : column + _COLUMNS].T

        return self.graph.weights.tensor(name, dtype, (inputs, outputs), columns)

    def router(self, node: str, x: str, prefix: str) -> str:
        """Scores of the experts, [batch · tokens, experts].

        The product runs in fp32 whatever the activations are: small errors here choose other experts.

        Args:
            node: the node's name.
            x: normalised hidden states.
            prefix: logical name of the router.
        """
        graph, single = self.graph, np.dtype(np.float32)
        half = self.quantization.activations != single
        if half:
            x = graph.node("Cast", [x], f"{node}/Cast/output_0", to=TensorProto.FLOAT)
        weight = self._transposed(f"{_initializer(node)}.weight", [f"{prefix}.weight"], single)
        bias = self.floats(f"{_initializer(node)}.bias", [f"{prefix}.bias"], single)
        scores = graph.node("MatMul", [x, weight], f"{node}/MatMul/output_0")
        scores = graph.node("Add", [scores, bias], f"{node}/Add/output_0")
        shape = graph.constant("/constants/router_shape", [-1, self.config.experts], np.dtype(np.int64))
        scores = graph.node("Reshape", [scores, shape], f"{node}/Reshape/output_0")
        return (
            graph.node("Cast", [scores], f"{node}/CastBack/output_0", to=TensorProto.FLOAT16)
            if half
            else scores
        )

    def experts(self, node: str, x: str, scores: str, prefix: str) -> str:
        """The mixture of experts: the best of them for each token, weighted by the softmax of their scores.

        Args:
            node: the node's name.
            x: normalised hidden states [batch, tokens, hidden].
            scores: of the router.
            prefix: logical name of the experts.
        """
        tensors: list[str] = []
        for projection in ("gate_up_proj", "down_proj"):
            tensor = f"{prefix}.{projection}"
            tensors += [
                *self._expert_matrices(f"{_initializer(node)}.{projection}", tensor),
                self.floats(f"{_initializer(node)}.{projection}.bias", [f"{tensor}_bias"]),
            ]
        attributes: dict[str, Any] = {
            "k": self.config.experts_per_token,
            "activation_type": "swiglu",
            "activation_alpha": self.config.swiglu_alpha,
            "activation_beta": 1.0,
            "swiglu_fusion": 1,  # gate and linear part take turns, as in the checkpoint
            "swiglu_limit": self.config.swiglu_limit,
            "normalize_routing_weights": 1,
        }
        if bits := self.quantization.bits:
            attributes |= {"expert_weight_bits": bits, "block_size": BLOCK}
        operator = "QMoE" if bits else "MoE"
        return self.graph.node(
            operator, [x, scores, *tensors], f"{node}/{operator}/output_0", MICROSOFT, **attributes
        )

    def _expert_matrices(self, name: str, tensor: str) -> tuple[str, ...]:
        bits, (experts, outputs, inputs) = self.quantization.bits, self._shape([tensor])
        if bits is None:
            return (self.floats(f"{name}.weight", [tensor]),)
        width = inputs * bits // 8

        def pieces() -> Iterator[Blocks]:
            # unlike MatMulNBits, QMoE wants no filling after a last block that is not full
            for piece in self.weights.blocks(tensor, bits):
                yield Blocks(piece.packed[:, :width], piece.scales)

        return self.graph.weights.blocks(
            name, (experts, outputs, width), (experts, outputs, blocks_in(inputs)), pieces
        )


def _initializer(node: str) -> str:
    return node.strip("/").replace("/", ".")


def _cast(pieces: Iterator[NDArray[np.float32]], dtype: np.dtype[Any], name: str) -> Iterator[NDArray[Any]]:
    largest = np.finfo(dtype).max
    for piece in pieces:
        if dtype.itemsize < 4 and np.abs(piece).max(initial=0) > largest:
            raise UnsupportedModel(
                "{name} has weights too large for fp16.", "Use --quant int8, int4 or fp32.", name=name
            )
        yield piece.astype(dtype, copy=False)
