"""Whether the model can be asked, and what it is like once it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.errors import IndoorsError, UsageError
from app.process.messages import Event
from app.ui.chat.model_choice import Chosen, ModelChoice
from app.ui.elsewhere import RemoteModel
from app.ui.wording import said, told
from app.worker.client import WorkerClient
from app.worker.protocol import PROGRESS

_EFFORTS = ("low", "medium", "high")


def remote_name(model: RemoteModel) -> str:
    """What a model that is not on this computer is called wherever it is seen."""
    text = QCoreApplication.translate("Readiness", "{model} – not local: {host}")
    return text.format(model=model.model, host=model.endpoint.host)


@dataclass(frozen=True)
class Failed:
    """A load that failed.

    Attributes:
        chosen: what was to be loaded.
        error: why it was not.
        again: what the model was wanted for, to be done once it is loaded; None where that was all.
    """

    chosen: Chosen
    error: IndoorsError
    again: Callable[[], Coroutine[Any, Any, None]] | None = None


class Readiness(QObject):
    """Loads the model before it is asked, so that the first answer comes sooner.

    Args:
        client: asks the worker.
        models: which model answers.

    Signals:
        changed: the model, its figures or its problem are others.

    Attributes:
        name: what people call the model.
        problem: why it cannot be asked; empty when it can.
        loading: what the worker told last while it is loaded; None when it is not going on.
        failed: the last load, if it failed.
    """

    changed = Signal()

    def __init__(self, client: WorkerClient, models: ModelChoice) -> None:
        super().__init__()
        self._client = client
        self._models = models
        self._loaded: Mapping[str, Any] = {}
        self._chosen: Chosen | None = None
        self.name = ""
        self.problem = ""
        self.loading: Mapping[str, Any] | None = None
        self.failed: Failed | None = None

    @property
    def host(self) -> str:
        """Who is asked; empty where the model runs on this computer."""
        remote = self._chosen.remote if self._chosen is not None else None
        return remote.endpoint.host if remote is not None else ""

    @property
    def efforts(self) -> Sequence[str]:
        """The efforts the model has; none before it is loaded."""
        return tuple(self._loaded.get("efforts", ()))

    @property
    def context_length(self) -> int:
        """Tokens of context; 0 before it is loaded."""
        return int(self._loaded.get("context_length", 0))

    @property
    def longest_context(self) -> int:
        """The most tokens of context that the model allows; 0 before it is loaded."""
        return int(self._loaded.get("longest_context", 0))

    @property
    def sampling(self) -> Mapping[str, float]:
        """The model's own sampling; nothing before it is loaded."""
        return dict(self._loaded.get("sampling", {}))

    async def prepare(self, wanted: str) -> None:
        """Load a model unless it is loaded.

        Args:
            wanted: its id; empty for the one the settings name.

        Raises:
            IndoorsError: it cannot be loaded; `problem` says so too when it can not even be found.
        """
        try:
            chosen = self._models.choose(wanted)
        except IndoorsError as error:
            self._chosen, self._loaded = None, {}
            self._tell(name=said(error.cause), problem=told(error))
            return
        if chosen.remote is not None:
            self._choose_remote(chosen, chosen.remote)
        elif chosen != self._chosen:
            await self._load(chosen)

    def _choose_remote(self, chosen: Chosen, remote: RemoteModel) -> None:
        """Nothing is loaded: what the model is like is not known, but that it can be asked."""
        self._chosen, self._loaded, self.loading = chosen, {"efforts": _EFFORTS}, None
        self.failed = None
        self._tell(name=remote_name(remote), problem="")

    async def enlarge(self, wanted: str, context: int) -> None:
        """Load a model with another context; where that fails, as it was loaded before.

        Args:
            wanted: its id; empty for the one the settings name.
            context: in tokens.

        Raises:
            IndoorsError: it cannot be loaded so.
        """
        chosen = self._models.choose(wanted)
        try:
            await self.load_with(wanted, context=context)
        except IndoorsError:
            self._models.adjust(wanted, context=chosen.load["context"])
            await self._load(chosen)
            raise

    async def load_with(self, wanted: str, **params: object) -> None:
        """Load a model otherwise than is set; so it stays loaded until the settings change.

        Args:
            wanted: its id; empty for the one the settings name.
            params: of the worker's `load`: `context`, `unguarded`.

        Raises:
            IndoorsError: it cannot be loaded so.
        """
        self._models.adjust(wanted, **params)
        await self._load(self._models.choose(wanted))

    def note_failure(
        self, wanted: str, error: IndoorsError, again: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """A model was loaded for an answer, and that failed.

        Args:
            wanted: its id; empty for the one the settings name.
            error: why.
            again: asks for the answer once more.
        """
        with suppress(IndoorsError):
            self.failed = Failed(self._models.choose(wanted), error, again)

    async def measure(self, body: Mapping[str, Any]) -> int:
        """Tokens of a request's prompt.

        Raises:
            IndoorsError: it cannot be rendered, or the model is elsewhere.
        """
        self._require_local()
        return len((await self._client.call("render", body))["token_ids"])

    def _require_local(self) -> None:
        if self.host:
            raise UsageError(
                "What a model elsewhere reads cannot be counted here.", "Begin a new conversation."
            )

    async def _load(self, chosen: Chosen) -> None:
        self._chosen, self._loaded, self.loading, self.failed = chosen, {}, {}, None
        self._tell(name=chosen.name, problem="")
        try:
            loaded = await self._client.call("load", chosen.load, self._hear)
        except IndoorsError as error:
            self.failed = Failed(chosen, error)
            if self._chosen is chosen:
                self._chosen = None
            raise
        finally:
            if self._chosen is None or self._chosen is chosen:
                self.loading = None
                self.changed.emit()
        if self._chosen is chosen:  # nobody chose another meanwhile
            self._loaded = loaded
            self.changed.emit()

    async def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text.

        Raises:
            IndoorsError: there is no model to count them, or it is elsewhere.
        """
        self._require_local()
        data = await self._client.call("tokenize", {"texts": list(texts)})
        return [int(count) for count in data["counts"]]

    def _hear(self, event: Event) -> None:
        if event.name == PROGRESS:
            self.loading = event.data
            self.changed.emit()

    def _tell(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        self.changed.emit()
