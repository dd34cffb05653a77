"""Bounds for what a schema leaves without end.

A model that does not know how to go on writes a text or a number for ever. Where the room for the answer is
small, each text may take its share of it; whole numbers stay within what every reader of JSON understands
(RFC 8259, section 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LARGEST_WHOLE = (1 << 53) - 1
_ROOMY = 16_384  # tokens; with more room nobody is held back
_SHORTEST = 16
_VALUES = frozenset({"enum", "const"})
_BOUNDED = _VALUES | {"maxLength", "pattern", "format"}


def bounded(schema: Mapping[str, Any], room: int) -> Mapping[str, Any]:
    """The same schema, in which everything ends.

    Args:
        schema: JSON schema.
        room: tokens that the answer may have.
    """
    texts = max(1, _count(schema))
    longest = max(_SHORTEST, room // (2 * texts)) if room < _ROOMY else None
    found = _bound(schema, longest)
    assert isinstance(found, dict)
    return found


def _bound(schema: Any, longest: int | None) -> Any:
    if isinstance(schema, list):
        return [_bound(entry, longest) for entry in schema]
    if not isinstance(schema, Mapping):
        return schema
    found = {
        key: value if key in {"enum", "const"} else _bound(value, longest) for key, value in schema.items()
    }
    if _is_endless_text(schema) and longest is not None:
        found["maxLength"] = max(longest, _least(schema))
    if schema.get("type") == "integer" and not found.keys() & _VALUES:
        if "exclusiveMaximum" not in found:
            found.setdefault("maximum", _LARGEST_WHOLE)
        if "exclusiveMinimum" not in found:
            found.setdefault("minimum", -_LARGEST_WHOLE)
    return found


def _count(schema: Any) -> int:
    if isinstance(schema, list):
        return sum(map(_count, schema))
    if not isinstance(schema, Mapping):
        return 0
    return _is_endless_text(schema) + sum(map(_count, schema.values()))


def _is_endless_text(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "string" and not schema.keys() & _BOUNDED


def _least(schema: Mapping[str, Any]) -> int:
    least = schema.get("minLength")
    return least if isinstance(least, int) else 0
