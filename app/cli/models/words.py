"""Figures of a model in words."""

from __future__ import annotations

from app.cli.terminal import size, visible
from app.hardware.devices import CPU
from app.hardware.verdict import State, Verdict
from app.library.device_choices import DeviceChoices
from app.library.fitting import Fitting
from app.library.loading import Loading
from app.paths import Paths
from app.settings import Settings


def parameters(count: int | None) -> str:
    """A number of parameters."""
    if not count:
        return "unknown"
    return f"{count / 1e9:.1f} B" if count >= 1e9 else f"{count / 1e6:.1f} M"


def tokens(count: int | None) -> str:
    """A context's length."""
    return f"{count:,}" if count else "unknown"


def known_size(number: int | None) -> str:
    """A size, if it is known."""
    return size(number) if number else "unknown"


async def fitting_here(places: Paths) -> Fitting:
    """Judges models as this computer is now, with what is chosen for them."""
    loading = Loading(DeviceChoices(places), Settings(places.settings))
    return await Fitting.looked(places, loading)


def state(verdict: Verdict | None) -> str:
    """Whether a model runs, in a word or two, and where it is not on the processor."""
    if verdict is None:
        return "unknown"
    runs = verdict.state is not State.NOT and verdict.device != CPU
    return f"{verdict.state} on {verdict.device}" if runs else str(verdict.state)


def judgement(verdict: Verdict | None) -> str:
    """Whether a model runs, why, and what to do about it."""
    if verdict is None:
        return "unknown: its size is not known"
    return f"{verdict.state}. {verdict.cause} {verdict.action}".strip()


def facts(pairs: dict[str, str]) -> str:
    """Labels and values as two columns; what is empty is left out. Values may be what strangers wrote."""
    shown = {label: value for label, value in pairs.items() if value}
    width = max(len(label) for label in shown) + 2
    return "\n".join(f"{label + ':':{width}}{visible(value)}" for label, value in shown.items())
