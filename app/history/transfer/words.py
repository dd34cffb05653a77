"""The words an export says itself; the window passes its own language's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Labels in Markdown and HTML exports.

    Attributes:
        thought_for: with a place for the seconds.
    """

    untitled: str = "Untitled conversation"
    user: str = "You"
    assistant: str = "Assistant"
    system: str = "System"
    instructions: str = "Instructions"
    thought: str = "Thought"
    thought_for: str = "Thought for {seconds} s"
    call: str = "Call to {name}"
    result: str = "Result"
    cut: str = "This answer was cut."

    def thinking(self, seconds: float | None) -> str:
        """The heading above the thinking."""
        return self.thought if seconds is None else self.thought_for.format(seconds=f"{seconds:.1f}")
