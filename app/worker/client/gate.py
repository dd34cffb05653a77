"""What a client of the worker asks before a model is loaded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from app.progress import Progress

Measure = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
"""Has a model loaded and measured; gives the data of `done`."""


class Gate(Protocol):
    """Stands between whoever wants a model loaded and the worker."""

    async def admit(
        self,
        load: Mapping[str, Any],
        loaded: Mapping[str, Any] | None,
        measure: Measure | None,
        progress: Progress,
    ) -> Mapping[str, Any]:
        """What to ask of the worker instead of a load, in place of the model that is loaded.

        Args:
            load: params of `load`.
            loaded: those of the model that is loaded; None when there is none.
            measure: has a model loaded and measured; gives the data of `done`. None: that cannot be done now.
            progress: hears how far it is.

        Raises:
            IndoorsError: the load is refused.
        """

    def held(self, load: Mapping[str, Any]) -> int:
        """Bytes that the model of a load takes, as far as was learnt."""

    def learn(self, load: Mapping[str, Any], done: Mapping[str, Any]) -> None:
        """Hear what a load or an answer took."""

    def untried(self, wanted: Mapping[str, Any], load: Mapping[str, Any]) -> bool:
        """Whether the device of a load that was admitted was chosen, and nobody has tried it."""

    def tried(self, load: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
        """Hear what became of such a load: its `done`, or the `failure`."""
