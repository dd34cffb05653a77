"""The gpt-oss decoder as an ONNX graph, with the interface and the operators of the published exports.

Inputs: input_ids int64 [batch, tokens], attention_mask int64 [batch, past + tokens],
past_key_values.N.key/.value [batch, kv_heads, past, head_dim]. Outputs: logits [batch, tokens, vocabulary],
present.N.key/.value. Keys are kept after rotation; positions follow from the mask.
Operators: onnxruntime, docs/ContribOperators.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from onnx import TensorProto

from app.graph.emit import MICROSOFT, GraphEmitter
from app.graph.gpt_oss_config import GptOssConfig
from app.graph.linear import Layers
from app.graph.quantize import Quantization
from app.graph.rope import caches
from app.graph.weight_file import Pieces, WeightFile
from app.graph.weights import Weights

_INT64 = np.dtype(np.int64)


def emit_decoder(
    config: GptOssConfig, weights: Weights, quantization: Quantization, file: WeightFile
) -> GraphEmitter:
    """Emit the whole graph; no weight is read before the file is written.

    Args:
        config: sizes.
        weights: values.
        quantization: how they are stored.
        file: where they are laid out.
    """
    return _Decoder(Layers(GraphEmitter(file), weights, config, quantization)).emit()


class _Decoder:
    def __init__(self, layers: Layers) -> None:
        self._layers, self._graph, self._config = layers, layers.graph, layers.config
        self._type = layers.quantization.activations

    def emit(self) -> GraphEmitter:
        hidden = self._embed(self._graph.input("input_ids", _INT64, ["batch", "tokens"]))
        shared = [*self._lengths(), *self._rotation()]
        name = self._graph.output("logits", self._type, ["batch", "tokens", self._config.vocabulary])
        delta = ""
        for layer in range(self._config.layers):
            path, prefix = f"/model/layers.{layer}", f"model.layers.{layer}"
            x, hidden = self._norm(f"{path}/input_layernorm", hidden, delta)
            delta = self._attention(layer, x, shared)
            x, hidden = self._norm(f"{path}/post_attention_layernorm", hidden, delta)
            scores = self._layers.router(f"{path}/moe/router", x, f"{prefix}.mlp.router")
            delta = self._layers.experts(f"{path}/moe/experts", x, scores, f"{prefix}.mlp.experts")
        x, _ = self._norm("/model/norm", hidden, delta)
        logits = self._layers.linear("/lm_head", x, [self._config.head])
        self._graph.node("Identity", [logits], name)
        return self._graph

    def _embed(self, ids: str) -> str:
        stored = self._layers.quantization.table
        table = self._layers.floats("model.embed_tokens.weight", ["model.embed_tokens.weight"], stored)
        rows = self._graph.node("Gather", [table, ids], "/model/embed_tokens/Gather/output_0")
        if stored == self._type:
            return rows
        return self._graph.node("Cast", [rows], "/model/embed_tokens/Cast/output_0", to=TensorProto.FLOAT)

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
        weight = self._layers.floats(f"{name}.weight", [f"{name}.weight"])
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
        projections = [f"{prefix}.{name}_proj" for name in "qkv"]
        qkv = self._linear(f"{path}/qkv_proj", x, projections)
        past, present = self._cache(layer)
        sinks = self._layers.floats(f"model.layers.{layer}.attn.sinks", [f"{prefix}.sinks"])
        attention = graph.node(
            "GroupQueryAttention",
            [qkv, "", "", *past, *shared, "", "", sinks],
            [f"{path}/GroupQueryAttention/output_0", *present],
            MICROSOFT,
            num_heads=config.heads,
            kv_num_heads=config.kv_heads,
            scale=config.head_dim**-0.5,
            local_window_size=config.windows[layer],
            do_rotary=1,
            rotary_interleaved=0,
            softcap=0.0,
        )
        return self._linear(f"{path}/o_proj", attention, [f"{prefix}.o_proj"])

    def _linear(self, node: str, x: str, projections: Sequence[str]) -> str:
        biases = [f"{name}.bias" for name in projections] if self._config.attention_bias else []
        return self._layers.linear(node, x, [f"{name}.weight" for name in projections], biases)

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
