"""What DirectML's graphs take is estimated from sizes alone, and equals what the real graph declares."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.graph.directml.adapt import adapt_for_directml
from app.graph.directml.bucket import Bucket
from app.graph.geometry import geometry_parts
from app.graph.layout import open_folder
from app.graph.write_model import DATA, lay_out
from app.hardware.estimate_directml import on_directml
from app.hardware.model import Geometry, ModelDescription, describe

CONTEXT, BUDGET = 8192, 12_500_000_000


def write_header(folder: Path, layers: int | None = None) -> Path:
    """gpt-oss-20b's real graph over a file of weights that is all hole."""
    parts = geometry_parts("gpt-oss-20b", layers)
    weights, header = lay_out(parts)
    folder.mkdir()
    (folder / "model.onnx").write_bytes(header.SerializeToString())
    with (folder / DATA).open("wb") as file:
        file.truncate(weights.bytes)
    (folder / "config.json").write_text(json.dumps(parts.content), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_header(tmp_path_factory.mktemp("geometry") / "model")


def test_the_real_graph_of_24_layers_fits(folder: Path) -> None:
    model = adapt_for_directml(open_folder(folder), "1.24.4", "0", np.dtype(np.float16))
    estimate = on_directml(describe(folder), CONTEXT)
    graphs = (model.head(), model.body(Bucket(1, CONTEXT)))
    sizes = {weight.name: weight.bytes for graph in graphs for weight in graph.weights}
    assert len(model.interface.layers) == 24
    assert estimate.weights == pytest.approx(sum(sizes.values()), rel=0.002)
    assert estimate.total <= BUDGET


def test_the_cache_is_what_the_graphs_declare(folder: Path) -> None:
    model = adapt_for_directml(open_folder(folder), "1.24.4", "0", np.dtype(np.float16))
    graph = model.body(Bucket(1, CONTEXT)).model.graph
    sizes = {
        given.name: 2 * int(np.prod([dim.dim_value for dim in given.type.tensor_type.shape.dim]))
        for given in graph.input
    }
    main = [size for name, size in sizes.items() if name.startswith("past_key_values")]
    recent = [size for name, size in sizes.items() if name.startswith("recent.") and name != "recent.slot"]
    assert len(main) == len(recent) == 48
    assert on_directml(describe(folder), CONTEXT).kv == sum(main) + main[0] + 2 * sum(recent)


@pytest.mark.parametrize(("bits", "factor"), [(4, 0.5625), (8, 1.0625), (16, 2.0)])
def test_the_form_of_weights_is_told_by_their_size(bits: int, factor: float) -> None:
    geometry = Geometry(1, 1024, 16, 16, 64, 4096, 1, 1, 32768, (None,))
    weights = geometry.computed_weights
    embedding = geometry.vocabulary * geometry.hidden * 2
    model = ModelDescription("m", "m", round(weights * factor) + embedding, longest=1024, geometry=geometry)
    total = on_directml(model, 1024).weights
    assert total == pytest.approx(weights * bits / 8 * (1 + (bits < 16) / bits), rel=0.25)


def test_more_context_takes_more() -> None:
    geometry = Geometry(2, 512, 8, 2, 64, 512, 4, 2, 1000, (128, None))
    model = ModelDescription("m", "m", 10_000_000, longest=65536, geometry=geometry)
    totals = [on_directml(model, context).total for context in (2048, 8192, 32768)]
    assert totals == sorted(set(totals))
