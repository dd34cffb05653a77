"""Lets through, of what an endpoint says, the events that the window knows, in an order it can follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Event = Mapping[str, Any]

ENDINGS = frozenset({"response.completed", "response.incomplete", "response.failed"})
_FRAMES = frozenset({"response.created", "response.in_progress"})
_TEXTS = frozenset(
    {
        "response.output_text.delta",
        "response.refusal.delta",
        "response.reasoning_text.delta",
        "response.reasoning.delta",
        "response.reasoning_summary_text.delta",
        "response.function_call_arguments.delta",
    }
)


class Sound:
    """Judges one answer's events, one after the other.

    Attributes:
        ended: the last event of the answer was seen.
    """

    def __init__(self) -> None:
        self._open = False
        self.ended = False

    def passes(self, event: Event) -> bool:
        """Whether an event is told."""
        kind = event.get("type")
        if self.ended:
            return False
        if kind in _FRAMES:
            return True
        if kind in ENDINGS:
            self.ended = _is_response(event.get("response"))
            return self.ended
        return self._passes_item(kind, event)

    def _passes_item(self, kind: object, event: Event) -> bool:
        if kind == "response.output_item.added":
            told = isinstance(event.get("item"), dict) and not self._open
            self._open = self._open or told
            return told
        if kind == "response.output_item.done":
            told = isinstance(event.get("item"), dict) and self._open
            self._open = self._open and not told
            return told
        return kind in _TEXTS and isinstance(event.get("delta"), str) and self._open


def _is_response(response: object) -> bool:
    if not isinstance(response, dict) or not isinstance(response.get("status"), str):
        return False
    output = response.get("output")
    return isinstance(output, list) and all(isinstance(item, dict) for item in output)
