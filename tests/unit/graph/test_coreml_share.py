"""CoreML's share of the guide: stray nodes, none of its products."""

from __future__ import annotations

from app.graph.coreml_share import coreml_share
from app.graph.header import read_header
from app.paths import guide
from tests.support.graphs import TinyDecoder, make_decoder


def test_the_guides_products_are_not_among_them() -> None:
    share = coreml_share(read_header(guide() / "model.onnx"))
    heavy = 4 * 4 + 1  # two projections, attention and experts in each layer, and the head
    assert 0 < share.nodes <= share.of - heavy


def test_plain_operators_are() -> None:
    share = coreml_share(make_decoder(TinyDecoder(layers=1)))
    assert share.nodes / share.of > 0.7
