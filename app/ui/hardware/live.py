"""What is free at this moment: of the computer's memory, of each graphics adapter's, of the disk's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from app.errors import UsageError
from app.hardware.devices import CPU, GRAPHICS, parse_device
from app.hardware.machine import Adapter, Disk, Memory
from app.ui.controls import frame
from app.ui.hardware.memory_bar import MemoryBar, Segment
from app.ui.theme import Theme


class LiveCard:
    """Bars that are filled anew every few seconds.

    Args:
        theme: colours and distances.
    """

    def __init__(self, theme: Theme) -> None:
        self.widget = frame("card")
        self._theme = theme
        space = theme.tokens.space
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(space.l, space.l, space.l, space.l)
        self._column.setSpacing(space.xl)
        self.memory = MemoryBar(QCoreApplication.translate("LiveCard", "Memory"), theme)
        self.disk = MemoryBar(QCoreApplication.translate("LiveCard", "Disk of the models"), theme)
        self.adapters: list[MemoryBar] = []
        self._column.addWidget(self.memory)
        self._column.addWidget(self.disk)

    def show_memory(self, memory: Memory, worker: Mapping[str, Any] | None) -> None:
        """Show the computer's memory.

        Args:
            memory: now.
            worker: the worker's `status`; None when it does not run.
        """
        held, cache = _held(worker)
        used = memory.total - memory.available
        ours, others = min(held, used), max(0, used - held)
        cache = min(cache, ours)
        segments = (
            Segment(QCoreApplication.translate("LiveCard", "model"), ours - cache, "accent"),
            Segment(QCoreApplication.translate("LiveCard", "KV cache"), cache, "code_number"),
            Segment(QCoreApplication.translate("LiveCard", "others"), others, "control"),
            Segment(QCoreApplication.translate("LiveCard", "free"), memory.available),
        )
        self.memory.show_segments(segments, memory.total)

    def show_disk(self, disk: Disk) -> None:
        """Show the disk."""
        self.disk.show_segments(_used_and_free(disk.total, disk.free), disk.total)

    def show_adapters(self, adapters: Sequence[Adapter], worker: Mapping[str, Any] | None = None) -> None:
        """Show those adapters that compute.

        Args:
            adapters: as they were found.
            worker: the worker's `status`; None when it does not run.
        """
        computing = [adapter for adapter in adapters if adapter.computes]
        while len(self.adapters) > len(computing):
            self.adapters.pop().deleteLater()
        while len(self.adapters) < len(computing):
            bar = MemoryBar("", self._theme)
            self.adapters.append(bar)
            self._column.insertWidget(len(self.adapters), bar)
        shares = (_share_of(worker, number) for number in range(len(computing)))
        for bar, adapter, share in zip(self.adapters, computing, shares, strict=True):
            _show_adapter(bar, adapter, *share)


def _show_adapter(bar: MemoryBar, adapter: Adapter, weights: int, cache: int) -> None:
    bar.name_it(adapter.name)
    total, free = adapter.capacity, adapter.free
    if total is None or free is None:
        bar.show_unknown(total)
    else:
        used = total - min(free, total)
        weights = min(weights, used)
        cache = min(cache, used - weights)
        ours = (
            Segment(QCoreApplication.translate("LiveCard", "model"), weights, "accent"),
            Segment(QCoreApplication.translate("LiveCard", "KV cache"), cache, "code_number"),
        )
        others = _used_and_free(total, total - used + weights + cache)[0]
        left = Segment(QCoreApplication.translate("LiveCard", "free"), total - used)
        bar.show_segments((*ours, others, left) if weights else _used_and_free(total, total - used), total)


def _share_of(worker: Mapping[str, Any] | None, number: int) -> tuple[int, int]:
    """Weights and KV cache of the loaded model that lie on an adapter, in bytes."""
    loaded = (worker or {}).get("loaded") or {}
    try:
        device = parse_device(str(loaded.get("device", CPU)))
    except UsageError:  # of another version
        return 0, 0
    if device.name not in GRAPHICS or device.number != number:
        return 0, 0
    shares = loaded.get("placement", {}).items()
    weights = sum(int(share["bytes"]) for provider, share in shares if not provider.startswith("CPU"))
    return weights, int(loaded.get("kv_bytes", 0))


def _used_and_free(total: int, free: int) -> tuple[Segment, Segment]:
    return (
        Segment(QCoreApplication.translate("LiveCard", "used"), total - free, "control"),
        Segment(QCoreApplication.translate("LiveCard", "free"), free),
    )


def _held(worker: Mapping[str, Any] | None) -> tuple[int, int]:
    """What the worker holds, and how much of that is the KV cache."""
    if worker is None:
        return 0, 0
    loaded = worker.get("loaded") or {}
    return int(worker["memory"]["private_bytes"]), int(loaded.get("kv_bytes", 0))
