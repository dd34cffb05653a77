"""What an endpoint's refusal means, in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.errors import ContextExceeded, IndoorsError, RefusedByHost, Unreachable
from app.phrases import Phrase

_LONGEST_REASON = 300
_TOO_LONG = frozenset({"context_length_exceeded", "string_above_max_length"})


def refusal(status: int, headers: Mapping[str, str], body: bytes, place: str) -> IndoorsError:
    """Explain an answer that is no success.

    Args:
        status: of HTTP.
        headers: of the answer.
        body: its beginning; the Responses API puts an `error` object there.
        place: who answered.
    """
    error = _error_of(body)
    reason = reason_of(error)
    if error.get("code") in _TOO_LONG:
        return too_long(place)
    if status in {401, 403}:
        return RefusedByHost(
            "{place} does not accept the key{reason}.",
            "Remove the endpoint in the settings and add it again with the right key.",
            place=place,
            reason=reason,
        )
    if status == 404:
        return RefusedByHost(
            "{place} knows no such model or address{reason}.",
            "Check the address and the model in the settings.",
            place=place,
            reason=reason,
        )
    if status == 429:
        wait = headers.get("Retry-After", "")
        hint = Phrase.of("Try again in {wait} seconds.", wait=wait)
        return RefusedByHost(
            "{place} takes no more requests just now{reason}.",
            hint if wait.isdigit() else Phrase("Try again later."),
            place=place,
            reason=reason,
        )
    if status >= 500:
        return Unreachable(
            "{place} answers with an error (HTTP status {status}){reason}.",
            "Try again later.",
            place=place,
            status=status,
            reason=reason,
        )
    return RefusedByHost(
        "{place} refused the request (HTTP status {status}){reason}.",
        "Check the address and the model in the settings.",
        place=place,
        status=status,
        reason=reason,
    )


def failure(error: Mapping[str, Any], place: str) -> IndoorsError:
    """Explain an error that came amid a stream.

    Args:
        error: with `message` and `code`, as the API has it.
        place: who answered.
    """
    if error.get("code") in _TOO_LONG:
        return too_long(place)
    return RefusedByHost(
        "{place} could not finish the answer{reason}.", "Ask again.", place=place, reason=reason_of(error)
    )


def too_long(place: str) -> ContextExceeded:
    """The conversation has more tokens than the model reads."""
    return ContextExceeded(
        "The conversation is longer than the model at {place} can read.",
        "Begin a new conversation, or choose another model.",
        place=place,
    )


def reason_of(error: Mapping[str, Any]) -> str:
    """What the endpoint says of it, to be put at the end of a clause; empty where it says nothing."""
    message = error.get("message")
    if not isinstance(message, str) or not message.strip():
        return ""
    return f": “{' '.join(message.split())[:_LONGEST_REASON].rstrip('.')}”"


def _error_of(body: bytes) -> Mapping[str, Any]:
    try:
        content = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    error = content.get("error", content)  # older vLLM writes the error's fields with nothing around them
    if isinstance(error, str):
        return {"message": error}
    return error if isinstance(error, dict) else {}
