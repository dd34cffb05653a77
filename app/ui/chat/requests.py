"""What is sent to the worker for a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import UsageError
from app.history.items import Item
from app.history.records import Options
from app.ui.chat.model_choice import ModelChoice
from app.ui.preferences import Preferences


class Requests:
    """Makes the bodies of requests: a conversation's options first, then the app's settings.

    Args:
        models: which model answers.
        preferences: the settings.
    """

    def __init__(self, models: ModelChoice, preferences: Preferences) -> None:
        self._models = models
        self._preferences = preferences

    def model(self, options: Options) -> str:
        """The id of the model that is asked."""
        return options.model or self._preferences.text("model")

    def effort(self, options: Options) -> str:
        """How long it thinks."""
        return options.effort or self._preferences.text("effort")

    def body(
        self, options: Options, items: Sequence[Item], own: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The body of `respond` and `render`.

        Args:
            options: of the conversation.
            items: of the conversation.
            own: what stands in the part `indoors` besides model and sampling.

        Raises:
            ModelError: the model cannot be used.
            Offline: it is elsewhere, and the offline switch is on.
            UsageError: it is elsewhere, and was asked to continue.
        """
        sampling = dict(options.sampling)
        chosen = self._models.choose(options.model)
        part = {**sampling.pop("indoors", {}), **(own or {}), **chosen.where}
        if chosen.remote is not None and part.get("continue"):
            raise UsageError(
                "A model elsewhere cannot go on with an answer that was cut.", "Let it answer again."
            )
        effort = {"effort": self.effort(options)}
        body: dict[str, Any] = {"input": list(items), "store": False, "reasoning": effort}
        if options.instructions:
            body["instructions"] = options.instructions
        return {**body, **sampling, "indoors": part}
