"""Runs on Windows: each kind of node of a graph in fp32 by itself on DirectML, compared with the processor.

    python directml_run.py SOURCE RUNTIME directml_pieces MODELS

Wine's shader compiler does not take every fp32 kernel, so whole graphs are compared in fp16
(`directml_parity`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

from app.engine.bucketed.load import adapt_for
from app.engine.bucketed.seen import step_inputs
from app.engine.providers.directml import DIRECTML, DirectMl
from app.engine.runtime import CPU, InferenceSession, SessionOptions
from app.graph.directml.adapt import DirectmlModel
from app.graph.directml.bucket import Bucket
from app.graph.layout import open_folder

LARGEST = 1e-3
Values = Mapping[str, NDArray[Any]]


class StayedOnProcessor(Exception):
    """DirectML was not given the node."""


def run(model: onnx.ModelProto, feeds: Values, *, on_directml: bool) -> list[NDArray[Any]]:
    """All outputs of a graph."""
    options = SessionOptions()
    options.log_severity_level = 4
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    providers = DirectMl("directml", 0).equip(options, ()) if on_directml else [CPU]
    session = InferenceSession(model.SerializeToString(), options, providers=providers, enable_fallback=0)
    if on_directml and any(part.ep_name != DIRECTML for part in session.get_provider_graph_assignment_info()):
        raise StayedOnProcessor
    return [np.asarray(value) for value in session.run(None, dict(feeds))]


def values_of(model: DirectmlModel, bucket: Bucket) -> tuple[onnx.ModelProto, Values]:
    """A body, and every value in it as the processor computes it from random hidden states."""
    graph, random = model.body(bucket), np.random.default_rng(0)
    feeds = {weight.name: model.read(weight) for weight in graph.weights}
    feeds |= dict(
        step_inputs(bucket, 40, 9 if bucket.decodes else 0, bucket.tokens, model.windows, model.dtype)
    )
    for given in graph.model.graph.input:
        shape = [dim.dim_value for dim in given.type.tensor_type.shape.dim]
        feeds.setdefault(given.name, random.standard_normal(shape).astype(model.dtype))
    feeds = {name: values for name, values in feeds.items() if name in graph.inputs}
    shown = onnx.ModelProto()
    shown.CopyFrom(graph.model)
    names = [value.name for value in shown.graph.output]
    inner = [name for node in shown.graph.node for name in node.output if name and name not in names]
    shown.graph.output.extend(onnx.ValueInfoProto(name=name) for name in inner)
    names += inner
    return graph.model, feeds | dict(zip(names, run(shown, feeds, on_directml=False), strict=True))


def pieces(model: onnx.ModelProto, values: Values) -> Iterator[onnx.ModelProto]:
    """Each kind of node once: its operator, attributes and shapes."""
    weights, seen = {tensor.name: tensor for tensor in model.graph.initializer}, set[str]()
    for node in model.graph.node:
        given = [name for name in dict.fromkeys(node.input) if name and name not in weights]
        key = f"{node.op_type}{[values[name].shape for name in given]}{list(node.attribute)}"
        if key not in seen:
            seen.add(key)
            kept = [weights[name] for name in dict.fromkeys(node.input) if name in weights]
            made = [name for name in node.output if name]
            borders = [[_declared(name, values[name]) for name in names] for names in (given, made)]
            graph = helper.make_graph([node], "piece", *borders, kept)
            yield helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)


def _declared(name: str, values: NDArray[Any]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(values.dtype), values.shape)


def main(models: Path) -> int:
    """Compare every piece, print, and say whether all is well."""
    provider = DirectMl("directml", 0)
    model = adapt_for(open_folder(models / "case-0"), provider, exact=True)
    right, elsewhere, untaken, worst = Counter[str](), Counter[str](), Counter[str](), 0.0
    for bucket in (Bucket(1, 64, 16), Bucket(16, 64, 16)):
        graph, values = values_of(model, bucket)
        for piece in pieces(graph, values):
            kind = piece.graph.node[0].op_type
            feeds = {given.name: values[given.name] for given in piece.graph.input}
            try:
                found = run(piece, feeds, on_directml=True)
            except StayedOnProcessor:
                elsewhere[kind] += 1
                continue
            except Exception:  # whatever Wine's compiler makes of it
                untaken[kind] += 1
                continue
            expected = [values[made.name] for made in piece.graph.output]
            pairs = zip(found, expected, strict=True)
            error = max(float(np.abs(a.astype("f8") - b.astype("f8")).max()) for a, b in pairs)
            worst, right[kind] = max(worst, error), right[kind] + 1
    print(f"fp32, node by node: {right.total()} kinds right, error at most {worst:.1e}: {dict(right)}")
    print(f"fp32, alone in a graph left to the processor: {dict(elsewhere)}")
    print(f"fp32, not taken by Wine's shader compiler: {dict(untaken)}")
    passed = worst <= LARGEST and right["MatMulNBits"] and right["Softmax"]
    print("directml_pieces:", "passed" if passed else "FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
