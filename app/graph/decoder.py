"""A decoder as an ONNX graph, with the interface and the operators of the published exports.

Inputs: input_ids int64 [batch, tokens], attention_mask int64 [batch, past + tokens],
past_key_values.N.key/.value [batch, kv_heads, past, head_dim]. Outputs: logits [batch, tokens, vocabulary],
present.N.key/.value. Keys are kept after rotation; positions follow from the mask.
Operators: onnxruntime, docs/ContribOperators.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from onnx import TensorProto

from app.graph.decoder_config import DecoderConfig
from app.graph.embedding import embed
from app.graph.emit import MICROSOFT, GraphEmitter
from app.graph.experts import emit_experts, emit_router
from app.graph.linear import Layers
from app.graph.matrices import Matrices
from app.graph.rope import caches
from app.graph.storage import Storage
from app.graph.weight_file import Pieces, WeightFile
from app.graph.weights import Weights

_INT64 = np.dtype(np.int64)


def emit_decoder(config: DecoderConfig, weights: Weights, storage: Storage, file: WeightFile) -> GraphEmitter:
    """Emit the whole graph; no weight is read before the file is written.

    Args:
        config: sizes.
        weights: values.
        storage: in which form each matrix is stored.
        file: where they are laid out.
    """
    return _Decoder(Matrices(GraphEmitter(file), weights, config, storage)).emit()


class _Decoder:
    def __init__(self, matrices: Matrices) -> None:
        self._matrices, self._layers = matrices, Layers(matrices)
        self._graph, self._config = matrices.graph, matrices.config
        self._type = matrices.storage.activations

    def emit(self) -> GraphEmitter:
        hidden = embed(self._matrices, self._graph.input("input_ids", _INT64, ["batch", "tokens"]))
        shared = [*self._lengths(), *self._rotation()]
        name = self._graph.output("logits", self._type, ["batch", "tokens", self._config.vocabulary])
        delta = ""
        for layer in range(self._config.layers):
            path = f"/model/layers.{layer}"
            x, hidden = self._norm(f"{path}/input_layernorm", hidden, delta)
            delta = self._attention(layer, x, shared)
            x, hidden = self._norm(f"{path}/post_attention_layernorm", hidden, delta)
            delta = self._feed_forward(layer, x)
        x, _ = self._norm("/model/norm", hidden, delta)
        logits = self._layers.linear("/lm_head", x, [self._config.head])
        self._graph.node("Identity", [logits], name)
        return self._graph

    def _lengths(self) -> tuple[str, str]:
        """Inputs 5 and 6 of GroupQueryAttention, int32: each row's last key, and the number of keys."""
        graph, path = self._graph, "/model/attention_mask"
        mask = graph.input("attention_mask", _INT64, ["batch", "total"])
        one = graph.constant("/constants/one", [1], _INT64)
        total = graph.node("ReduceSum", [mask, one], f"{path}/ReduceSum/output_0", keepdims=0)
        last = graph.node("Sub", [total, one], f"{path}/Sub/output_0")
        last = graph.node("Cast", [last], f"{path}/seqlens_k/output_0", to=TensorProto.INT32)
        shape = graph.node("Shape", [mask], f"{path}/Shape/output_0")
        second = graph.constant("/constants/total_axis", 1, _INT64)
        length = graph.node("Gather", [shape, second], f"{path}/Gather/output_0")
        return last, graph.node("Cast", [length], f"{path}/total/output_0", to=TensorProto.INT32)

    def _rotation(self) -> Sequence[str]:
        """Inputs 7 and 8 of GroupQueryAttention: cos and sin for every position."""
        config, dtype = self._config, self._type
        shape = (config.positions, config.head_dim // 2)

        def table(part: int) -> Pieces:
            return lambda: [caches(config.rope, config.positions, dtype)[part]]

        names = ("cos_cache", "sin_cache")
        return [
            self._graph.weights.tensor(name, dtype, shape, table(part)) for part, name in enumerate(names)
        ]

    def _norm(self, node: str, hidden: str, delta: str) -> tuple[str, str]:
        """Add a block's result to the hidden states and normalise: (normalised, hidden states)."""
        name = node.strip("/").replace("/", ".")
        weight = self._matrices.floats(f"{name}.weight", [f"{name}.weight"])
        epsilon = self._config.epsilon
        if not delta:
            operator = "SimplifiedLayerNormalization"
            output = f"{node}/{operator}/output_0"
            return self._graph.node(operator, [hidden, weight], output, axis=-1, epsilon=epsilon), hidden
        operator = "SkipSimplifiedLayerNormalization"
        outputs = [f"{node}/{operator}/output_0", "", "", f"{node}/{operator}/output_3"]
        x = self._graph.node(operator, [hidden, delta, weight], outputs, MICROSOFT, epsilon=epsilon)
        return x, outputs[3]

    def _attention(self, layer: int, x: str, shared: Sequence[str]) -> str:
        config, graph = self._config, self._graph
        path, prefix = f"/model/layers.{layer}/attn", f"model.layers.{layer}.self_attn"
        past, present = self._cache(layer)
        sinks = self._sinks(layer)
        attention = graph.node(
            "GroupQueryAttention",
            [*self._projected(path, prefix, x), *past, *shared, *sinks],
            [f"{path}/GroupQueryAttention/output_0", *present],
            MICROSOFT,
            num_heads=config.heads,
            kv_num_heads=config.kv_heads,
            scale=config.head_dim**-0.5,
            local_window_size=config.windows[layer],
            do_rotary=1,
            rotary_interleaved=int(config.rope.interleaved),
            softcap=0.0,
        )
        biases = [f"{prefix}.o_proj.bias"] if config.output_bias else []
        return self._layers.linear(f"{path}/o_proj", attention, [f"{prefix}.o_proj.weight"], biases)

    def _projected(self, path: str, prefix: str, x: str) -> tuple[str, str, str]:
        """Inputs 0 to 2 of GroupQueryAttention: queries, keys and values in one, or each by itself."""
        names = [f"{prefix}.{name}_proj" for name in "qkv"]
        if not self._config.head_norms:
            return self._linear(f"{path}/qkv_proj", x, names), "", ""
        queries, keys, values = (
            self._linear(f"{path}/{name}_proj", x, [f"{prefix}.{name}_proj"]) for name in "qkv"
        )
        return (
            self._head_norm(f"{path}/q_norm", queries, f"{prefix}.q_norm.weight"),
            self._head_norm(f"{path}/k_norm", keys, f"{prefix}.k_norm.weight"),
            values,
        )

    def _linear(self, node: str, x: str, projections: Sequence[str]) -> str:
        biases = [f"{name}.bias" for name in projections] if self._config.qkv_bias else []
        return self._layers.linear(node, x, [f"{name}.weight" for name in projections], biases)

    def _head_norm(self, node: str, x: str, tensor: str) -> str:
        """Normalise each head by itself: x [batch, tokens, heads · head_dim]."""
        graph = self._graph
        split = graph.constant("/constants/heads", [0, 0, -1, self._config.head_dim], _INT64)
        joined = graph.constant("/constants/joined", [0, 0, -1], _INT64)
        heads = graph.node("Reshape", [x, split], f"{node}/heads/Reshape/output_0")
        normed = graph.node(
            "SimplifiedLayerNormalization",
            [heads, self._matrices.floats(tensor, [tensor])],
            f"{node}/SimplifiedLayerNormalization/output_0",
            axis=-1,
            epsilon=self._config.epsilon,
        )
        return graph.node("Reshape", [normed, joined], f"{node}/Reshape/output_0")

    def _sinks(self, layer: int) -> Sequence[str]:
        """Inputs 9 to 11 of GroupQueryAttention, where a model has sinks."""
        if not self._config.sinks:
            return ()
        name = f"model.layers.{layer}.self_attn.sinks"
        return "", "", self._matrices.floats(f"model.layers.{layer}.attn.sinks", [name])

    def _feed_forward(self, layer: int, x: str) -> str:
        experts, matrices = self._config.experts, self._matrices
        path, prefix = f"/model/layers.{layer}", f"model.layers.{layer}.mlp"
        if experts is None:
            return self._dense(f"{path}/mlp", prefix, x)
        scores = emit_router(matrices, f"{path}/moe/router", x, f"{prefix}.router", experts.count)
        return emit_experts(matrices, f"{path}/moe/experts", x, scores, f"{prefix}.experts", experts)

    def _dense(self, path: str, prefix: str, x: str) -> str:
        """SwiGLU (Shazeer 2020, "GLU Variants Improve Transformer"): down(silu(gate(x)) · up(x))."""
        graph = self._graph
        tensors = [f"{prefix}.{name}_proj.weight" for name in ("gate", "up")]
        both = self._layers.linear(f"{path}/gate_up_proj", x, tensors)
        halves = [f"{path}/Split/output_{number}" for number in (0, 1)]
        gate = graph.node("Split", [both], halves, axis=-1, num_outputs=2)
        opening = graph.node("Sigmoid", [gate], f"{path}/Sigmoid/output_0")
        gate = graph.node("Mul", [gate, opening], f"{path}/silu/Mul/output_0")
        inner = graph.node("Mul", [gate, halves[1]], f"{path}/Mul/output_0")
        return self._layers.linear(f"{path}/down_proj", inner, [f"{prefix}.down_proj.weight"])

    def _cache(self, layer: int) -> tuple[list[str], list[str]]:
        heads, size, graph = self._config.kv_heads, self._config.head_dim, self._graph
        past, present = [], []
        for kind in ("key", "value"):
            past.append(
                graph.input(f"past_key_values.{layer}.{kind}", self._type, ["batch", heads, "past", size])
            )
            present.append(
                graph.output(f"present.{layer}.{kind}", self._type, ["batch", heads, "total", size])
            )
        return past, present
