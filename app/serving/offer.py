"""Which models the server offers, and how each is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from app.errors import ModelNotFound
from app.library.installed import InstalledModel
from app.library.loading import Loading
from app.library.store import State, Store
from app.settings import Settings

_REASONING = frozenset({"gpt_oss"})


class Offer:
    """The installed models, by the ids that clients of the server use.

    Args:
        store: the installed models.
        settings: how models are loaded.
        device: what all of them compute on; empty: what was chosen for each, or is set.
    """

    def __init__(self, store: Store, settings: Settings, device: str = "") -> None:
        self._store = store
        self._settings = settings
        self._device = device

    @property
    def usual(self) -> str:
        """The id of the model that the program itself asks."""
        return self._settings.text("model")

    def models(self) -> list[Mapping[str, Any]]:
        """Every model that can be used."""
        return [_told(model) for model in self._ready()]

    def find(self, model: str) -> InstalledModel:
        """The model that a request names.

        Args:
            model: its id.

        Raises:
            ModelNotFound: no installed model has that id. A folder's path is none.
        """
        found = next((one for one in self._ready() if one.manifest.id == model), None)
        if found is None:
            known = ", ".join(one.manifest.id for one in self._ready())
            raise ModelNotFound(
                "There is no model {model}.", "Installed: {known}.", model=repr(model[:100]), known=known
            )
        return found

    def load(self, model: InstalledModel) -> Mapping[str, Any]:
        """The params of the worker's `load` for a model."""
        params = Loading(self._store.devices, self._settings).params(model.manifest.id, model.folder)
        return {**params, "device": self._device} if self._device else params

    def _ready(self) -> list[InstalledModel]:
        return [model for model in self._store.models() if model.state is State.READY]


def _told(model: InstalledModel) -> Mapping[str, Any]:
    manifest = model.manifest
    return {
        "id": manifest.id,
        "name": manifest.name,
        "created": _seconds(manifest.fetched),
        "publisher": manifest.publisher,
        "context_length": manifest.context_length,
        "reasoning": manifest.architecture in _REASONING,
    }


def _seconds(day: str) -> int:
    """The day as seconds since 1970; 0 where it is not known."""
    try:
        return int(datetime.combine(date.fromisoformat(day[:10]), datetime.min.time(), UTC).timestamp())
    except ValueError:
        return 0
