"""QMoE written out in operators that DirectML computes: the chosen experts, or all of them.

One token: TopK chooses, Gather collects the chosen experts' packed weights, a projection is one product.
    gate and up   the chosen matrices on top of each other, N = k · 2n
    down          side by side, K = k · n, so that the product also adds the experts up
Several tokens: every expert computes every token, and those that were not chosen count 0. That is more
arithmetic (experts / k times), but no copies of weights, and a graphics processor has arithmetic to spare
where a prompt is long. Experts go in groups, which bounds what unpacked weights can take.

The operator: onnxruntime, docs/ContribOperators.md, and contrib_ops/cpu/moe/moe_quantization_cpu.cc.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.graph.directml.bucket import Bucket
from app.graph.directml.device_weight import Layout
from app.graph.directml.experts_node import SCORES, Experts
from app.graph.directml.writer import Writer
from app.graph.emit import MICROSOFT

# More experts than this are too much arithmetic for nothing; prompts go token by token then.
MOST_AT_ONCE = 32
_VANISHES = -100.0  # e to this is 0 in fp32 too
_INT64 = np.dtype(np.int64)
_SINGLE = np.dtype(np.float32)


class ExpertsEmitter:
    """Emits one mixture of experts.

    Args:
        writer: where to.
        bucket: sizes.
        experts: what to compute; the router's scores are fp32.
    """

    def __init__(self, writer: Writer, bucket: Bucket, experts: Experts) -> None:
        self._writer, self._bucket, self._experts = writer, bucket, experts
        self._path = experts.node.output[0].removesuffix("/output_0")
        self._first = self._weights(2, Layout.HALVES)
        self._second = self._weights(5, Layout.EXPERTS_INSIDE)

    def emit(self) -> None:
        """Append the nodes; the last makes the published node's output."""
        shares, chosen = self._routing()
        if self._bucket.decodes:
            result = self._chosen(shares, self._reshaped(chosen, [self._experts.chosen], "chosen.flat"))
        else:
            result = self._all(self._share_of_each(shares, chosen))
        shape = [1, self._bucket.tokens, self._experts.hidden]
        self._writer.reshaped(result, shape, self._experts.node.output[0])

    def _node(
        self, operator: str, inputs: list[str], name: str, domain: str = "", **attributes: object
    ) -> str:
        return self._writer.node(operator, inputs, f"{self._path}/{name}", domain, **attributes)

    def _reshaped(self, value: str, shape: list[int], name: str) -> str:
        return self._writer.reshaped(value, shape, f"{self._path}/{name}")

    def _weights(self, place: int, layout: Layout) -> tuple[str, str, str]:
        """Levels, scales and bias of a projection; the bias "" where there is none."""
        names = self._experts.node.input
        levels, scales = (self._writer.weight(names[number], layout) for number in (place, place + 1))
        bias = names[place + 2] if place + 2 < len(names) else ""
        if not bias:
            return levels, scales, ""
        return levels, scales, self._writer.weight(bias, Layout.HALVES if place == 2 else Layout.STORED)

    def _routing(self) -> tuple[str, str]:
        """Shares and numbers of the chosen experts, each [tokens, k]."""
        experts, tokens = self._experts, self._bucket.tokens
        scores = self._reshaped(experts.node.input[SCORES], [tokens, experts.count], "scores")
        count = self._writer.constant(f"/index/{experts.chosen}", [experts.chosen], _INT64)
        best, chosen = f"{self._path}/best", f"{self._path}/chosen"
        self._writer.node("TopK", [scores, count], [best, chosen], axis=-1, sorted=1)
        shares = self._node("Softmax", [best], "shares", axis=-1)
        if self._writer.dtype != _SINGLE:
            shares = self._writer.cast(shares, self._writer.dtype, f"{self._path}/shares.cast")
        return shares, chosen

    def _chosen(self, shares: str, chosen: str) -> str:
        """The chosen experts of one token, [1, 1, hidden]."""
        experts, count = self._experts, self._experts.chosen
        levels, scales, bias = self._first
        taken = [
            self._node("Gather", [tensor, chosen], f"up.{number}", axis=0)
            for number, tensor in enumerate((levels, scales))
        ]
        both = self._product(self._tokens(), taken, (count * 2 * experts.inner, experts.hidden), "up")
        both = self._reshaped(both, [count, 2 * experts.inner], "up.experts")
        if bias:
            both = self._node("Add", [both, self._node("Gather", [bias, chosen], "up.bias")], "up.biased")
        column = self._reshaped(shares, [count, 1], "shares.column")
        inner = self._node("Mul", [self._activation(both, "act"), column], "act.shared")
        inner = self._reshaped(inner, [1, 1, count * experts.inner], "act.row")
        levels, scales, bias = self._second
        taken = [
            self._node("Gather", [tensor, chosen], f"down.{number}", axis=1)
            for number, tensor in enumerate((levels, scales))
        ]
        result = self._product(inner, taken, (experts.hidden, count * experts.inner), "down")
        biases = self._node("Gather", [bias, chosen], "down.bias") if bias else ""
        return self._with_bias(result, shares, biases)

    def _all(self, shares: str) -> str:
        """Every expert for every token, [1, tokens, hidden]; shares [tokens, experts]."""
        tokens = self._tokens()
        parts = [self._group(tokens, shares, first, last) for first, last in self._groups()]
        result = parts[0]
        for number, part in enumerate(parts[1:]):
            result = self._node("Add", [result, part], f"sum.{number}")
        return self._with_bias(result, shares, self._second[2])

    def _groups(self) -> Iterator[tuple[int, int]]:
        step = self._experts.group
        for first in range(0, self._experts.count, step):
            yield first, min(first + step, self._experts.count)

    def _group(self, x: str, shares: str, first: int, last: int) -> str:
        experts, tokens, count = self._experts, self._bucket.tokens, last - first
        name = f"{first}"
        levels, scales, bias = self._first
        taken = [self._sliced(tensor, 0, first, last) for tensor in (levels, scales)]
        both = self._product(x, taken, (count * 2 * experts.inner, experts.hidden), f"up.{name}")
        both = self._reshaped(both, [tokens, count, 2 * experts.inner], f"up.experts.{name}")
        if bias:
            both = self._node("Add", [both, self._sliced(bias, 0, first, last)], f"up.biased.{name}")
        share = self._sliced(shares, 1, first, last)
        share = self._reshaped(share, [tokens, count, 1], f"shares.{name}")
        inner = self._node("Mul", [self._activation(both, f"act.{name}"), share], f"act.shared.{name}")
        inner = self._reshaped(inner, [1, tokens, count * experts.inner], f"act.rows.{name}")
        levels, scales, _ = self._second
        taken = [self._sliced(tensor, 1, first, last) for tensor in (levels, scales)]
        return self._product(inner, taken, (experts.hidden, count * experts.inner), f"down.{name}")

    def _sliced(self, tensor: str, axis: int, first: int, last: int) -> str:
        if (first, last) == (0, self._experts.count):
            return tensor
        bounds = [self._writer.constant(f"/index/{index}", [index], _INT64) for index in (first, last, axis)]
        return self._writer.node("Slice", [tensor, *bounds], f"{self._path}/{tensor}/{first}")

    def _tokens(self) -> str:
        experts = self._experts
        shape = [1, self._bucket.tokens, experts.hidden]
        return self._reshaped(experts.node.input[0], shape, "tokens")

    def _product(self, x: str, weights: list[str], size: tuple[int, int], name: str) -> str:
        """`x` times a matrix [N, K] whose blocks are there in order, whatever their shape."""
        outputs, inputs = size
        blocks = inputs // self._experts.block
        levels = self._reshaped(
            weights[0], [outputs, blocks, self._experts.block * self._experts.bits // 8], f"{name}.levels"
        )
        scales = self._reshaped(weights[1], [outputs, blocks], f"{name}.scales")
        return self._node(
            "MatMulNBits",
            [x, levels, scales],
            name,
            MICROSOFT,
            N=outputs,
            K=inputs,
            bits=self._experts.bits,
            block_size=self._experts.block,
        )

    def _activation(self, both: str, name: str) -> str:
        """Swiglu of [..., 2n], gates first: gate · sigmoid(alpha · gate) · (up + beta), [..., n]."""
        experts = self._experts
        halves = [f"{self._path}/{name}.gate", f"{self._path}/{name}.linear"]
        sizes = self._writer.constant(f"/split/{experts.inner}", [experts.inner] * 2, _INT64)
        self._writer.node("Split", [both, sizes], halves, axis=-1)
        # Below, a gate is shut; what an expert nobody chose makes of a token must not become infinite.
        gate = self._clipped(halves[0], _VANISHES / experts.alpha, f"{name}.gate.clip")
        linear = self._clipped(halves[1], -experts.limit, f"{name}.linear.clip")
        gate = self._node("QuickGelu", [gate], f"{name}.gelu", MICROSOFT, alpha=experts.alpha)
        linear = self._node("Add", [linear, self._writer.number(experts.beta)], f"{name}.plus")
        return self._node("Mul", [gate, linear], name)

    def _clipped(self, value: str, lowest: float, name: str) -> str:
        largest = float(np.finfo(self._writer.dtype).max)
        bounds = [max(lowest, -largest), min(self._experts.limit, largest)]
        return self._node("Clip", [value, *(self._writer.number(bound) for bound in bounds)], name)

    def _share_of_each(self, shares: str, chosen: str) -> str:
        """[tokens, k] shares as [tokens, experts], 0 for those not chosen."""
        experts, tokens = self._experts, self._bucket.tokens
        ones = self._writer.constant(f"/experts/{experts.count}", np.eye(experts.count), self._writer.dtype)
        rows = self._node("Gather", [ones, chosen], "is_chosen", axis=0)
        column = self._reshaped(shares, [tokens, 1, experts.chosen], "shares.column")
        spread = self._node("MatMul", [column, rows], "spread")
        return self._reshaped(spread, [tokens, experts.count], "shares.all")

    def _with_bias(self, result: str, shares: str, bias: str) -> str:
        if not bias:
            return result
        shape = [1, self._bucket.tokens, self._experts.hidden]
        mixed = self._reshaped(self._node("MatMul", [shares, bias], "bias"), shape, "bias.rows")
        return self._node("Add", [result, mixed], "biased")
