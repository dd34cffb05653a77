"""Files that cannot be used are refused with the file, the cause and the remedy; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from app.errors import AccessDenied, IndoorsError, ModelDamaged, ModelNotFound, NotADecoder, UnsupportedModel
from app.graph.adapt import GraphPlan, adapt_graph
from app.graph.header import parse_header, read_header
from app.graph.layout import open_folder
from tests.support.graphs import TinyDecoder, data_name, make_decoder, point_outside, save_external
from tests.support.permissions import unprivileged


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return save_external(make_decoder(TinyDecoder()), tmp_path / "model" / "model.onnx", files=2)


def refuse(graph: Path, error: type[IndoorsError], message: str) -> None:
    """Adapting must fail so, with a hint, and leave no cache."""
    cache = graph.parent.with_name("cache")
    with pytest.raises(error, match=message) as caught:
        adapt_graph(open_folder(graph.parent), GraphPlan(), cache, "1")
    assert caught.value.hint
    assert not cache.exists()


def change(graph: Path, edit: Callable[[onnx.ModelProto], object]) -> Path:
    model = onnx.load(graph, load_external_data=False)
    edit(model)
    graph.write_bytes(model.SerializeToString())
    return graph


def test_missing_graph(graph: Path) -> None:
    folder = open_folder(graph.parent)
    graph.unlink()
    with pytest.raises(ModelNotFound, match=r"model\.onnx"):
        adapt_graph(folder, GraphPlan(), graph.parent.with_name("cache"), "1")


def test_missing_data_file(graph: Path) -> None:
    graph.with_name(data_name(graph, 1)).unlink()
    refuse(graph, ModelDamaged, r"model\.onnx_data_1 is missing")


def test_truncated_data_file(graph: Path) -> None:
    data = graph.with_name(data_name(graph, 1))
    size = data.stat().st_size
    os.truncate(data, size - 100)
    refuse(graph, ModelDamaged, rf"model\.onnx_data_1 is cut short: it has {size - 100:,} bytes.*{size:,}")


def test_data_that_is_a_folder(graph: Path) -> None:
    data = graph.with_name(data_name(graph, 0))
    data.unlink()
    data.mkdir()
    with pytest.raises(IndoorsError, match=r"model\.onnx_data"):
        adapt_graph(open_folder(graph.parent), GraphPlan(), graph.parent.with_name("cache"), "1")


@pytest.mark.parametrize(
    "content", [b"", b"version https://git-lfs.github.com/spec/v1\n", b"\0" * 100, b"PK\3\4" * 9]
)
def test_no_onnx_at_all(graph: Path, content: bytes) -> None:
    graph.write_bytes(content)
    refuse(graph, ModelDamaged, r"model\.onnx")


def test_graph_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "model" / "model.onnx").mkdir(parents=True)
    refuse(tmp_path / "model" / "model.onnx", ModelDamaged, r"model\.onnx is a folder")


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_truncated_header(share: float) -> None:
    content = make_decoder(TinyDecoder(layers=1)).SerializeToString()
    with pytest.raises(ModelDamaged, match=r"cut\.onnx"):
        parse_header(content[: int(share * len(content))], Path("cut.onnx"))


def test_header_cut_behind_its_graph() -> None:
    model = make_decoder(TinyDecoder(layers=1))
    del model.opset_import[:]
    with pytest.raises(ModelDamaged, match=r"cut\.onnx is cut short"):
        parse_header(model.SerializeToString(), Path("cut.onnx"))


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_random_bytes(content: bytes) -> None:
    with pytest.raises(ModelDamaged, match=r"random\.onnx"):
        parse_header(content, Path("random.onnx"))


def test_no_decoder(tmp_path: Path) -> None:
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "image", [value], [result])
    (tmp_path / "model").mkdir()
    path = tmp_path / "model" / "model.onnx"
    path.write_bytes(helper.make_model(graph).SerializeToString())
    refuse(path, NotADecoder, "asks for an input 'x'")


@pytest.mark.parametrize(("domain", "name"), [("acme", "acme:Rotate"), ("", "ai.onnx:Rotate")])
def test_unknown_operator(graph: Path, domain: str, name: str) -> None:
    node = helper.make_node("Rotate", ["logits"], ["turned"], domain=domain)
    refuse(change(graph, lambda model: model.graph.node.append(node)), UnsupportedModel, name)


def test_unknown_operator_in_a_branch(graph: Path) -> None:
    value = helper.make_tensor_value_info("turned", TensorProto.FLOAT, None)
    branch = helper.make_graph([helper.make_node("Rotate", ["logits"], ["turned"])], "branch", [], [value])
    node = helper.make_node("If", ["condition"], ["either"], then_branch=branch, else_branch=branch)
    refuse(change(graph, lambda model: model.graph.node.append(node)), UnsupportedModel, "Rotate")


def test_functions_of_the_model_are_known(graph: Path) -> None:
    def add(model: onnx.ModelProto) -> None:
        inner = helper.make_node("Identity", ["a"], ["b"])
        opset = [helper.make_opsetid("", 21)]
        model.functions.append(helper.make_function("pkg.torch", "same", ["a"], ["b"], [inner], opset))
        model.graph.node.append(helper.make_node("same", ["logits"], ["again"], domain="pkg.torch"))

    adapt_graph(open_folder(change(graph, add).parent), GraphPlan(), graph.parent.with_name("cache"), "1")


@pytest.mark.parametrize("packed", [-1, 1])
def test_experts_packed_for_cuda(graph: Path, packed: int) -> None:
    node = helper.make_node("QMoE", ["logits"], ["x"], domain="com.microsoft", weights_prepacked=packed)
    refuse(change(graph, lambda model: model.graph.node.append(node)), UnsupportedModel, "CUDA")


@pytest.mark.parametrize(
    "location",
    ["../secret", "/etc/passwd", "a/../../b", "C:\\Windows\\win.ini", "..\\secret", "\\\\host\\share", ""],
)
def test_weights_outside_the_folder(graph: Path, location: str) -> None:
    change(graph, lambda model: point_outside(model.graph.initializer[0], location))
    refuse(graph, ModelDamaged, "outside its own folder")


@pytest.mark.parametrize(
    ("key", "value"), [("offset", "-64"), ("offset", "x"), ("length", "-1"), ("length", "y")]
)
def test_unreadable_place_of_weights(graph: Path, key: str, value: str) -> None:
    def damage(model: onnx.ModelProto) -> None:
        entries = model.graph.initializer[0].external_data
        next(entry for entry in entries if entry.key == key).value = value

    refuse(change(graph, damage), ModelDamaged, "unreadable place for the weights embedding")


@pytest.mark.parametrize(
    ("name", "mode"), [("model.onnx", 0), ("model.onnx_data", 0), (".", 0), (".", 0o111)]
)
def test_no_permission_to_read(graph: Path, name: str, mode: int) -> None:
    (graph.parent / name).chmod(mode)
    with unprivileged(graph.parent), pytest.raises(AccessDenied, match="model") as caught:
        adapt_graph(open_folder(graph.parent), GraphPlan(), graph.parent.with_name("cache"), "1")
    graph.parent.chmod(0o755)
    assert "permissions" in caught.value.hint


def test_missing_header(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"gone\.onnx"):
        read_header(tmp_path / "gone.onnx")
