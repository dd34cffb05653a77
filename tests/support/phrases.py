"""Finds every sentence of the parts below the window that the window may have to say.

They are the arguments of errors, of phrases, and of what explains a refusal by what was attempted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import IndoorsError

ROOT = Path(__file__).parents[2]
_ATTEMPTS = {"from_os_error": 1, "explained": 1, "explain": 2, "writing": 0}
_ROOMS_OF_THEIR_OWN = {"cli"}


@dataclass(frozen=True)
class Found:
    """An argument that ought to be a sentence.

    Attributes:
        place: file and line.
        text: None when it is put together where it is raised, so that nobody can translate it.
    """

    place: str
    text: str | None


def sentences() -> list[Found]:
    """All of them; the command line's own, which are never shown in the window, are left out."""
    kinds = {kind.__name__ for kind in _every(IndoorsError)}
    found = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        if not _ROOMS_OF_THEIR_OWN & set(path.relative_to(ROOT).parts):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            constants = dict(_constants(tree))
            for node in ast.walk(tree):
                for argument in _arguments(node, kinds):
                    place = f"{path.relative_to(ROOT)}:{argument.lineno}"
                    found += [Found(place, text) for text in _texts(argument, constants)]
    return found


def _every(root: type[IndoorsError]) -> Iterator[type[IndoorsError]]:
    yield root
    for child in root.__subclasses__():
        yield from _every(child)


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    yield target.id, node.value.value


def _arguments(node: ast.AST, kinds: set[str]) -> Iterator[ast.expr]:
    if isinstance(node, ast.FunctionDef):
        defaults = dict(zip(reversed(node.args.args), reversed(node.args.defaults), strict=False))
        yield from (default for name, default in defaults.items() if name.arg == "doing")
    if not isinstance(node, ast.Call):
        return
    name = _name(node.func)
    if name in kinds:
        yield from node.args[:2]
    elif name in {"Phrase", "Phrase.of"}:
        yield node.args[0]
    else:
        position = _ATTEMPTS.get(name.rpartition(".")[2])
        if position is not None and len(node.args) > position:
            yield node.args[position]
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "doing")


def _name(function: ast.expr) -> str:
    return ast.unparse(function) if isinstance(function, ast.Name | ast.Attribute) else ""


def _texts(argument: ast.expr, constants: Mapping[str, str]) -> Iterator[str | None]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.Name) and argument.id in constants:
        yield constants[argument.id]
    elif isinstance(argument, ast.IfExp):
        yield from _texts(argument.body, constants)
        yield from _texts(argument.orelse, constants)
    elif isinstance(argument, ast.JoinedStr | ast.BinOp):
        yield None
