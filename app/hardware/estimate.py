"""How much memory a model takes, part by part, before it is loaded.

The figures of the processor's kernels were measured (docs/performance.md); what depends on the engine's own
choices is computed by the same rules that the engine follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.hardware.model import Geometry, ModelDescription
from app.memory_plan import PREFILL_CHUNK, cache_capacities, cache_capacity, graph_parts

# Python, onnxruntime and what else a worker holds before it loads a model.
_RUNTIME = 42_000_000
_SESSION = 6_000_000
_TOKENIZER_FACTOR = 10
# 24 bytes for 32 weights of 4 bits instead of the file's 20 (accuracy level 4).
_PACKED = 1.19
_WIDENED = {"fp16": 2.0}
_FLOAT = 4
_HALF = 2
_GRAPHICS_SCRATCH = 300_000_000


@dataclass(frozen=True)
class Estimate:
    """Memory a loaded model takes, in bytes.

    Attributes:
        weights: as the kernels want them.
        kv: the KV cache of the whole context.
        workspace: what computing takes besides.
        runtime: the process itself, its tokenizer included.
    """

    weights: int
    kv: int
    workspace: int
    runtime: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.kv + self.workspace + self.runtime

    def corrected(self, ratio: float) -> Estimate:
        """The same, when what was measured is so many times what was estimated."""
        return replace(
            self,
            weights=round(self.weights * ratio),
            workspace=round(self.workspace * ratio),
            runtime=round(self.runtime * ratio),
            kv=round(self.kv * ratio),
        )


def on_processor(model: ModelDescription, context: int, tokens: int | None = None) -> Estimate:
    """What the worker takes.

    Args:
        model: which.
        context: prompt and answer together, in tokens.
        tokens: how many of them a conversation has used; None for all.
    """
    used = context if tokens is None else min(tokens, context)
    packed = (model.weight_bytes - model.embedding_bytes) * _WIDENED.get(model.quantization, _PACKED)
    parts = graph_parts(model.weight_bytes)
    return Estimate(
        weights=round(packed),
        kv=cache_capacity(0, used, context) * model.kv_bytes_per_token,
        workspace=_workspace(model.geometry, used, context) + parts * _SESSION,
        runtime=_RUNTIME + _TOKENIZER_FACTOR * model.tokenizer_bytes,
    )


def on_graphics(model: ModelDescription, context: int) -> Estimate:
    """What a graphics adapter has to hold: embeddings are looked up by the processor, numbers are fp16.

    Args:
        model: which.
        context: prompt and answer together, in tokens.
    """
    heads = model.geometry.heads if model.geometry else 0
    probabilities = heads * PREFILL_CHUNK * context * _HALF
    return Estimate(
        weights=model.weight_bytes - model.embedding_bytes,
        kv=context * model.kv_bytes_per_token * _HALF // model.kv_itemsize,
        workspace=probabilities + _GRAPHICS_SCRATCH,
        runtime=0,
    )


def _workspace(geometry: Geometry | None, used: int, context: int) -> int:
    """Attention's probabilities, for every length the cache has had, and the activations of one chunk."""
    if geometry is None:
        return 0
    chunk, lengths = min(PREFILL_CHUNK, used), sum(cache_capacities(used, context))
    return geometry.heads * chunk * lengths * _FLOAT + chunk * _activations(geometry)


def _activations(geometry: Geometry) -> int:
    """Bytes for each token of a chunk: hidden states, projections, experts' inputs and outputs twice."""
    projections = (geometry.heads + 2 * geometry.kv_heads) * geometry.head_dim
    experts = geometry.chosen * (3 * geometry.intermediate + geometry.hidden)
    return _FLOAT * (4 * geometry.hidden + projections + 2 * experts)
