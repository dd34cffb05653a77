"""Which model answers, and how it is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import IndoorsError
from app.library.store import InstalledModel, Store
from app.ui.preferences import Preferences


@dataclass(frozen=True)
class Chosen:
    """A model that can be asked.

    Attributes:
        id: its id.
        name: what people call it.
        load: params of the worker's method `load`.
    """

    id: str
    name: str
    load: Mapping[str, Any]


class ModelChoice:
    """Finds the model a conversation wants, or the one the settings name.

    Args:
        store: the models on this computer.
        preferences: the settings.
    """

    def __init__(self, store: Store, preferences: Preferences) -> None:
        self._store = store
        self._preferences = preferences

    @property
    def default(self) -> str:
        """Id of the model that answers in new conversations."""
        return self._preferences.text("model")

    def make_default(self, model_id: str) -> None:
        """Let a model answer in new conversations.

        Raises:
            StorageError: the settings cannot be written.
        """
        self._preferences.set("model", model_id)

    def installed(self) -> Sequence[InstalledModel]:
        """Every model there is, the unusable ones too."""
        return self._store.models()

    def choose(self, wanted: str = "") -> Chosen:
        """The model to ask.

        Args:
            wanted: a model's id; empty for the one the settings name.

        Raises:
            ModelError: there is none such, or it cannot be used.
        """
        model = wanted or self.default
        folder = self._store.locate(model)
        load = {
            "model": str(folder),
            "device": self._store.devices.of(model) or self._preferences.text("device"),
            "context": self._preferences.number("context") or None,
            "threads": self._preferences.number("threads") or None,
        }
        return Chosen(model, self._name(model), load)

    def _name(self, model: str) -> str:
        try:
            return self._store.get(model).manifest.name or model
        except IndoorsError:
            return model
