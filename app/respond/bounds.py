"""Bounds for what a schema leaves without end.

A model that does not know how to go on writes a text, a number or more properties for ever. So an object has
the properties that its schema names; where the room for the answer is small, each text may take its share of
it; whole numbers stay within what every reader of JSON understands (RFC 8259, section 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MERGING = frozenset({"allOf", "patternProperties", "if", "dependentSchemas", "unevaluatedProperties"})
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
    found = _Bounds(longest, closes=not _mentions(schema, _MERGING)).bound(schema)
    assert isinstance(found, dict)
    return found


class _Bounds:
    """Writes the bounds into a schema.

    Args:
        longest: characters that a text may have; None for any number.
        closes: objects have the properties that are named and no others.
    """

    def __init__(self, longest: int | None, *, closes: bool) -> None:
        self._longest = longest
        self._closes = closes

    def bound(self, schema: Any) -> Any:
        """The same schema with bounds, and all within it."""
        if isinstance(schema, list):
            return [self.bound(entry) for entry in schema]
        if not isinstance(schema, Mapping):
            return schema
        found = {key: value if key in _VALUES else self.bound(value) for key, value in schema.items()}
        if self._longest is not None and _is_endless_text(schema):
            found["maxLength"] = max(self._longest, _least(schema))
        if schema.get("type") == "integer" and not found.keys() & _VALUES:
            _bound_whole(found)
        if self._closes and _names_all(schema):
            found.setdefault("additionalProperties", False)
        return found


def _names_all(schema: Mapping[str, Any]) -> bool:
    """Whether it names every property that it requires."""
    properties, required = schema.get("properties"), schema.get("required", [])
    if not isinstance(properties, Mapping) or not isinstance(required, list):
        return False
    return all(name in properties for name in required)


def _bound_whole(found: dict[str, Any]) -> None:
    if "exclusiveMaximum" not in found:
        found.setdefault("maximum", _LARGEST_WHOLE)
    if "exclusiveMinimum" not in found:
        found.setdefault("minimum", -_LARGEST_WHOLE)


def _mentions(schema: Any, keys: frozenset[str]) -> bool:
    if isinstance(schema, list):
        return any(_mentions(entry, keys) for entry in schema)
    if not isinstance(schema, Mapping):
        return False
    return bool(schema.keys() & keys) or any(_mentions(value, keys) for value in schema.values())


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
