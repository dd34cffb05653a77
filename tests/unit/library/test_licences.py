from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import manifest as manifests
from app.errors import StorageError, UsageError
from app.library.installed import InstalledModel, inspect
from app.library.licences import Acceptances, Terms, bundled_text, spdx, text_of
from app.manifest import Manifest

TODAY = date(2026, 11, 23)


@pytest.fixture
def acceptances(tmp_path: Path) -> Acceptances:
    return Acceptances(tmp_path / "home" / "licences.json")


@pytest.mark.parametrize(
    ("name", "expected"), [("apache-2.0", "Apache-2.0"), (" MIT ", "MIT"), ("gemma", "gemma"), ("", "")]
)
def test_hubs_names_become_spdx(name: str, expected: str) -> None:
    assert spdx(name) == expected


def test_a_licence_is_accepted_once_for_all_models(acceptances: Acceptances, tmp_path: Path) -> None:
    terms = Terms("apache-2.0", "gpt-oss-20b")
    assert acceptances.of(terms) is None
    assert not (tmp_path / "home").exists()
    acceptances.accept(terms, TODAY)
    again = Acceptances(tmp_path / "home" / "licences.json").of(Terms("Apache-2.0", "qwen"))
    assert again is not None
    assert (again.day, again.model) == ("2026-11-23", "gpt-oss-20b")


@pytest.mark.parametrize("licence", ["", "other", "unknown"])
def test_an_unknown_licence_is_accepted_for_one_model_alone(acceptances: Acceptances, licence: str) -> None:
    acceptances.accept(Terms(licence, "a/b"), TODAY)
    acceptances.require(Terms(licence, "a/b"))
    with pytest.raises(UsageError, match="c/d"):
        acceptances.require(Terms(licence, "c/d"))


def test_one_licence_does_not_cover_another(acceptances: Acceptances) -> None:
    acceptances.accept(Terms("MIT", "a"), TODAY)
    with pytest.raises(UsageError, match=r"Apache-2\.0.*--accept-licence"):
        acceptances.require(Terms("Apache-2.0", "a"))


@pytest.mark.parametrize("content", ["{", "[]", '{"MIT": 3}', '{"MIT": {"when": 1}}'])
def test_a_damaged_list_is_named(acceptances: Acceptances, tmp_path: Path, content: str) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "licences.json").write_text(content, encoding="utf-8")
    with pytest.raises(StorageError, match=r"licences\.json"):
        acceptances.of(Terms("MIT", "a"))


def test_texts_that_come_with_the_app() -> None:
    assert "Apache License" in bundled_text("apache-2.0")
    assert "WITHOUT WARRANTY OF ANY KIND" in Terms("mit", "a").text
    assert bundled_text("gemma") == bundled_text("../LICENSE") == ""


def installed(folder: Path, files: dict[str, str], licence: str, licence_file: str = "") -> InstalledModel:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    record = Manifest("m", "M", "x", licence=licence, licence_file=licence_file)
    manifests.write(folder, replace(record, files=manifests.record_files(folder)))
    return inspect(folder)


def test_a_models_own_text_comes_first(tmp_path: Path) -> None:
    files = {"sub/LICENSE": "nested", "LICENSE.txt": "own terms", "README.md": "no"}
    assert text_of(installed(tmp_path, files, "MIT")) == "own terms"


def test_the_manifest_names_the_file(tmp_path: Path) -> None:
    files = {"TERMS.md": "the terms", "LICENSE": "something else"}
    assert text_of(installed(tmp_path, files, "other", "TERMS.md")) == "the terms"


def test_without_a_file_the_apps_text_is_shown(tmp_path: Path) -> None:
    assert "Apache License" in text_of(installed(tmp_path, {"model.onnx": "x"}, "apache-2.0"))
    assert text_of(installed(tmp_path, {"model.onnx": "x"}, "gemma")) == ""
