from __future__ import annotations

from pathlib import Path

import pytest

from app.download.protocol import Reference
from app.errors import ModelDamaged
from app.library import advisories
from app.library.catalog import Catalog, load
from app.library.lineage import Origin, Step, ancestors, origin_of, trace
from app.manifest import Manifest


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def downloaded(**fields: str) -> Manifest:
    return Manifest("m", "M", "onnx-community/gpt-oss-20b-ONNX", **fields)


def test_every_step_is_said(catalog: Catalog) -> None:
    steps = trace(
        downloaded(
            revision="6dcc",
            host="hub.test",
            fetched="2026-11-23",
            converted_by="onnx-community",
            tool="indoors 0.1",
            variant="gpt-oss-20b/q4f16",
        ),
        catalog,
    )
    assert steps == (
        Step(Origin.ANCESTOR, "openai/gpt-oss-20b", "original weights, experts in MXFP4"),
        Step(Origin.CONVERTED, "onnx-community"),
        Step(Origin.SOURCE, "onnx-community/gpt-oss-20b-ONNX", "revision 6dcc, host hub.test, 2026-11-23"),
        Step(Origin.WRITTEN, "indoors 0.1"),
    )


def test_without_a_catalogue_the_manifest_tells(catalog: Catalog) -> None:
    record = downloaded(base_model="openai/gpt-oss-20b", variant="gone/now")
    for known in (catalog, Catalog()):
        assert trace(record, known)[0] == Step(Origin.ANCESTOR, "openai/gpt-oss-20b", "base model")


def test_where_to_ask_for_a_newer_revision() -> None:
    assert origin_of(downloaded(source_kind="hub", revision="6dcc")) == Reference(
        "hub", "onnx-community/gpt-oss-20b-ONNX", "6dcc"
    )
    assert origin_of(Manifest("guide", "The guide", "made by models/guide")) is None


def test_nothing_is_made_up() -> None:
    assert trace(Manifest("m", "M", ""), Catalog()) == ()


def test_an_advisory_reaches_every_derived_model(catalog: Catalog) -> None:
    known = advisories.load()
    derived = Manifest("m", "M", "somebody/fine-tune", base_model="OpenAI/gpt-oss-20b")
    assert advisories.concerning(known, ancestors(derived, catalog)) == known
    by_variant = downloaded(variant="gpt-oss-20b/q4f16")
    assert advisories.concerning(known, ancestors(by_variant, catalog)) == known
    other = Manifest("m", "M", "x/y", base_model="Qwen/Qwen3-0.6B")
    assert advisories.concerning(known, ancestors(other, catalog)) == ()


def test_a_changed_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "advisories.json").write_text('{"advisories": []}', encoding="utf-8")
    with pytest.raises(ModelDamaged, match="changed"):
        advisories.load(tmp_path / "advisories.json")
