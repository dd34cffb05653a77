"""What the fit says: a state, two numbers, the cause, and the next action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from app.hardware.estimate import Estimate
from app.phrases import Phrase


class State(StrEnum):
    """Whether a model runs."""

    WELL = "runs well"
    SLOWLY = "runs slowly"
    NOT = "does not run"


@dataclass(frozen=True)
class Verdict:
    """Whether a model runs on a device.

    Attributes:
        state: whether.
        device: the device that was judged.
        context: tokens of context it was judged with.
        needed: memory it takes, by part; None when the device cannot be used at all.
        free: memory it can have now, what is unloaded included; None when unknown.
        cause: why it is so.
        action: what to do about it; empty when nothing is to be done.
        tokens_per_s: speed of decoding; None when nobody can say.
        measured: the speed was measured, not computed.
        alternative: a device that it runs on instead; empty when there is none.
        choice: why this device, where somebody had to choose; else empty.
        placement: nodes and bytes of weights by execution provider, when it was loaded last; empty before.
    """

    state: State
    device: str
    context: int
    needed: Estimate | None
    free: int | None
    cause: Phrase
    action: Phrase = Phrase("")  # noqa: RUF009 - a phrase never changes
    tokens_per_s: float | None = None
    measured: bool = False
    alternative: str = ""
    choice: Phrase = Phrase("")  # noqa: RUF009 - a phrase never changes
    placement: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """Bytes that are not free."""
        return max(0, self.needed.total - self.free) if self.needed and self.free is not None else 0

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON."""
        return {
            "state": str(self.state),
            "device": self.device,
            "context": self.context,
            "needed_bytes": self.needed.total if self.needed else None,
            "needed": asdict(self.needed) if self.needed else None,
            "free_bytes": self.free,
            "cause": str(self.cause),
            "action": str(self.action),
            "tokens_per_s": self.tokens_per_s,
            "measured": self.measured,
            "alternative": self.alternative,
            "choice": str(self.choice),
            "placement": dict(self.placement),
        }


def gigabytes(count: int) -> str:
    """Bytes in words, as all messages of the fit write them."""
    return f"{count / 1e9:.1f} GB" if count >= 50_000_000 else f"{count / 1e6:.0f} MB"
