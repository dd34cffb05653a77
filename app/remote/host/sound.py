"""Lets through, of what an endpoint says, the events that the window knows, in an order it can follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Event = Mapping[str, Any]

ENDINGS = frozenset({"response.completed", "response.incomplete", "response.failed"})
_FRAMES = frozenset({"response.created", "response.in_progress"})
_MESSAGE, _REASONING, _CALL = "message", "reasoning", "function_call"
_TEXTS = {
    "response.output_text.delta": _MESSAGE,
    "response.refusal.delta": _MESSAGE,
    "response.reasoning_text.delta": _REASONING,
    "response.reasoning.delta": _REASONING,
    "response.reasoning_summary_text.delta": _REASONING,
    "response.function_call_arguments.delta": _CALL,
}
"""Events with text, and the type of the item that each belongs to."""


class Sound:
    """Judges one answer's events, one after the other.

    Attributes:
        ended: the last event of the answer was seen.
    """

    def __init__(self) -> None:
        self._open = False
        self.ended = False

    def told(self, event: Event) -> Sequence[Event]:
        """What is told for an event: the event, nothing, or with it what it lacks before it."""
        if _has_text(event) and not self._open and _TEXTS[str(event["type"])] != _CALL:
            # vLLM left out that a message begins where thinking came before.
            return [one for one in (_begun(event), event) if self._passes(one)]
        return [event] if self._passes(event) else []

    def _passes(self, event: Event) -> bool:
        kind = str(event.get("type"))
        if self.ended:
            return False
        if kind in _FRAMES:
            return True
        if kind in ENDINGS:
            self.ended = _is_response(event.get("response"))
            return self.ended
        return self._passes_item(kind, event)

    def _passes_item(self, kind: str, event: Event) -> bool:
        if kind == "response.output_item.added":
            told = isinstance(event.get("item"), dict) and not self._open
            self._open = self._open or told
            return told
        if kind == "response.output_item.done":
            told = isinstance(event.get("item"), dict) and self._open
            self._open = self._open and not told
            return told
        return _has_text(event) and self._open


def _has_text(event: Event) -> bool:
    return str(event.get("type")) in _TEXTS and isinstance(event.get("delta"), str)


def _begun(event: Event) -> Event:
    """An item begins, as the event of its first text tells it."""
    item = {"id": event.get("item_id"), "type": _TEXTS[event["type"]]}
    return {"type": "response.output_item.added", "output_index": event.get("output_index"), "item": item}


def _is_response(response: object) -> bool:
    if not isinstance(response, dict) or not isinstance(response.get("status"), str):
        return False
    output = response.get("output")
    return isinstance(output, list) and all(isinstance(item, dict) for item in output)
