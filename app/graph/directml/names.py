"""What the inputs and outputs of the graphs are called."""

from __future__ import annotations

MASKED = -30000.0
"""Added to the score of a key that a query does not see: far below every score, and far enough from fp16's
end that no sum overflows, since what is not a number would spread."""

HIDDEN, LAST = "hidden", "last"
"""Hidden states: those a body reads, and those it makes of the last token."""
LAST_ROW = "last.row"
"""Which of a piece's tokens is the last."""
POSITIONS, SLOT = "position_ids", "recent.slot"
"""Where tokens stand, and where in the recent cache the one that is decoded is written."""
MAIN, RECENT, PLACES, MOVED = "main", "recent", "places", "moved"
"""Of the graph that moves recent keys or values into the main cache."""


def bias_name(window: int | None) -> str:
    """The input that says what each query sees: [1, 1, 1, tokens, main + recent keys]."""
    return "bias" if window is None else f"bias.{window}"


def window_name(window: int) -> str:
    """The input with the places in the main cache that a window reaches."""
    return f"window.{window}"


def new_name(past: str) -> str:
    """The output with a step's keys or values, all slots of the recent cache."""
    return past.replace("past_key_values", "new")


def recent_name(past: str) -> str:
    """The input with the recent cache's keys or values."""
    return past.replace("past_key_values", "recent")
