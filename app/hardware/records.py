"""What was measured on this computer: it corrects the next estimate.

One JSON file, read when it is needed and written whole; a damaged one counts as empty, since everything in it
can be measured again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from app.files import write_whole
from app.hardware.machine import Adapter
from app.hardware.question import Experience

_LOG = logging.getLogger(__name__)
_LEAST_RATIO, _LARGEST_RATIO = 0.5, 2.0
_NOTEWORTHY = 0.02
_CLOCK_SECONDS = 60  # by which the clock may be set while the system runs


@dataclass(frozen=True)
class Run:
    """One model on one device with one driver.

    Attributes:
        tokens: the longest conversation it had.
        estimated: bytes that were estimated for it.
        peak: bytes that it took at most.
        tokens_per_s: speed of decoding; 0 when not measured.
        failure: why the model could not be loaded there; empty when it could.
        placement: nodes and bytes of weights by execution provider, when it was loaded last.
    """

    tokens: int = 0
    estimated: int = 0
    peak: int = 0
    tokens_per_s: float = 0.0
    failure: str = ""
    placement: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """What to multiply an estimate with; unlikely figures are not believed."""
        if not self.estimated:
            return 1.0
        return min(max(self.peak / self.estimated, _LEAST_RATIO), _LARGEST_RATIO)


class Records:
    """The measurements of this computer.

    Args:
        path: of the file; it need not exist. None: nothing was measured, and nothing is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @property
    def bandwidth(self) -> float | None:
        """Bytes a second that the processor reads from memory."""
        value = self._read().get("bandwidth")
        return float(value) if isinstance(value, int | float) and value > 0 else None

    def keep_bandwidth(self, bytes_per_s: float) -> None:
        """Remember it."""
        self._write({**self._read(), "bandwidth": bytes_per_s})

    def adapters(self, boot: float) -> tuple[Adapter, ...] | None:
        """The graphics adapters as they were found last; None where nobody looked since the system started.

        Args:
            boot: when that was, in seconds since 1970.
        """
        seen = self._read().get("graphics")
        try:
            if not isinstance(seen, dict) or abs(seen["boot"] - boot) > _CLOCK_SECONDS:
                return None
            return tuple(Adapter.from_json(adapter) for adapter in seen["adapters"])
        except (KeyError, TypeError, ValueError):
            return None

    def keep_adapters(self, boot: float, adapters: Sequence[Adapter]) -> None:
        """Remember them; while the system runs hardly any comes or goes."""
        found = {"boot": boot, "adapters": [asdict(adapter) for adapter in adapters]}
        self._write({**self._read(), "graphics": found})

    def run(self, model: str, device: str, driver: str) -> Run:
        """What is known of a model on a device."""
        stored = self._runs().get(_key(model, device, driver))
        try:
            return Run(**stored) if isinstance(stored, dict) else Run()
        except TypeError:
            return Run()

    def experience(self, model: str, device: str, driver: str) -> Experience:
        """The same, as the fit wants it."""
        known = self.run(model, device, driver)
        return Experience(known.ratio, known.tokens_per_s or None, known.failure, known.placement)

    def keep_peak(
        self, model: str, device: str, driver: str, *, tokens: int, estimated: int, peak: int
    ) -> None:
        """Remember what a conversation took; a shorter one than is known tells nothing new."""
        known = self.run(model, device, driver)
        newer = replace(known, tokens=tokens, estimated=estimated, peak=peak)
        same = tokens == known.tokens and abs(newer.ratio - known.ratio) < _NOTEWORTHY
        if tokens >= known.tokens and not same:
            self._keep(model, device, driver, newer)

    def keep_failure(self, model: str, device: str, driver: str, why: str) -> None:
        """Remember that a model could not be loaded; a load that succeeds takes it back with an empty one."""
        known = self.run(model, device, driver)
        if known.failure != why:
            self._keep(model, device, driver, replace(known, failure=why))

    def keep_placement(
        self, model: str, device: str, driver: str, placement: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """Remember that a model was loaded, and who computes what of it, as the worker tells."""
        known = self.run(model, device, driver)
        figures = {
            provider: {"nodes": int(share["nodes"]), "bytes": int(share["bytes"])}
            for provider, share in placement.items()
        }
        if figures != known.placement or known.failure:
            self._keep(model, device, driver, replace(known, placement=figures, failure=""))

    def keep_speed(self, model: str, device: str, driver: str, tokens_per_s: float) -> None:
        """Remember how fast it decoded."""
        known = self.run(model, device, driver)
        if abs(tokens_per_s - known.tokens_per_s) > _NOTEWORTHY * tokens_per_s:
            self._keep(model, device, driver, replace(known, tokens_per_s=tokens_per_s))

    def keep_bench(self, model: str, driver: str, figures: Mapping[str, Any]) -> None:
        """Remember what the worker's `bench` measured.

        Args:
            model: the id of the model.
            driver: what computed it.
            figures: the data of its `done`.
        """
        self.keep_bandwidth(float(figures["read_bandwidth"]))
        self.keep_speed(model, str(figures["device"]), driver, float(figures["decode_tokens_per_s"]))

    def _keep(self, model: str, device: str, driver: str, run: Run) -> None:
        runs = {**self._runs(), _key(model, device, driver): asdict(run)}
        self._write({**self._read(), "runs": runs})

    def _runs(self) -> dict[str, Any]:
        runs = self._read().get("runs")
        return runs if isinstance(runs, dict) else {}

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write(self, content: dict[str, Any]) -> None:
        """Measurements are a help and no duty: a disk that refuses them is no error."""
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(content, indent=2) + "\n")
        except OSError as error:
            _LOG.info("measurements are not kept: %s", error)


def _key(model: str, device: str, driver: str) -> str:
    return f"{model} | {device} | {driver}"
