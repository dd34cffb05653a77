"""The text of an item, wherever it stands."""

from __future__ import annotations

from app.respond.fields import Fields, invalid

_TEXT_PARTS = frozenset({"input_text", "output_text", "text", "refusal", "reasoning_text", "summary_text"})


def text_of(item: Fields, key: str) -> str:
    """Text of a field that holds text or a list of parts.

    Raises:
        RequestError: a part is no text.
    """
    value = item.values.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    return "".join(_part(part) for part in item.objects(key))


def item_text(item: Fields) -> str:
    """Text of a message, or of thinking, which may be given as a summary alone."""
    content, summary = text_of(item, "content"), text_of(item, "summary")
    return content or summary


def _part(part: Fields) -> str:
    kind = part.text("type") or "text"
    if kind not in _TEXT_PARTS:
        raise invalid(part.name("type"), f"is {kind[:80]!r}; the model reads text only")
    return part.text("refusal" if kind == "refusal" else "text") or ""
