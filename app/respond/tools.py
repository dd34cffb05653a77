"""The functions that a model may call, and what a request says about calling them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.respond.fields import Fields, invalid


@dataclass(frozen=True)
class Function:
    """One function.

    Attributes:
        name: as the client knows it.
        description: what it does.
        parameters: JSON schema of its arguments.
        namespace: the group it belongs to; None for none.
        strict: whether its arguments must follow the schema; None where nobody says so.
        seen_as: its name for the model: unique, also where two groups have one of the same name.
    """

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    namespace: str | None = None
    strict: bool | None = None
    seen_as: str = ""

    def for_template(self) -> Mapping[str, Any]:
        """As chat templates want it."""
        function = {"name": self.seen_as, "description": self.description, "parameters": self.parameters}
        return {"type": "function", "function": function}


@dataclass(frozen=True)
class Toolbox:
    """What a model may call, and whether it must.

    Attributes:
        functions: those that it may call.
        required: it must call one.
    """

    functions: tuple[Function, ...] = ()
    required: bool = False

    def called(self, seen_as: str) -> Function:
        """The function that the model calls so; one that it made up has only a name."""
        known = (function for function in self.functions if function.seen_as == seen_as)
        return next(known, Function(seen_as, seen_as=seen_as))

    def seen_as(self, name: str, namespace: str | None) -> str:
        """How the model knows a function that the client names so."""
        for function in self.functions:
            if function.name == name and function.namespace == namespace:
                return function.seen_as
        return name


def read_tools(fields: Fields) -> Toolbox:
    """Read `tools` and `tool_choice`; kinds of tools that are no functions are left out.

    Raises:
        RequestError: a field does not fit; the message names it.
    """
    found = list(_named_apart([one for tool in fields.objects("tools") for one in _functions_of(tool, None)]))
    choice = fields.values.get("tool_choice")
    if choice is None or isinstance(choice, str):
        chosen = fields.text("tool_choice", ("auto", "none", "required"))
        if chosen == "required" and not found:
            raise invalid("tool_choice", "is 'required', but there is no function among the tools")
        return Toolbox() if chosen == "none" else Toolbox(tuple(found), chosen == "required")
    return _chosen(fields.inner("tool_choice"), found)


def _chosen(choice: Fields, found: list[Function]) -> Toolbox:
    if choice.text("type") == "allowed_tools":
        names = {tool.text("name") for tool in choice.objects("tools")} - {None}
        required = choice.text("mode", ("auto", "required")) == "required"
    else:
        names = {choice.text("name") or choice.inner("function").text("name")} - {None}
        required = bool(names)
    if unknown := names - {function.name for function in found}:
        raise invalid("tool_choice", f"names {sorted(map(str, unknown))[0]!r}, which is not among the tools")
    return Toolbox(tuple(function for function in found if function.name in names), required)


def _functions_of(tool: Fields, namespace: str | None) -> Iterator[Function]:
    kind = tool.text("type") or "function"
    if kind == "namespace":
        for inner in tool.objects("tools"):
            yield from _functions_of(inner, tool.text("name"))
    if kind != "function":
        return
    inner = tool.inner("function") if "function" in tool.values else tool
    name = inner.text("name")
    if not name:
        raise invalid(inner.name("name"), "is missing")
    yield Function(
        name,
        inner.text("description") or "",
        inner.inner("parameters").values,
        namespace,
        inner.flag("strict"),
    )


def _named_apart(functions: list[Function]) -> Iterator[Function]:
    """Give the functions of several groups that have the same name one each, with the group before it."""
    often = Counter(function.name for function in functions)
    for function in functions:
        apart = often[function.name] > 1 and function.namespace
        yield Function(
            function.name,
            function.description,
            function.parameters,
            function.namespace,
            function.strict,
            f"{function.namespace}__{function.name}" if apart else function.name,
        )
