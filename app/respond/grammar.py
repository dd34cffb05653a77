"""The grammar of a whole answer: its channels, the calls it may make, the form of its text.

Harmony's messages are those of openai/harmony, docs/format.md. Thinking is free; what comes after it is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.engine.harmony import speaks_harmony
from app.engine.think import opens_thinking
from app.engine.tokenizer import Tokenizer
from app.errors import RequestError
from app.respond.bounds import bounded
from app.respond.form import Form
from app.respond.request import ResponseRequest
from app.respond.tools import Function, Toolbox

Compiles = Callable[[str], bool]
"""Says whether a grammar can be enforced."""

_TEXT = "TEXT: /(.|\\n)*/"
_ANY_OBJECT: Mapping[str, Any] = {"type": "object"}
# Where JSON allows white space without end, a model that does not know how to go on writes nothing else.
_SPACING = {"x-guidance": {"whitespace_pattern": "( |\\n {0,32})?"}}
_CALLABLE = re.compile(r"[\w.:/@-]{1,256}", re.ASCII)
_OPEN, _CLOSE = "<think>", "</think>"


def answer_grammar(
    request: ResponseRequest, tokenizer: Tokenizer, prompt: str, compiles: Compiles, room: int
) -> str | None:
    """The grammar that an answer must follow; None where it may say what it likes.

    Args:
        request: what is asked.
        tokenizer: the model's.
        prompt: the rendered text that the answer continues.
        compiles: says whether a schema's grammar can be enforced.
        room: tokens that the answer may have.

    Raises:
        RequestError: a strict schema cannot be enforced, or the model cannot call functions but must.
    """
    toolbox, form = _callable(request.toolbox), request.form
    enforced = any(function.strict for function in toolbox.functions)
    rules = _Rules(compiles, room)
    body = rules.body(form) if form is not None else None
    if body is None and not toolbox.required and not enforced:
        return None
    if speaks_harmony(tokenizer):
        return _Harmony(tokenizer, rules).grammar(toolbox, body)
    if toolbox.required:
        raise RequestError("This model cannot be made to call a function.", "Choose a gpt-oss model.")
    return _plain(tokenizer, prompt, body) if body is not None else None


def _callable(toolbox: Toolbox) -> Toolbox:
    """Without the functions whose names a header cannot hold."""
    functions = tuple(one for one in toolbox.functions if _CALLABLE.fullmatch(one.seen_as))
    if toolbox.required and not functions:
        raise RequestError(
            "`{name}` names a function that cannot be called.",
            "Use letters, digits, '_' and '-' in names.",
            name="tool_choice",
        )
    return replace(toolbox, functions=functions)


class _Rules:
    """Writes the rules of what is said within messages."""

    def __init__(self, compiles: Compiles, room: int) -> None:
        self._compiles = compiles
        self._room = room

    def body(self, form: Form) -> str | None:
        """The rule of the answer's text; None where it is not enforced."""
        if form.lark:
            return f"%lark {{\n{form.lark}\n}}"
        if form.regex:
            escaped = form.regex.replace("/", "\\/")
            return f"/{escaped}/"
        return self._json(form.schema or _ANY_OBJECT, "text.format", strict=form.strict)

    def arguments(self, function: Function) -> str:
        """The rule of a function's arguments."""
        where = f"tools.{function.name}.parameters"
        schema = {**_ANY_OBJECT, **function.parameters}
        rule = self._json(schema, where, strict=function.strict or False)
        return rule or f"%json {json.dumps({**_ANY_OBJECT, **_SPACING})}"

    def _json(self, schema: Mapping[str, Any], where: str, *, strict: bool) -> str | None:
        rule = f"%json {json.dumps({**bounded(schema, self._room), **_SPACING})}"
        if self._compiles(f"start: {rule}"):
            return rule
        if strict:
            raise RequestError(
                "`{name}` has a schema that cannot be enforced.",
                "Use a simpler schema, or do not ask for strict.",
                name=where,
            )
        return None


def _plain(tokenizer: Tokenizer, prompt: str, body: str) -> str:
    """For a model that answers in plain text, perhaps after thinking."""
    opening, closing = tokenizer.special_id(_OPEN), tokenizer.special_id(_CLOSE)
    rules = [f"body: {body}", "SPACE: /\\s*/"]
    if closing is None:
        return "\n".join(["start: body", *rules])
    thought = f"TEXT <[{closing}]> SPACE"
    if opens_thinking(prompt):
        start = f"start: {thought} body"
    elif opening is not None:
        start = f"start: (<[{opening}]> {thought})? body"
    else:
        start = "start: body"
    return "\n".join([start, *rules, _TEXT])


class _Harmony:
    """Writes the grammar of harmony's messages."""

    def __init__(self, tokenizer: Tokenizer, rules: _Rules) -> None:
        self._tokenizer = tokenizer
        self._rules = rules

    def grammar(self, toolbox: Toolbox, body: str | None) -> str:
        answers = [] if toolbox.required else ["final"]
        answers += ["call"] if toolbox.functions else []
        channel, message = self._token("channel"), self._token("message")
        again = f'{self._token("end")} {self._token("start")} "assistant"'
        rules = [
            f"start: reason? {'preamble? ' if toolbox.functions else ''}({' | '.join(answers)})",
            f'reason: {channel} "analysis" {message} TEXT {again}',
            _TEXT,
        ]
        if "final" in answers:
            rules += [f'final: {channel} "final" kind {message} body {self._token("return")}']
            rules += [f"body: {body or 'TEXT'}"]
        if toolbox.functions:
            rules += [f'preamble: {channel} "commentary" {message} TEXT {again}']
            rules += self._calls(toolbox.functions)
        rules.append(f'kind: (" json" | " "? {self._token("constrain")} "json")?')
        return "\n".join(rules)

    def _calls(self, functions: tuple[Function, ...]) -> Iterator[str]:
        yield f"call: {' | '.join(f'call_{index}' for index in range(len(functions)))}"
        channel, message = self._token("channel"), self._token("message")
        for index, function in enumerate(functions):
            named = json.dumps(f" to=functions.{function.seen_as}")
            head = f'({channel} "commentary" {named} kind | {named} {channel} "commentary" kind) {message}'
            yield f"call_{index}: {head} arguments_{index} {self._token('call')}"
            yield f"arguments_{index}: {self._rules.arguments(function)}"

    def _token(self, name: str) -> str:
        return f"<[{self._tokenizer.special_id(f'<|{name}|>')}]>"
