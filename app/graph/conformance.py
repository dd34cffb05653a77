"""Whether a provider's kernels compute a graph rightly, by the table, before a session is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import onnx
from onnx import helper

from app.errors import UnsupportedModel
from app.graph.conformance_rules import (
    RULES,
    Always,
    Attribute,
    Condition,
    Continued,
    Effect,
    Input,
    NewerOpset,
    Output,
    Ragged,
    Rule,
    Uneven,
)
from app.graph.index import all_nodes, attribute

_STANDARD = ("", "ai.onnx")


@dataclass(frozen=True)
class Finding:
    """Nodes of a graph that a rule is about.

    Attributes:
        rule: the row of the table.
        nodes: how many.
        first: the name of the first of them.
    """

    rule: Rule
    nodes: int
    first: str


def conformance(
    model: onnx.ModelProto,
    provider: str,
    version: str,
    *,
    continues: bool = True,
    software: bool = False,
    rules: Sequence[Rule] = RULES,
) -> list[Finding]:
    """Compare a graph with what is known of a provider's kernels.

    Args:
        model: the graph; no weights are needed.
        provider: "cpu", "directml", "webgpu" or "coreml".
        version: of onnxruntime.
        continues: prompts are computed in pieces, or behind an earlier turn's cache.
        software: the provider's adapter is software.
        rules: the table.

    Returns:
        What was found, in the table's order; empty when every kernel is right.
    """
    mine = [rule for rule in rules if rule.provider == provider and (software or not rule.software)]
    valid = [rule for rule in mine if _is_affected(rule, version)]
    opset = next((each.version for each in model.opset_import if each.domain in _STANDARD), 0)
    nodes = list(all_nodes(model.graph.node))
    weights = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    subject = _Subject(opset, weights, continues)
    found = []
    for rule in valid:
        hit = [node for node in nodes if _concerns(rule, node) and _applies(rule.condition, node, subject)]
        if hit:
            found.append(Finding(rule, len(hit), hit[0].name or hit[0].op_type))
    return found


def require_conforming(
    model: onnx.ModelProto, path: Path, provider: str, version: str, *, software: bool = False
) -> None:
    """Refuse a graph that a provider would compute wrongly, or would fail on.

    Nodes without a kernel are no reason: they are computed on the processor. Nor are kernels that are right
    for one token at a time: `tokens_together` tells of those.

    Args:
        model: the graph.
        path: its file, for the error.
        provider: as in `conformance`.
        version: of onnxruntime.
        software: as in `conformance`.

    Raises:
        UnsupportedModel: names the operator and what is wrong.
    """
    for finding in conformance(model, provider, version, software=software):
        if finding.rule.effect in {Effect.WRONG, Effect.FAILS}:
            raise UnsupportedModel(
                "{provider} cannot compute {path}: {operator} ({node}): {why}.",
                "Choose another device, or a variant of the model that is made for {provider}.",
                path=path,
                provider=provider,
                operator=finding.rule.operator,
                node=finding.first,
                why=finding.rule.why,
            )


def tokens_together(
    model: onnx.ModelProto, provider: str, version: str, *, software: bool = False
) -> int | None:
    """How many tokens a provider computes rightly at once; None for any number. Arguments as above."""
    found = conformance(model, provider, version, software=software)
    return 1 if any(finding.rule.effect is Effect.ONE_BY_ONE for finding in found) else None


def _is_affected(rule: Rule, version: str) -> bool:
    return not rule.before or _numbers(version) < _numbers(rule.before)


def _numbers(version: str) -> tuple[int, ...]:
    """A version's numbers, leading zeros and what follows them left out: "1.32.0.dev1" is 1, 32, 0."""
    return tuple(int(part) for part in version.split(".")[:3] if part.isdecimal())


def _concerns(rule: Rule, node: onnx.NodeProto) -> bool:
    same_domain = node.domain == rule.domain or {node.domain, rule.domain} <= set(_STANDARD)
    return same_domain and rule.operator in {"*", node.op_type}


@dataclass(frozen=True)
class _Subject:
    """What conditions ask about besides the node: see `conformance`; dimensions of weights by name."""

    opset: int
    weights: Mapping[str, Sequence[int]]
    continues: bool


def _applies(condition: Condition, node: onnx.NodeProto, subject: _Subject) -> bool:
    match condition:
        case Always():
            return True
        case Continued():
            return subject.continues
        case NewerOpset(newest):
            return subject.opset > newest
        case Uneven(number, axis, multiple):
            dims = subject.weights.get(node.input[number], ()) if _has(node.input, number) else ()
            return axis < len(dims) and dims[axis] % multiple != 0
        case Input(number, given):
            return _has(node.input, number) == given
        case Output(number):
            return _has(node.output, number)
        case Ragged(length, block):
            return _is_ragged(attribute(node, length), attribute(node, block))
        case Attribute(name, harmless, required):
            return _differs(attribute(node, name), harmless, required)


def _has(names: Sequence[str], number: int) -> bool:
    return number < len(names) and bool(names[number])


def _is_ragged(length: onnx.AttributeProto | None, block: onnx.AttributeProto | None) -> bool:
    return length is not None and block is not None and block.i > 0 and length.i % block.i != 0


def _differs(
    found: onnx.AttributeProto | None,
    harmless: Sequence[int | float | str],
    required: bool,
) -> bool:
    if found is None:
        return required
    value = helper.get_attribute_value(found)
    return (value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value) not in harmless
