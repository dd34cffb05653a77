"""What a model takes on a DirectML adapter: the tensors its graphs read, as DirectML's allocator gives them.

The engine keeps weights and caches as tensors of their own there (`app.engine.bucketed`), of which each takes
a power of two; matrices of levels have scales in blocks of 32; routers and the tables of rotation are fp32,
everything else is fp16.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.hardware.estimate import Estimate
from app.hardware.model import Geometry, ModelDescription
from app.memory_plan import DEVICE_CHUNK, allocated, device_capacity, device_workspace, row_pieces

_HALF, _SINGLE = 2, 4
_BLOCK = 32
_BITS = (4, 8, 16)


def on_directml(model: ModelDescription, context: int) -> Estimate:
    """What a DirectML adapter has to hold.

    Args:
        model: which.
        context: prompt and answer together, in tokens.
    """
    geometry = model.geometry
    if geometry is None:
        return Estimate(weights=2 * model.weight_bytes, kv=0, workspace=0, runtime=0)
    unpacked = 2 * _HALF * geometry.intermediate * geometry.hidden
    return Estimate(
        weights=sum(_weights(geometry, _bits(model), model.longest)),
        kv=_kv(geometry, context),
        workspace=device_workspace(geometry.heads, context, geometry.experts, unpacked),
        runtime=0,
    )


def _bits(model: ModelDescription) -> int:
    """Of a weight: the nearest to what the files hold for each."""
    geometry = model.geometry
    assert geometry is not None
    stored = 8 * (model.weight_bytes - model.embedding_bytes) / geometry.computed_weights
    return min(_BITS, key=lambda bits: abs(stored - bits - (0 if bits == 16 else 8 * _HALF / _BLOCK)))


def _weights(geometry: Geometry, bits: int, positions: int) -> Iterator[int]:
    """Bytes of each tensor."""
    queries, keys = geometry.heads * geometry.head_dim, geometry.kv_heads * geometry.head_dim
    hidden, inner, experts = geometry.hidden, geometry.intermediate, geometry.experts
    for _ in range(geometry.layers):
        yield from _matrix(queries + 2 * keys, hidden, bits)
        yield from _matrix(hidden, queries, bits)
        yield from _matrix(experts * 2 * inner, hidden, bits)
        yield from _matrix(experts * hidden, inner, bits)
        if experts > 1:
            yield allocated(experts * hidden * _SINGLE)  # the router
            yield from (allocated(experts * rows * _HALF) for rows in (2 * inner, hidden))
    for first, last in row_pieces(geometry.vocabulary, hidden * bits // 8):
        yield from _matrix(last - first, hidden, bits)
    yield from [allocated(positions * geometry.head_dim // 2 * _SINGLE)] * 2  # cos and sin


def _matrix(rows: int, columns: int, bits: int) -> Iterator[int]:
    yield allocated(rows * columns * bits // 8)
    if bits < _BITS[-1]:
        yield allocated(rows * columns // _BLOCK * _HALF)


def _kv(geometry: Geometry, context: int) -> int:
    """The main cache, with one spare tensor that parts of it are moved through, and the recent one twice."""
    row = geometry.kv_heads * geometry.head_dim * _HALF
    main, recent = allocated(device_capacity(context, context) * row), allocated(DEVICE_CHUNK * row)
    return 2 * geometry.layers * (main + 2 * recent) + main
