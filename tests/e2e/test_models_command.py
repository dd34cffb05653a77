from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.library.catalog import load
from tests.support.program import Ended, Program


@pytest.fixture
def indoors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # where its bin lies
    return Program(tmp_path / "home")


@pytest.fixture
def installed(indoors: Program, tiny_model: Path) -> Program:
    assert indoors("models", "import", str(tiny_model), "--id", "tiny").code == 0
    return indoors


def test_the_catalogue_needs_no_network(indoors: Program) -> None:
    found = indoors("models", "search", "--json")
    assert (found.code, found.err) == (0, "")
    assert [entry["id"] for entry in found.json["catalogue"]] == [entry.id for entry in load().entries]
    assert (found.json["hub"], found.json["problem"]) == ([], None)
    shown = indoors("models", "search", "gpt-oss", "--catalogue").out
    assert "gpt-oss-20b" in shown
    assert "qwen" not in shown


def test_an_entry_is_shown_with_its_variants(indoors: Program) -> None:
    shown = indoors("models", "show", "gpt-oss-20b")
    assert shown.code == 0
    for said in ("openai/gpt-oss-20b", "Apache-2.0", "prepacked", "q4f16", "12.7 GB", "not installed"):
        assert said in shown.out
    entry = indoors("models", "show", "gpt-oss-20b", "--json", "--licence").json
    assert entry["installed"] is False
    assert entry["variants"][0]["fit"]["needed_bytes"] > 12_000_000_000
    assert "Apache License" in entry["licence_text"]


def test_a_variant_that_cannot_run_here_is_not_fetched(indoors: Program) -> None:
    refused = indoors("models", "get", "gpt-oss-20b", "--variant", "genai-cuda", "--accept-licence")
    assert refused.code == 2
    assert "prepacked" in refused.err
    assert refused.err.count("\n") == 1
    assert indoors("models", "get", "gpt-oss-20b", "--variant", "q2").code == 2
    assert indoors("models", "get", "guide").code == 2
    assert indoors("models", "get", "no-such-word").code == 3


def test_without_a_person_the_licence_has_to_be_accepted_by_an_option(indoors: Program) -> None:
    refused = indoors("models", "get", "gpt-oss-20b")
    assert refused.code == 2
    assert "--accept-licence" in refused.err
    assert not (indoors.home / "downloads").exists()
    assert not (indoors.home / "licences.json").exists()


def run_with_another_checksum(indoors: Program, *arguments: str) -> Ended:
    script = "import app.library.pinned as p; p.CATALOG_SHA256 = '0'\nfrom app.cli.main import main\n"
    script += f"raise SystemExit(main({list(arguments)!r}))"
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, capture_output=True, env=indoors.environment(), encoding="utf-8", check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_changed_catalogue_is_refused_and_the_rest_works(indoors: Program) -> None:
    found = run_with_another_checksum(indoors, "models", "search", "--json")
    assert (found.code, found.json["catalogue"]) == (0, [])
    assert "catalog.json was changed" in found.err
    assert run_with_another_checksum(indoors, "models", "show", "guide", "--json").json["id"] == "guide"


def test_lineage_and_licence_are_shown(installed: Program) -> None:
    shown = installed("models", "show", "tiny", "--json", "--licence").json
    assert shown["lineage"][-1]["what"].startswith("indoors")
    assert shown["advisories"] == []
    assert {"licence_text", "usage_terms", "fit", "disk_bytes", "linked"} <= set(shown)


def test_an_advisory_is_shown_on_a_derived_model(installed: Program) -> None:
    manifest = installed.home / "models" / "tiny" / "indoors.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(content | {"base_model": "openai/gpt-oss-20b"}), encoding="utf-8")
    assert installed("models", "show", "tiny", "--json").json["advisories"]
    assert "ADVISORY" in installed("models", "show", "tiny").out


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the real bin would be used")
def test_removing_puts_it_into_the_bin(installed: Program) -> None:
    done = installed("models", "remove", "tiny", "--json")
    assert done.code == 0
    assert done.json["bin"] is True
    binned = installed.home.parent / "data" / "Trash" / "files" / "tiny"
    assert (binned / "indoors.json").is_file()
    assert installed("models", "show", "tiny").code == 3


def test_moving_the_models(installed: Program, tmp_path: Path) -> None:
    moved = installed("models", "move", str(tmp_path / "disk" / "models"), "--json")
    assert (moved.code, moved.err) == (0, "")
    assert installed("models", "verify", "tiny").code == 0
    assert installed("ask", "hi", "--model", "tiny", "--max-tokens", "2").code == 0
    assert not (installed.home / "models").exists()
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    listed = installed("models", "list")
    assert listed.code == 0
    assert "not connected" in listed.err
    gone = installed("ask", "hi", "--model", "tiny")
    assert gone.code == 7
    assert "not connected" in gone.err
    (tmp_path / "unplugged").rename(tmp_path / "disk")
    assert installed("models", "verify", "tiny").code == 0


def test_a_place_in_the_way_is_named(installed: Program, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    refused = installed("models", "move", str(tmp_path / "full"))
    assert refused.code == 2
    assert "not an empty folder" in refused.err
    assert installed("models", "verify", "tiny").code == 0
