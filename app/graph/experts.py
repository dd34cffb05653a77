"""The mixture of experts and the router that chooses among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from onnx import TensorProto

from app.graph.decoder_config import Experts
from app.graph.emit import MICROSOFT
from app.graph.matrices import Matrices, initializer
from app.graph.quantize import Blocks
from app.graph.storage import Floats, Form, Levels


def emit_router(matrices: Matrices, node: str, x: str, prefix: str, count: int) -> str:
    """Scores of the experts, [batch · tokens, experts].

    The product runs in fp32 whatever the activations are: small errors here choose other experts.

    Args:
        matrices: where weights lie.
        node: the node's name.
        x: normalised hidden states.
        prefix: logical name of the router.
        count: number of experts.
    """
    graph, single = matrices.graph, np.dtype(np.float32)
    half = matrices.storage.activations != single
    if half:
        x = graph.node("Cast", [x], f"{node}/Cast/output_0", to=TensorProto.FLOAT)
    rows = matrices.floats(f"{initializer(node)}.weight", [f"{prefix}.weight"], single)
    bias = matrices.floats(f"{initializer(node)}.bias", [f"{prefix}.bias"], single)
    weight = graph.node("Transpose", [rows], f"{node}/Transpose/output_0", perm=[1, 0])
    scores = graph.node("MatMul", [x, weight], f"{node}/MatMul/output_0")
    scores = graph.node("Add", [scores, bias], f"{node}/Add/output_0")
    shape = graph.constant("/constants/router_shape", [-1, count], np.dtype(np.int64))
    scores = graph.node("Reshape", [scores, shape], f"{node}/Reshape/output_0")
    if not half:
        return scores
    return graph.node("Cast", [scores], f"{node}/CastBack/output_0", to=TensorProto.FLOAT16)


def emit_experts(matrices: Matrices, node: str, x: str, scores: str, prefix: str, experts: Experts) -> str:
    """The mixture of experts: the best of them for each token, weighted by the softmax of their scores.

    Args:
        matrices: where weights lie.
        node: the node's name.
        x: normalised hidden states [batch, tokens, hidden].
        scores: of the router.
        prefix: logical name of the experts.
        experts: their constants.
    """
    tensors: list[str] = []
    for projection in ("gate_up_proj", "down_proj"):
        tensor = f"{prefix}.{projection}"
        tensors += [
            *_expert_matrices(matrices, f"{initializer(node)}.{projection}", tensor),
            matrices.floats(f"{initializer(node)}.{projection}.bias", [f"{tensor}_bias"]),
        ]
    form = matrices.storage.form(f"{prefix}.gate_up_proj")
    operator = "QMoE" if isinstance(form, Levels) else "MoE"
    return matrices.graph.node(
        operator,
        [x, scores, *tensors],
        f"{node}/{operator}/output_0",
        MICROSOFT,
        **_attributes(experts, form),
    )


def _attributes(experts: Experts, form: Form) -> dict[str, Any]:
    quantized = (
        {"expert_weight_bits": form.bits, "block_size": form.block} if isinstance(form, Levels) else {}
    )
    return {
        "k": experts.per_token,
        "activation_type": "swiglu",
        "activation_alpha": experts.alpha,
        "activation_beta": 1.0,
        "swiglu_fusion": 1,  # gate and linear part take turns, as in the checkpoint
        "swiglu_limit": experts.limit,
        "normalize_routing_weights": 1,
        **quantized,
    }


def _expert_matrices(matrices: Matrices, name: str, tensor: str) -> tuple[str, ...]:
    form, (experts, outputs, inputs) = matrices.storage.form(tensor), matrices.shape([tensor])
    if isinstance(form, Floats):
        return (matrices.floats(f"{name}.weight", [tensor]),)
    width = inputs * form.bits // 8

    def pieces() -> Iterator[Blocks]:
        # unlike MatMulNBits, QMoE wants no filling after a last block that is not full
        for piece in matrices.weights.blocks(tensor, form):
            yield Blocks(piece.packed[:, :width], piece.scales)

    return matrices.graph.weights.blocks(
        name, (experts, outputs, width), (experts, outputs, form.blocks_in(inputs)), pieces
    )
