"""Cut a decoder into consecutive parts that different threads can load at once.

Creating a session repacks all weights on one thread; sessions for separate parts repack side by side.
A part is a graph over the same data files; tensors at the cuts pass from one part's outputs to the
next ones' inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import onnx
from onnx import helper

from app.graph.element_types import element_type
from app.graph.external_data import tensor_bytes
from app.graph.index import GraphIndex, reads

# More tensors than this at a cut: not the border between two layers.
_MOST_CROSSING = 12
# A group of operators up to this size, without weights and cache, is repeated in every part.
_MOST_REPEATED = 64
_TABLE_READS = {"Gather", "GatherBlockQuantized"}


@dataclass(frozen=True)
class _Plan:
    """Nodes in order of execution: `main` is cut, `repeated` goes wherever it is read."""

    index: GraphIndex
    main: list[onnx.NodeProto]
    repeated: set[int]


def split(model: onnx.ModelProto, parts: int) -> list[onnx.ModelProto]:
    """Cut a decoder into parts of about equal weight.

    Args:
        model: the header; not changed.
        parts: how many are wanted.

    Returns:
        The parts in order of execution; fewer than wanted, down to the model itself, where the graph
        has no place with few tensors crossing.
    """
    if parts < 2:
        return [model]
    plan = _plan(GraphIndex(model.graph))
    cuts = _cuts(plan, parts)
    if not cuts:
        return [model]
    ranges = list(pairwise([0, *cuts, len(plan.main)]))
    return [_part(model, plan, ranges, number) for number in range(len(ranges))]


def _plan(index: GraphIndex) -> _Plan:
    order = _layer_order(index)
    repeated = _repeated(index, order)
    return _Plan(index, [node for node in order if id(node) not in repeated], repeated)


def _layer_order(index: GraphIndex) -> list[onnx.NodeProto]:
    """Depth-first from the outputs: each node right behind what it needs, so layer by layer."""
    order: list[onnx.NodeProto] = []
    seen: set[int] = set()
    stack = [(node, False) for node in reversed(_ends(index))]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            makers = [index.producer[name] for name in reads(node) if name in index.producer]
            stack.extend((maker, False) for maker in reversed(makers) if id(maker) not in seen)
    return order


def _ends(index: GraphIndex) -> list[onnx.NodeProto]:
    return [index.producer[value.name] for value in index.graph.output if value.name in index.producer]


def _repeated(index: GraphIndex, order: Sequence[onnx.NodeProto]) -> set[int]:
    """Constants, and small groups computed from the token ids, the mask or the positions."""
    leaves = {value.name for value in index.graph.input if not value.name.startswith("past_key_values")}
    cones: dict[str, frozenset[int]] = dict.fromkeys(leaves | index.initializers.keys(), frozenset())
    found: set[int] = set()
    for node in order:
        names = reads(node)
        if not all(name in cones for name in names):
            continue
        constant = all(index.is_constant(name) for name in node.output if name)
        weighs = any(name in index.initializers and _weighs(index, name) for name in names)
        cone = frozenset({id(node)}).union(*(cones[name] for name in names))
        if constant or (not weighs and len(cone) <= _MOST_REPEATED):
            found.add(id(node))
            cones.update((name, frozenset() if constant else cone) for name in node.output)
    return found


def _weighs(index: GraphIndex, name: str) -> bool:
    return tensor_bytes(index.initializers[name]) > 1024


def _cuts(plan: _Plan, parts: int) -> list[int]:
    """Places between nodes: near equal weight, with the fewest tensors crossing."""
    crossing = _crossing_counts(plan)
    weight = list(accumulate((_weight(plan.index, node) for node in plan.main), initial=0))
    share = weight[-1] / parts
    cuts: list[int] = []
    for number in range(1, parts):
        target = share * number
        near = [
            place
            for place in range(1, len(plan.main))
            if abs(weight[place] - target) <= share / 2 and 0 < crossing[place] <= _MOST_CROSSING
        ]
        near = [place for place in near if not cuts or place > cuts[-1]]
        if near:
            cuts.append(min(near, key=lambda place: (crossing[place], abs(weight[place] - target))))
    return cuts if all(_typed(plan, cut) for cut in cuts) else []


def _weight(index: GraphIndex, node: onnx.NodeProto) -> int:
    if node.op_type in _TABLE_READS:
        return 0
    tensors = (index.initializers[name] for name in reads(node) if name in index.initializers)
    return sum(tensor_bytes(tensor) for tensor in tensors)


def _crossing_counts(plan: _Plan) -> list[int]:
    change = [0] * (len(plan.main) + 2)
    for made, used in _lives(plan).values():
        change[made + 1] += 1
        change[used + 1] -= 1
    return list(accumulate(change))


def _lives(plan: _Plan) -> dict[str, tuple[int, int]]:
    """Tensor → the place of the node that makes it and of the last that reads it."""
    lives: dict[str, tuple[int, int]] = {}
    for place, node in enumerate(plan.main):
        for name in reads(node):
            if name in lives:
                lives[name] = (lives[name][0], place)
        lives.update((name, (place, place)) for name in node.output if name)
    return lives


def _typed(plan: _Plan, cut: int) -> bool:
    crossing = (name for name, (made, used) in _lives(plan).items() if made < cut <= used)
    return all(element_type(plan.index, name) is not None for name in crossing)


def _part(
    model: onnx.ModelProto, plan: _Plan, ranges: Sequence[tuple[int, int]], number: int
) -> onnx.ModelProto:
    begin, end = ranges[number]
    lives = _lives(plan)
    nodes = _with_repeated(plan, plan.main[begin:end], with_outputs=number == 0)
    made = {name for node in nodes for name in node.output}
    read = dict.fromkeys(name for node in nodes for name in reads(node))
    graph = onnx.GraphProto(name=f"{model.graph.name}/{number}")
    graph.node.extend(nodes)
    graph.initializer.extend(
        plan.index.initializers[name] for name in read if name in plan.index.initializers
    )
    graph.input.extend(value for value in model.graph.input if value.name in read)
    graph.input.extend(_value(plan.index, name) for name in read if name in lives and lives[name][0] < begin)
    graph.output.extend(
        _value(plan.index, name) for name, (at, used) in lives.items() if begin <= at < end <= used
    )
    handed = {value.name for value in graph.output}
    graph.output.extend(
        value for value in model.graph.output if value.name in made and value.name not in handed
    )
    graph.value_info.extend(value for value in model.graph.value_info if value.name in made)
    return helper.make_model(
        graph,
        ir_version=model.ir_version,
        opset_imports=model.opset_import,
        functions=model.functions,
        producer_name=model.producer_name,
    )


def _with_repeated(plan: _Plan, nodes: Sequence[onnx.NodeProto], with_outputs: bool) -> list[onnx.NodeProto]:
    """The nodes of a part behind the repeated ones they need; the first part also makes outputs of these."""
    ends = [node for node in _ends(plan.index) if id(node) in plan.repeated] if with_outputs else []
    chosen: list[onnx.NodeProto] = []
    seen: set[int] = set()
    for node in [*ends, *nodes]:
        chosen.extend(_needed(plan, node, seen))
    return chosen


def _needed(plan: _Plan, node: onnx.NodeProto, seen: set[int]) -> Iterator[onnx.NodeProto]:
    if id(node) in seen:
        return
    seen.add(id(node))
    for name in reads(node):
        maker = plan.index.producer.get(name)
        if maker is not None and id(maker) in plan.repeated:
            yield from _needed(plan, maker, seen)
    yield node


def _value(index: GraphIndex, name: str) -> onnx.ValueInfoProto:
    declared: onnx.ValueInfoProto | None = index.declared.get(name)
    return declared or helper.make_tensor_value_info(name, element_type(index, name) or 0, None)
