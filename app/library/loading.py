"""How models are loaded: what was chosen for one alone comes before the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from app import manifest as manifests
from app.errors import IndoorsError
from app.library.device_choices import DeviceChoices


class Reads(Protocol):
    """The settings, or what follows them."""

    def text(self, name: str) -> str:
        """The value of a text setting."""

    def number(self, name: str) -> int:
        """The value of a whole-number setting."""


class Loading:
    """Device, context and threads for each model.

    Args:
        devices: the devices that were chosen for single models.
        settings: what holds for all others.
    """

    def __init__(self, devices: DeviceChoices, settings: Reads) -> None:
        self._devices = devices
        self._settings = settings

    def device(self, model_id: str) -> str:
        """What a model is to compute on."""
        return self._devices.of(model_id) or self._settings.text("device")

    def context(self, longest: int | None) -> int | None:
        """Tokens of context for a model; None lets the memory decide.

        Args:
            longest: what the model was made for; the setting is for all models, and this one may take less.
        """
        context = self._settings.number("context")
        return min(context, longest or context) or None

    def params(self, model_id: str, folder: Path) -> Mapping[str, Any]:
        """The params of the worker's `load` for a model."""
        return {
            "model": str(folder),
            "device": self.device(model_id),
            "context": self.context(_longest(folder)),
            "threads": self._settings.number("threads") or None,
        }


def _longest(folder: Path) -> int | None:
    """The context that a manifest tells of; None where there is none, or it cannot be read."""
    try:
        return manifests.read(folder).context_length
    except IndoorsError:
        return None
