"""The form that a request asks of the answer's text: `text.format`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.respond.fields import Fields, invalid

_ANY_OBJECT: Mapping[str, Any] = {"type": "object"}


@dataclass(frozen=True)
class Form:
    """What the text must be: JSON by a schema, or a sentence of a grammar.

    Attributes:
        name: what the model is told it is called.
        schema: JSON schema; None where there is a grammar.
        strict: a schema that cannot be enforced is refused; else the model is only told of it.
        lark: a grammar in llguidance's Lark.
        regex: a regular expression in Rust's syntax.
    """

    name: str
    schema: Mapping[str, Any] | None = None
    strict: bool = False
    lark: str = ""
    regex: str = ""


def read_form(format_: Fields) -> Form | None:
    """Read `text.format`; None for text of any form.

    Raises:
        RequestError: a field does not fit; the message names it.
    """
    kind = format_.text("type")
    name = format_.text("name") or "answer"
    if kind == "json_object":
        return Form("json", _ANY_OBJECT, strict=True)
    if kind == "json_schema":
        schema = format_.inner("schema").values
        if not schema:
            raise invalid(format_.name("schema"), "is missing")
        return Form(name, schema, strict=format_.flag("strict") or False)
    if kind == "grammar":
        return _grammar(format_, name)
    return None


def _grammar(format_: Fields, name: str) -> Form:
    definition = format_.text("definition") or format_.text("grammar")
    if not definition:
        raise invalid(format_.name("definition"), "is missing")
    if format_.text("syntax", ("lark", "regex")) == "regex":
        if "\n" in definition:
            raise invalid(format_.name("definition"), "must be one line")
        return Form(name, strict=True, regex=definition)
    return Form(name, strict=True, lark=definition)
