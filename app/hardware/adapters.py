"""Graphics adapters: one entry for each, however many probes told of it; and what cards are sold as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.hardware.machine import Adapter, AdapterKind

_GIB = 1 << 30
_SOLD = (1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 16, 18, 20, 24, 32, 36, 40, 48, 64, 80, 96, 128, 141, 192, 256, 512)
# A 16 GB card reports 15.9 GiB; one that keeps checksums in its memory 14.8.
_LEAST_SHARE = 0.92
_RANK = {
    AdapterKind.DISCRETE: 0,
    AdapterKind.INTEGRATED: 1,
    AdapterKind.UNKNOWN: 2,
    AdapterKind.REMOTE: 3,
    AdapterKind.SOFTWARE: 4,
}


def marketed_gb(memory: int) -> int:
    """The size in GB that a card with so many bytes is sold as; drivers and checksums take a share of it."""
    fitting = [size for size in _SOLD if memory >= size * _GIB * _LEAST_SHARE]
    return max(fitting, default=0)


def merged(adapters: Iterable[Adapter]) -> tuple[Adapter, ...]:
    """One entry for each adapter, the most capable first.

    Args:
        adapters: those told by the probe that is believed most come first.
    """
    found: list[Adapter] = []
    for adapter in adapters:
        place = next((number for number, known in enumerate(found) if _same(known, adapter)), None)
        if place is None:
            found.append(adapter)
        else:
            found[place] = _completed(found[place], adapter)
    named = (adapter if adapter.name else replace(adapter, name=adapter.vendor) for adapter in found)
    return tuple(sorted(named, key=lambda adapter: (_RANK[adapter.kind], -(adapter.capacity or 0))))


def _same(known: Adapter, other: Adapter) -> bool:
    if set(known.sources) & set(other.sources):
        return False
    if known.address and other.address:
        return known.address == other.address
    return known.vendor == other.vendor and known.computes and other.computes


def _completed(known: Adapter, other: Adapter) -> Adapter:
    """What is known, its gaps filled."""
    kind = other.kind if known.kind is AdapterKind.UNKNOWN else known.kind
    return Adapter(
        name=known.name or other.name,
        vendor=known.vendor,
        kind=kind,
        dedicated=_either(known.dedicated, other.dedicated),
        shared=_either(known.shared, other.shared),
        free=_either(known.free, other.free),
        driver=known.driver or other.driver,
        address=known.address or other.address,
        sources=known.sources + other.sources,
        order=_either(known.order, other.order),
    )


def _either(known: int | None, other: int | None) -> int | None:
    return other if known is None else known
