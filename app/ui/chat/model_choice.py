"""Which model answers, and how it is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import IndoorsError
from app.library.loading import Loading
from app.library.store import InstalledModel, Store
from app.ui.elsewhere import FIELD, Elsewhere, RemoteModel
from app.ui.preferences import Preferences

_OF_LOADS = frozenset({"context", "device", "threads", "memory-guard"})


@dataclass(frozen=True)
class Chosen:
    """A model that can be asked.

    Attributes:
        id: its id.
        name: what people call it.
        load: params of the worker's method `load`; none for a model that is not on this computer.
        remote: where it is, if it is not on this computer.
    """

    id: str
    name: str
    load: Mapping[str, Any]
    remote: RemoteModel | None = None

    @property
    def where(self) -> Mapping[str, Any]:
        """What says in the part `indoors` of a request where it goes."""
        return {"load": self.load} if self.remote is None else {FIELD: self.remote.address()}


class ModelChoice:
    """Finds the model a conversation wants, or the one the settings name.

    Args:
        store: the models on this computer.
        elsewhere: the others.
        preferences: the settings.
    """

    def __init__(self, store: Store, elsewhere: Elsewhere, preferences: Preferences) -> None:
        self._store = store
        self._elsewhere = elsewhere
        self._preferences = preferences
        self._adjusted: dict[str, Mapping[str, Any]] = {}
        preferences.changed.connect(self._forget_adjustments)

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

    def elsewhere(self) -> Sequence[RemoteModel]:
        """Every model that is not on this computer.

        Raises:
            StorageError: the list of endpoints cannot be read.
        """
        return self._elsewhere.models()

    @property
    def offline(self) -> bool:
        """The offline switch is on: only the models of this computer can be asked."""
        return self._preferences.offline

    def choose(self, wanted: str = "") -> Chosen:
        """The model to ask.

        Args:
            wanted: a model's id; empty for the one the settings name.

        Raises:
            ModelError: there is none such, or it cannot be used.
            Offline: it is not on this computer, and the offline switch is on.
        """
        model = wanted or self.default
        remote = self._elsewhere.find(model)
        self._elsewhere.show_chosen(None if self.offline else remote)
        if remote is not None:
            self._elsewhere.require_online(remote.endpoint.host)
            return Chosen(model, remote.model, {}, remote)
        folder = self._store.locate(model)
        load = Loading(self._store.devices, self._preferences).params(model, folder)
        return Chosen(model, self._name(model), {**load, **self._adjusted.get(model, {})})

    def adjust(self, model: str, **params: object) -> None:
        """Load a model otherwise until the settings change or the window is closed.

        Args:
            model: its id; empty for the one the settings name.
            params: of the worker's method `load`.
        """
        model = model or self.default
        self._adjusted[model] = {**self._adjusted.get(model, {}), **params}

    def _forget_adjustments(self, name: str) -> None:
        if name in _OF_LOADS:
            self._adjusted.clear()

    def _name(self, model: str) -> str:
        try:
            return self._store.get(model).manifest.name or model
        except IndoorsError:
            return model
