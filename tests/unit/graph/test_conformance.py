"""The table of kernels: every row finds its node and spares its neighbour; the guide is judged rightly."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import pytest
from onnx import TensorProto, helper

from app.engine.runtime import VERSION
from app.errors import UnsupportedModel
from app.graph.conformance import conformance, require_conforming, tokens_together
from app.graph.conformance_rules import (
    RULES,
    Always,
    Attribute,
    Continued,
    Effect,
    Input,
    NewerOpset,
    Output,
    Ragged,
    Rule,
    Uneven,
)
from app.graph.header import read_header
from app.paths import guide
from tests.support.graphs import TinyDecoder, make_decoder

DIRECTML, INPUTS = "1.24.4", 15
HARMLESS: dict[type, Any] = {int: 77, float: 0.5, str: "gelu"}


def model(node: onnx.NodeProto, opset: int = 21, weights: Sequence[onnx.TensorProto] = ()) -> onnx.ModelProto:
    output = helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "graph", [], [output], weights)
    imports = [helper.make_opsetid("", opset), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=imports)


def hit(rule: Rule) -> onnx.ModelProto:
    """A graph whose one node the rule is about."""
    return _graph(rule, concerned=True)


def spared(rule: Rule) -> onnx.ModelProto:
    """The same, but for what the rule is about."""
    return _graph(rule, concerned=False)


def _graph(rule: Rule, *, concerned: bool) -> onnx.ModelProto:
    inputs, outputs, attributes, opset = [f"i{n}" for n in range(INPUTS)], ["o"], {}, 21
    weights: list[onnx.TensorProto] = []
    match rule.condition:
        case Input(number, given):
            if given != concerned:
                inputs[number] = ""
        case Output(number):
            outputs = [f"o{n}" for n in range(number + 1)] if concerned else ["o"]
        case Attribute(name, harmless):
            if concerned:
                attributes[name] = HARMLESS[type(harmless[0])] if harmless else 4
            elif harmless:
                attributes[name] = harmless[0]
        case Ragged(length, block):
            attributes = {length: 2880, block: 128 if concerned else 32}
        case NewerOpset(newest):
            opset = newest + 1 if concerned else newest
        case Uneven(number, axis, multiple):
            dims = [1] * axis + [multiple + (1 if concerned else 0)]
            weights = [
                helper.make_tensor(inputs[number], TensorProto.UINT8, dims, bytes(math.prod(dims)), raw=True)
            ]
        case Always() | Continued():
            pass
    kind = "Add" if rule.operator == "*" else rule.operator
    node = helper.make_node(kind, inputs, outputs, "node", domain=rule.domain, **attributes)
    return model(node, opset, weights)


def version(rule: Rule) -> str:
    return "1.22.0" if rule.before else DIRECTML


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.provider} {rule.operator} {rule.why}")
def test_every_row_finds_its_node(rule: Rule) -> None:
    [finding] = conformance(hit(rule), rule.provider, version(rule), rules=[rule], software=rule.software)
    assert (finding.rule, finding.nodes, finding.first) == (rule, 1, "node")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.condition not in (Always(), Continued())])
def test_every_row_spares_its_neighbour(rule: Rule) -> None:
    assert conformance(spared(rule), rule.provider, version(rule), rules=[rule]) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.before])
def test_a_mended_kernel_is_right(rule: Rule) -> None:
    assert conformance(hit(rule), rule.provider, rule.before, rules=[rule]) == []
    assert conformance(hit(rule), rule.provider, f"{rule.before}.dev20260101", rules=[rule]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.why)
def test_every_row_has_a_source(rule: Rule) -> None:
    assert re.match(r"ort:onnxruntime/|github\.com/microsoft/onnxruntime/|measured with", rule.source)
    assert rule.why[0].islower()


def test_the_guide_as_it_is_published() -> None:
    """Right on the processor; with WebGPU one token at a time, for its experts have 8 bits; wrong in four
    ways with DirectML, which has no experts."""
    graph = read_header(guide() / "model.onnx")
    assert conformance(graph, "cpu", VERSION) == []
    assert {finding.rule.effect for finding in conformance(graph, "webgpu", "1.27.0")} == {Effect.ONE_BY_ONE}
    assert tokens_together(graph, "webgpu", "1.27.0") == 1
    assert tokens_together(graph, "cpu", VERSION) is None
    require_conforming(graph, Path("model.onnx"), "webgpu", "1.27.0", software=True)
    found = {
        (finding.rule.operator, finding.rule.why): finding
        for finding in conformance(graph, "directml", DIRECTML)
    }
    effects = [finding.rule.effect for finding in found.values()]
    assert effects.count(Effect.WRONG) == 4
    assert found["GroupQueryAttention", "attention sinks are ignored"].nodes == 4
    assert found["GroupQueryAttention", "the sliding window is ignored"].nodes == 2
    assert found["QMoE", "there is no kernel"].rule.effect is Effect.FALLS_BACK


def test_prompts_that_continue_nothing() -> None:
    graph = read_header(guide() / "model.onnx")
    findings = conformance(graph, "directml", DIRECTML, continues=False)
    assert not any(isinstance(finding.rule.condition, Continued) for finding in findings)


def test_plain_operators_run_everywhere() -> None:
    graph = make_decoder(TinyDecoder())
    for provider in ("cpu", "directml", "webgpu", "coreml"):
        assert conformance(graph, provider, DIRECTML) == []


def test_a_wrong_kernel_is_refused_with_the_reason() -> None:
    graph = read_header(guide() / "model.onnx")
    with pytest.raises(UnsupportedModel, match="attention sinks are ignored"):
        require_conforming(graph, Path("model.onnx"), "directml", DIRECTML)
    require_conforming(graph, Path("model.onnx"), "cpu", VERSION)


def test_falling_back_is_no_reason_to_refuse() -> None:
    node = helper.make_node("QMoE", ["x"], ["y"], domain="com.microsoft")
    require_conforming(model(node), Path("m"), "coreml", VERSION)


def test_what_only_software_does_wrong() -> None:
    experts = helper.make_node("QMoE", ["x"], ["y"], domain="com.microsoft", activation_type="swiglu")
    assert tokens_together(model(experts), "webgpu", "1.30.0", software=True) == 1
    assert tokens_together(model(experts), "webgpu", "1.30.0") is None


def test_nodes_in_branches_are_seen() -> None:
    inner = helper.make_node("QMoE", ["x"], ["y"], "inner", domain="com.microsoft")
    branch = helper.make_graph(
        [inner], "b", [], [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)]
    )
    outer = model(helper.make_node("If", ["c"], ["z"], "outer", then_branch=branch, else_branch=branch))
    assert {finding.first for finding in conformance(outer, "directml", DIRECTML)} == {"outer", "inner"}


@pytest.mark.parametrize(("width", "together"), [(2880, None), (96, 1)])
def test_prompts_of_gpt_oss_are_computed_together_on_webgpu(width: int, together: int | None) -> None:
    weights = helper.make_tensor("down", TensorProto.UINT8, [1, width], bytes(width), raw=True)
    experts = helper.make_node(
        "QMoE",
        ["x", "scores", "up", "", "", "down"],
        ["y"],
        domain="com.microsoft",
        activation_type="swiglu",
        expert_weight_bits=4,
    )
    assert tokens_together(model(experts, weights=[weights]), "webgpu", "1.30.0") == together
