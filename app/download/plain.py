"""Dataclasses as JSON and back, by their annotations."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from app.errors import RequestError

T = TypeVar("T")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)  # costs more than all the rest


def to_json(value: Any) -> dict[str, Any]:
    """A dataclass as JSON has it."""
    return asdict(value)


def from_json(kind: type[T], data: object) -> T:
    """Read a dataclass; keys it does not know are left aside, so that later versions may add some.

    Raises:
        RequestError: a field is missing or of another type.
    """
    if not isinstance(data, Mapping):
        raise _wrong(kind.__name__, data)
    hints = _hints(kind)  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for each in fields(kind):  # type: ignore[arg-type]
        if each.name in data:
            values[each.name] = _value(hints[each.name], data[each.name], f"{kind.__name__}.{each.name}")
        elif each.default is MISSING and each.default_factory is MISSING:
            raise RequestError("{kind} lacks {name}.", "Give it.", kind=kind.__name__, name=each.name)
    return kind(**values)


def _value(hint: Any, value: object, where: str) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        if value is None:
            return None
        hint = next(choice for choice in get_args(hint) if choice is not type(None))
        return _value(hint, value, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise _wrong(where, value)
        return tuple(_value(get_args(hint)[0], item, where) for item in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_json(hint, value)
    return _plain(dict if origin is not None else hint, value, where)


def _plain(kind: Any, value: object, where: str) -> object:
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError as error:
            raise _wrong(where, value) from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise _wrong(where, value)
    return value


def _wrong(where: str, value: object) -> RequestError:
    return RequestError(
        "{where} cannot be {value!r}.", "Correct the request.", where=where, value=str(value)[:80]
    )
