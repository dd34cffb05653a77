"""A request whose input ends in the middle of an answer: the model goes on where it was cut."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.channels import Channel
from app.engine.continuation import Spoken
from app.errors import RequestError
from app.respond.fields import Fields, invalid
from app.respond.texts import item_text


def read_begun_ids(own: Fields) -> tuple[int, ...] | None:
    """The tokens of the answer, where `indoors.continue` lists them; None where it is a mere true, or absent.

    Raises:
        RequestError: it is something else.
    """
    value = own.values.get("continue")
    if not isinstance(value, list):
        own.flag("continue")
        return None
    if not all(isinstance(token_id, int) and token_id >= 0 for token_id in value):
        raise invalid(own.name("continue"), "must be true, or a list of token ids")
    return tuple(value)


def begun(items: Sequence[Fields], *, known: bool = False) -> int:
    """How many items come before the answer that is to be continued.

    Args:
        items: the input.
        known: the tokens of the answer are known, so it may have no items: it was cut before its first text.

    Raises:
        RequestError: the input does not end with an answer, or the model has ended that answer itself.
    """
    count = len(items)
    while count and _is_answer(items[count - 1]):
        count -= 1
    if count == len(items):
        if known:
            return count
        raise RequestError(
            "`indoors.continue` is set, but the input does not end with an answer.",
            "End the input with the items of the answer that was cut.",
        )
    last = items[-1]
    if last.values.get("role") and last.values.get("status") == "completed" and not _is_commentary(last):
        raise RequestError("The answer is whole already.", "Ask for another one instead.")
    return count


def spoken(items: Sequence[Fields]) -> list[Spoken]:
    """The messages of an answer that was begun; a tool call that was cut is left out, and made anew."""
    return [
        Spoken(_channel(item), item_text(item), item.values.get("status") == "completed")
        for item in items
        if item.text("type") != "function_call"
    ]


def _is_answer(item: Fields) -> bool:
    if item.values.get("type") in {"reasoning", "function_call"}:
        return True
    return item.values.get("role") == "assistant"


def _is_commentary(item: Fields) -> bool:
    return item.values.get("phase") == "commentary"


def _channel(item: Fields) -> Channel:
    if item.values.get("type") == "reasoning":
        return Channel.ANALYSIS
    return Channel.COMMENTARY if _is_commentary(item) else Channel.FINAL
