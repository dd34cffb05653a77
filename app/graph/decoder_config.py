"""Sizes and constants of a decoder-only transformer, whatever file they were read from."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.graph.rope import Rope

FULL_ATTENTION = -1


@dataclass(frozen=True)
class Experts:
    """The mixture of experts in place of a layer's feed-forward part.

    Attributes:
        count: of a layer.
        per_token: how many of them compute a token.
        limit: clamp of the gate and the linear part.
        alpha: factor inside the gate's sigmoid.
    """

    count: int
    per_token: int
    limit: float
    alpha: float


@dataclass(frozen=True)
class DecoderConfig:
    """Sizes and constants of a model whose layers are grouped-query attention and SwiGLU.

    Attributes:
        windows: for each layer the number of keys a query sees, itself included; FULL_ATTENTION for all.
        positions: the context length.
        qkv_bias: queries, keys and values have a bias.
        output_bias: so has the product behind attention.
        head_norms: each head's queries and keys are normalised before they are rotated.
        sinks: each head has a logit that takes attention away from all keys.
        experts: None: the feed-forward part is dense.
    """

    vocabulary: int
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    head_dim: int
    windows: tuple[int, ...]
    positions: int
    epsilon: float
    tied_embeddings: bool
    rope: Rope
    qkv_bias: bool = False
    output_bias: bool = False
    head_norms: bool = False
    sinks: bool = False
    experts: Experts | None = None

    @property
    def layers(self) -> int:
        """Number of decoder layers."""
        return len(self.windows)

    @property
    def head(self) -> str:
        """Logical name of the matrix that turns hidden states into logits."""
        return "model.embed_tokens.weight" if self.tied_embeddings else "lm_head.weight"

    @property
    def parameters(self) -> int:
        """Number of weights."""
        return sum(math.prod(shape) for shape in self.tensors().values())

    def tensors(self) -> dict[str, tuple[int, ...]]:
        """Logical name → shape of every weight, output dimension first (experts: [expert, output, input]).

        The names are those of transformers' checkpoints.
        """
        layer = self._attention() | self._feed_forward()
        shapes: dict[str, tuple[int, ...]] = {"model.embed_tokens.weight": (self.vocabulary, self.hidden)}
        for number in range(self.layers):
            shapes |= {f"model.layers.{number}.{name}": shape for name, shape in layer.items()}
        shapes["model.norm.weight"] = (self.hidden,)
        if not self.tied_embeddings:
            shapes["lm_head.weight"] = (self.vocabulary, self.hidden)
        return shapes

    def _attention(self) -> dict[str, tuple[int, ...]]:
        hidden, query, key = self.hidden, self.heads * self.head_dim, self.kv_heads * self.head_dim
        shapes: dict[str, tuple[int, ...]] = {"input_layernorm.weight": (hidden,)}
        if self.sinks:
            shapes["self_attn.sinks"] = (self.heads,)
        if self.head_norms:
            shapes |= {f"self_attn.{name}_norm.weight": (self.head_dim,) for name in "qk"}
        for name, outputs, inputs, bias in (
            ("q", query, hidden, self.qkv_bias),
            ("k", key, hidden, self.qkv_bias),
            ("v", key, hidden, self.qkv_bias),
            ("o", hidden, query, self.output_bias),
        ):
            shapes[f"self_attn.{name}_proj.weight"] = (outputs, inputs)
            if bias:
                shapes[f"self_attn.{name}_proj.bias"] = (outputs,)
        return shapes

    def _feed_forward(self) -> dict[str, tuple[int, ...]]:
        hidden, inner = self.hidden, self.intermediate
        norm: dict[str, tuple[int, ...]] = {"post_attention_layernorm.weight": (hidden,)}
        if self.experts is None:
            return norm | {
                "mlp.gate_proj.weight": (inner, hidden),
                "mlp.up_proj.weight": (inner, hidden),
                "mlp.down_proj.weight": (hidden, inner),
            }
        count = self.experts.count
        return norm | {
            "mlp.router.weight": (count, hidden),
            "mlp.router.bias": (count,),
            "mlp.experts.gate_up_proj": (count, 2 * inner, hidden),
            "mlp.experts.gate_up_proj_bias": (count, 2 * inner),
            "mlp.experts.down_proj": (count, hidden, inner),
            "mlp.experts.down_proj_bias": (count, hidden),
        }


def shape_problem(config: DecoderConfig) -> str:
    """What the graph's operators cannot compute, in words; empty when there is nothing."""
    experts = config.experts
    if config.heads % config.kv_heads:
        return f"{config.heads} attention heads, not a multiple of its {config.kv_heads} key-value heads"
    if config.head_dim % 16:
        return f"head_dim {config.head_dim}, not a multiple of 16"
    if experts and experts.per_token > experts.count:
        return f"{experts.per_token} experts per token but only {experts.count} experts"
    if config.hidden % 2 or config.intermediate % 2:
        return f"an odd size among hidden_size {config.hidden} and intermediate_size {config.intermediate}"
    return ""
