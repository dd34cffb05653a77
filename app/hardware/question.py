"""What is asked of the fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.errors import UsageError
from app.hardware.devices import AUTO, CPU
from app.hardware.estimate import Estimate
from app.hardware.model import ModelDescription

_SMALLEST_DEFAULT = 2048
# Of what is free, so that other programs can breathe and an estimate may be a little wrong.
_SHARE = 0.9


@dataclass(frozen=True)
class Experience:
    """What was measured with this model on this device before.

    Attributes:
        ratio: peak memory, as a multiple of what was estimated.
        tokens_per_s: speed of decoding; None when not measured.
        failure: why the device could not load the model; empty when it could, or was not tried.
        placement: nodes and bytes of weights by execution provider, when it was loaded last.
    """

    ratio: float = 1.0
    tokens_per_s: float | None = None
    failure: str = ""
    placement: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Whether a model would run.

    Attributes:
        model: which model.
        context: tokens; None lets the memory decide.
        device: "auto", "cpu" or a road to a graphics adapter.
        unloading: bytes that the model loaded now gives back first.
        experiences: what was measured before, by device.
        roads: devices whose runtime is there.
        software: an adapter that is software counts where there is no other.
    """

    model: ModelDescription
    context: int | None = None
    device: str = AUTO
    unloading: int = 0
    experiences: Mapping[str, Experience] = field(default_factory=dict)
    roads: Collection[str] = frozenset({CPU})
    software: bool = False

    @property
    def experience(self) -> Experience:
        """What was measured on the device that is asked about."""
        return self.experiences.get(self.device, Experience())

    def check(self) -> None:
        """Raise UsageError when the model was not made for such a context."""
        longest = self.model.longest
        if self.context is not None and longest and not 1 < self.context <= longest:
            raise UsageError(
                "A context of {wanted} tokens is not possible: this model takes 2 to {longest}.",
                "Use --context {most} or less.",
                wanted=self.context,
                longest=longest,
                most=str(longest),
            )

    def estimated(self, estimate: Callable[[ModelDescription, int], Estimate], context: int) -> Estimate:
        """What it takes with so many tokens, corrected by experience."""
        return estimate(self.model, context).corrected(self.experience.ratio)

    def chosen_context(self, estimate: Callable[[ModelDescription, int], Estimate], free: int) -> int:
        """The context that was asked for, else the longest that the free memory holds comfortably."""
        if self.context is not None:
            return self.context
        context = self.model.longest or _SMALLEST_DEFAULT
        while context > _SMALLEST_DEFAULT and self.estimated(estimate, context).total > free * _SHARE:
            context //= 2
        return context

    def smaller_context(
        self, estimate: Callable[[ModelDescription, int], Estimate], context: int, free: int
    ) -> int | None:
        """The longest context below this one that fits into so many bytes; None when none does."""
        smaller = 1 << (context - 1).bit_length() - 1
        while smaller >= min(_SMALLEST_DEFAULT, context // 2) and smaller > 1:
            if smaller < context and self.estimated(estimate, smaller).total <= free:
                return smaller
            smaller //= 2
        return None
