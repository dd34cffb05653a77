"""The items of an answer while they come in as events of the Responses API."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.history.items import Item

_TEXT_KEYS = {"reasoning": "reasoning_text", "message": "output_text"}


class AnswerItems:
    """Collects items; a snapshot is what the history stores and the next request sends.

    Args:
        thought: seconds that were thought before, where an answer is continued; None for none.
        clock: seconds, for how long the thinking takes.
    """

    def __init__(self, thought: float | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._earlier = thought or 0.0
        self._clock = clock
        self._items: list[Item] = []
        self._pieces: list[list[str]] = []
        self._began = 0.0
        self._thought = 0.0
        self._has_thought = False
        self.changed = False

    @property
    def thinking_s(self) -> float | None:
        """Seconds spent thinking; None when there was none."""
        return self._thought if self._has_thought else None

    def begin(self, item: Mapping[str, Any]) -> None:
        """Another item begins."""
        self._items.append(dict(item))
        self._pieces.append([])
        self._began = self._clock()
        self.changed = True

    def extend(self, text: str) -> None:
        """More text of the last item."""
        self._pieces[-1].append(text)
        self.changed = True

    def end(self, item: Mapping[str, Any]) -> float | None:
        """The last item is whole; gives the seconds it took if it was thinking."""
        self._items[-1] = dict(item)
        self._pieces[-1] = []
        self.changed = True
        if item.get("type") != "reasoning":
            return None
        took = self._clock() - self._began + self._earlier
        self._earlier = 0.0
        self._thought += took
        self._has_thought = True
        return took

    def replace(self, items: Sequence[Mapping[str, Any]]) -> None:
        """The response as the worker has it in the end."""
        self._items = [dict(item) for item in items]
        self._pieces = [[] for _ in items]
        self.changed = True

    def snapshot(self) -> list[Item]:
        """All items as they are now."""
        self.changed = False
        now = [_with_text(item, pieces) for item, pieces in zip(self._items, self._pieces, strict=True)]
        return [item for item in now if not _is_empty(item)]


def _with_text(item: Item, pieces: list[str]) -> Item:
    text = "".join(pieces)
    if not text:
        return item
    if item.get("type") == "function_call":
        return {**item, "arguments": text}
    part = {"type": _TEXT_KEYS.get(str(item.get("type")), "output_text"), "text": text}
    return {**item, "content": [part]}


def _is_empty(item: Item) -> bool:
    return item.get("type") in _TEXT_KEYS and not item.get("content")
