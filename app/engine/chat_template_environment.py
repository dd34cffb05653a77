"""The sandbox chat templates run in, with the functions they expect.

What templates may rely on is set by Hugging Face transformers (`utils/chat_template_utils.py`):
trimmed blocks, loop controls, `raise_exception`, `strftime_now`, a readable `tojson`, `{% generation %}`.
A template comes with a model from anywhere, so it may neither reach Python nor run or grow without end.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateError
from jinja2.ext import Extension, LoopControlExtension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

LONGEST_TEXT = 1 << 26  # characters, of any text a template makes
_MOST_STEPS = 1_000_000
_MOST_SECONDS = 20.0


class Runaway(TemplateError):
    """A template ran too long or made too much text."""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """A jinja2 environment for one chat template; not for use by two threads at once."""

    intercepted_binops: frozenset[str] = frozenset({"+", "*", "**"})

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True, lstrip_blocks=True, extensions=[_GenerationExtension, LoopControlExtension]
        )
        self.filters["tojson"] = _to_json
        self.globals["raise_exception"] = _raise_exception
        self.start(date.min)

    def start(self, today: date) -> None:
        """Begin a rendering: the date the template sees, and a fresh allowance of steps and time."""
        self.globals["strftime_now"] = today.strftime
        self._steps = 0
        self._deadline = time.monotonic() + _MOST_SECONDS

    def parse_bounded(self, source: str) -> nodes.Template:
        """Parse a template and make its loops and macros count their steps.

        Raises:
            TemplateSyntaxError: the source is not a template.
        """
        tree: nodes.Template = _Bounds(self).visit(self.parse(source))
        return tree

    def step(self) -> str:
        """Count a turn of a loop or a call of a macro.

        Raises:
            Runaway: the allowance is used up.
        """
        self._steps += 1
        if self._steps > _MOST_STEPS or time.monotonic() >= self._deadline:
            raise Runaway("it runs without end")
        return ""

    def concatenate(self, *parts: object) -> str:
        """Do what the operator `~` does."""
        text = "".join(map(str, parts))
        if len(text) > LONGEST_TEXT:
            raise Runaway("it makes a huge text")
        return text

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute `left operator right`, unless the result would be huge.

        Raises:
            Runaway: it would.
        """
        if _size(operator, left, right) > LONGEST_TEXT:
            raise Runaway("it makes something huge")
        return super().call_binop(context, operator, left, right)


class _GenerationExtension(Extension):
    """`{% generation %}…{% endgeneration %}` marks what training learns; its body is rendered as it is."""

    def __init__(self, environment: Environment) -> None:
        self.tags = {"generation"}
        super().__init__(environment)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.Scope(body).set_lineno(line)


class _Bounds(NodeTransformer):
    """Puts a step into every loop and macro, and makes `~` a bounded call."""

    def __init__(self, environment: TemplateEnvironment) -> None:
        self._environment = environment

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - named after the node's class
        return self._counted(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802
        return self._counted(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802
        return self._counted(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return self._call("concatenate", node.nodes, node.lineno)

    def _counted(self, node: nodes.For | nodes.Macro | nodes.CallBlock) -> nodes.Node:
        self.generic_visit(node)
        step = nodes.ExprStmt(self._call("step", [], node.lineno)).set_lineno(node.lineno)
        step.set_environment(self._environment)
        node.body = [step, *node.body]
        return node

    def _call(self, method: str, arguments: Sequence[nodes.Expr], line: int) -> nodes.Call:
        call = nodes.Call(nodes.EnvironmentAttribute(method), list(arguments), [], None, None)
        call.set_lineno(line)
        call.set_environment(self._environment)
        return call


def _size(operator: str, left: object, right: object) -> float:
    """How long `left operator right` becomes, or how many digits it has; 0 where it cannot be large."""
    if operator == "**":
        is_number = isinstance(left, int) and isinstance(right, int)
        return abs(left).bit_length() * right if is_number else 0  # type: ignore[arg-type]
    sizes = [len(value) for value in (left, right) if isinstance(value, (str, list, tuple))]
    if operator == "+":
        return sum(sizes)
    counts = [value for value in (left, right) if isinstance(value, int)]
    return sizes[0] * counts[0] if sizes and counts else 0


def _to_json(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


def _raise_exception(message: str) -> NoReturn:
    raise TemplateError(message)
