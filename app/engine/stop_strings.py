"""Ends a text where one of several strings first appears in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class StopStrings:
    """Watches a stream of text for stop strings; none of them, and nothing after one, is ever given out.

    The string that is complete first ends the text, of two complete at once the longer one; how the text is
    cut into pieces makes no difference.

    Args:
        stops: the strings; empty ones are ignored.
    """

    def __init__(self, stops: Iterable[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self._stopped = False

    def feed(self, text: str) -> tuple[str, bool]:
        """Take more text.

        Returns:
            What may be shown now (the end of it may be held back), and whether a stop string was found.
        """
        if self._stopped:
            return "", True
        seen = self._held + text
        if (start := self._first(seen)) is not None:
            self._held, self._stopped = "", True
            return seen[:start], True
        keep = possible_start(seen, self._stops)
        self._held = seen[len(seen) - keep :]
        return seen[: len(seen) - keep], False

    def flush(self) -> str:
        """Give what is held back, when no more text comes."""
        rest, self._held = self._held, ""
        return rest

    def _first(self, seen: str) -> int | None:
        found = [(start + len(stop), start) for stop in self._stops if (start := seen.find(stop)) >= 0]
        return min(found)[1] if found else None


def possible_start(seen: str, stops: Sequence[str]) -> int:
    """Length of the longest end of `seen` with which one of the strings begins, without being whole."""
    longest = max((len(stop) - 1 for stop in stops), default=0)
    for length in range(min(longest, len(seen)), 0, -1):
        if any(stop.startswith(seen[-length:]) for stop in stops):
            return length
    return 0
