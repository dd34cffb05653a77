"""Reads fields of a request that may hold anything; what does not fit is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from app.errors import RequestError


class Fields:
    """The fields of one JSON object. A field that is absent or null gives None.

    Args:
        values: the object.
        path: where it stands in the request; empty for the request itself.
    """

    def __init__(self, values: Mapping[str, Any], path: str = "") -> None:
        self.values = values
        self._path = path

    def name(self, key: str) -> str:
        """A field's full name: `input[2].role`."""
        return f"{self._path}.{key}" if self._path else key

    def text(self, key: str, choices: Collection[str] = ()) -> str | None:
        """A text field.

        Raises:
            RequestError: it is no text, or none of the choices.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise invalid(self.name(key), "must be text")
        if choices and value not in choices:
            raise invalid(self.name(key), f"is {value[:80]!r}; it must be one of: {', '.join(choices)}")
        return value

    def number(self, key: str, low: float, high: float) -> float | None:
        """A number within bounds, both included.

        Raises:
            RequestError: it is no number or out of bounds.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise invalid(self.name(key), "must be a number")
        if not low <= value <= high:
            raise invalid(self.name(key), f"is {value}; it must be from {low:g} to {high:g}")
        return float(value)

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds, both included.

        Raises:
            RequestError: it is no whole number or out of bounds.
        """
        value = self.number(key, low, high)
        if value is not None and not value.is_integer():
            raise invalid(self.name(key), "must be a whole number")
        return None if value is None else int(self.values[key])

    def flag(self, key: str) -> bool | None:
        """A true or false field.

        Raises:
            RequestError: it is neither.
        """
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise invalid(self.name(key), "must be true or false")
        return value

    def inner(self, key: str) -> Fields:
        """An object's own fields; those of an absent object are all absent.

        Raises:
            RequestError: it is no object.
        """
        value = self.values.get(key)
        if value is not None and not isinstance(value, Mapping):
            raise invalid(self.name(key), "must be an object")
        return Fields(value or {}, self.name(key))

    def objects(self, key: str) -> list[Fields]:
        """A list of objects; empty when absent.

        Raises:
            RequestError: it is no list, or holds something else.
        """
        found = []
        for index, value in enumerate(self.list_of(key)):
            if not isinstance(value, Mapping):
                raise invalid(f"{self.name(key)}[{index}]", "must be an object")
            found.append(Fields(value, f"{self.name(key)}[{index}]"))
        return found

    def list_of(self, key: str) -> list[Any]:
        """A list of anything; empty when absent.

        Raises:
            RequestError: it is no list.
        """
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            raise invalid(self.name(key), "must be a list")
        return value or []


def invalid(name: str, problem: str) -> RequestError:
    """The error for a field, which it names first."""
    return RequestError("`{name}` {problem}.", "Correct the request.", name=name, problem=problem)
