"""`indoors models get` and its kin against a hub on loopback, with the real downloader."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.manifest import FILE_NAME, damage, read
from tests.support.hub_repositories import Repository
from tests.support.hub_server import TOKEN, HubServer, running_hub
from tests.support.program import Program, interrupt, interrupts
from tests.support.worker import write_harmony_checkpoint


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    with running_hub() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        for name in ("HF_TOKEN", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield server


@pytest.fixture
def indoors(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def repository(hub: HubServer, tiny_model: Path) -> Repository:
    files = {
        path.relative_to(tiny_model).as_posix(): path.read_bytes()
        for path in tiny_model.rglob("*")
        if path.is_file() and path.name != FILE_NAME
    }
    return hub.add(Repository("tests/Tiny-Model", files | {"LICENSE": b"Be kind."}))


def interrupted(program: subprocess.Popen[bytes]) -> tuple[int, str]:
    interrupt(program)
    _, err = program.communicate(timeout=30)
    return program.returncode, err.decode("utf-8")


def wait_for_bytes(hub: HubServer, most: float = 30) -> None:
    deadline = time.monotonic() + most
    while not any("/resolve/" in request for request in hub.requests):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1)


def test_a_repository_becomes_a_model_that_answers(indoors: Program, repository: Repository) -> None:
    got = indoors("models", "get", repository.name, "--accept-licence", "--json")
    assert (got.code, got.err) == (0, "")
    assert (got.json["id"], got.json["state"]) == ("tiny-model", "ready")
    folder = Path(got.json["folder"])
    manifest = read(folder)
    assert list(damage(folder, manifest)) == []
    assert (manifest.source, manifest.revision) == (repository.name, repository.head)
    assert (manifest.licence, manifest.base_model) == ("Apache-2.0", "openai/gpt-oss-20b")
    assert indoors("ask", "hi", "--model", "tiny-model", "--max-tokens", "2").code == 0
    assert indoors("models", "downloads", "--json").json == []


def test_what_was_got_is_shown_with_its_origin(indoors: Program, repository: Repository) -> None:
    assert indoors("models", "get", repository.name, "--accept-licence", "--id", "mine").code == 0
    shown = indoors("models", "show", "mine", "--json", "--licence", "--newer").json
    assert [step["what"] for step in shown["lineage"]][:2] == ["openai/gpt-oss-20b", repository.name]
    assert repository.head in shown["lineage"][1]["detail"]
    assert "127.0.0.1" in shown["lineage"][1]["detail"]
    assert shown["licence_text"] == "Be kind."
    assert shown["advisories"]
    assert shown["upstream"]["standing"] == "current"
    repository.commit(repository.files | {"README.md": b"better"})
    again = indoors("models", "show", "mine", "--json", "--newer").json["upstream"]
    assert (again["standing"], again["newest"]) == ("newer", repository.head)
    assert f"newer revision, {repository.head}" in indoors("models", "show", "mine").out


def test_a_licence_is_accepted_once(indoors: Program, repository: Repository) -> None:
    refused = indoors("models", "get", repository.name)
    assert refused.code == 2
    assert "--accept-licence" in refused.err
    assert indoors("models", "downloads", "--json").json == []
    assert indoors("models", "get", repository.name, "--accept-licence", "--id", "a").code == 0
    assert indoors("models", "get", repository.name, "--id", "b").code == 0
    assert list(json.loads((indoors.home / "licences.json").read_text(encoding="utf-8"))) == ["Apache-2.0"]


def test_an_unnamed_licence_has_to_be_accepted_for_each_model(
    indoors: Program, repository: Repository
) -> None:
    repository.licence = "other"
    assert indoors("models", "get", repository.name, "--accept-licence", "--id", "a").code == 0
    assert indoors("models", "get", repository.name, "--id", "b").code == 0
    key = f"model {repository.name}"
    assert list(json.loads((indoors.home / "licences.json").read_text(encoding="utf-8"))) == [key]


@interrupts
def test_an_interrupt_pauses_and_resume_goes_on(
    indoors: Program, repository: Repository, hub: HubServer
) -> None:
    hub.bytes_per_s = 20_000
    running = indoors.start("models", "get", repository.name, "--accept-licence")
    wait_for_bytes(hub)
    code, err = interrupted(running)
    assert code == 130
    assert "Paused" in err
    assert "indoors models resume" in err
    assert "Traceback" not in err
    (download,) = indoors("models", "downloads", "--json").json
    assert (download["id"], download["state"]) == ("tiny-model", "paused")
    assert [model["id"] for model in indoors("models", "list", "--json").json] == ["guide"]
    hub.bytes_per_s = 0
    done = indoors("models", "resume", "tiny-model", "--json")
    assert (done.code, done.json["state"]) == (0, "ready")
    assert indoors("models", "verify", "tiny-model").code == 0


@interrupts
def test_a_download_is_given_up(indoors: Program, repository: Repository, hub: HubServer) -> None:
    hub.bytes_per_s = 20_000
    running = indoors.start("models", "get", repository.name, "--accept-licence")
    wait_for_bytes(hub)
    interrupted(running)
    assert indoors("models", "cancel", "tiny-model").code == 0
    assert indoors("models", "downloads").out == ""
    refused = indoors("models", "resume", "tiny-model")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert not list((indoors.home / "downloads").glob("*/files"))


def test_searching_asks_the_hub(indoors: Program, repository: Repository, hub: HubServer) -> None:
    found = indoors("models", "search", "tiny", "--json").json
    assert [one["name"] for one in found["hub"]] == [repository.name]
    assert found["problem"] is None
    assert repository.name in indoors("models", "search", "tiny").out
    asked = len(hub.requests)
    assert indoors("models", "search", "tiny", "--catalogue", "--json").json["hub"] == []
    assert len(hub.requests) == asked


def test_offline_nobody_is_asked(indoors: Program, repository: Repository, hub: HubServer) -> None:
    assert indoors("settings", "offline", "on").code == 0
    refused = indoors("models", "get", repository.name, "--accept-licence")
    assert refused.code == 8
    assert "ffline" in refused.err
    found = indoors("models", "search", "gpt-oss", "--json")
    assert found.code == 0
    assert found.json["catalogue"]
    assert found.json["problem"]["code"] == "offline"
    assert hub.requests == []


def test_a_hub_that_is_gone_is_named(
    indoors: Program, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = indoors("models", "get", "tests/nothing", "--accept-licence")
    assert gone.code == 8
    assert "tests/nothing" in gone.err
    assert gone.err.count("\n") == 1


def test_a_checkpoint_is_imported_and_keeps_its_origin(
    indoors: Program, hub: HubServer, tmp_path: Path
) -> None:
    checkpoint = write_harmony_checkpoint(tmp_path / "checkpoint")
    files = {path.name: path.read_bytes() for path in checkpoint.iterdir()}
    config = files.pop("config.json")
    repository = hub.add(Repository("tests/weights", files))
    failed = indoors("models", "get", repository.name, "--accept-licence", "--id", "made")
    assert failed.code == 3
    assert failed.err.count("\n") == 1
    (waiting,) = indoors("models", "downloads", "--json").json
    assert (waiting["state"], waiting["needs_import"]) == ("completed", True)
    sent = hub.sent_bytes()
    assert indoors("models", "get", repository.name, "--id", "made").code == 3  # nothing is fetched again
    assert hub.sent_bytes() == sent
    assert indoors("models", "cancel", "made").code == 0
    repository.commit(files | {"config.json": config})
    got = indoors("models", "get", repository.name, "--id", "made", "--json")
    assert (got.code, got.err) == (0, "")
    manifest = read(Path(got.json["folder"]))
    assert (manifest.source, manifest.revision) == (repository.name, repository.head)
    assert (manifest.source_kind, manifest.quantization) == ("hub", "int4")
    assert manifest.tool.startswith("indoors")
    assert indoors("ask", "hi", "--model", "made", "--max-tokens", "2").code == 0
    assert indoors("models", "downloads", "--json").json == []
    assert not list((indoors.home / "downloads").glob("*/files/*"))


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring in a file, for child processes."""
    (tmp_path / "test_keyring.py").write_text(_KEYRING, encoding="utf-8")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "test_keyring.FileKeyring")
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "kept.json"))


_KEYRING = """
import json, os
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

class FileKeyring(KeyringBackend):
    priority = 1
    path = Path(os.environ["TEST_KEYRING"])

    def _kept(self):
        return json.loads(self.path.read_text()) if self.path.is_file() else {}

    def get_password(self, service, username):
        return self._kept().get(service + username)

    def set_password(self, service, username, password):
        self.path.write_text(json.dumps({**self._kept(), service + username: password}))

    def delete_password(self, service, username):
        kept = self._kept()
        if kept.pop(service + username, None) is None:
            raise PasswordDeleteError
        self.path.write_text(json.dumps(kept))
"""


@pytest.mark.usefixtures("keyring")
def test_a_gated_model_needs_a_sign_in(indoors: Program, repository: Repository, tmp_path: Path) -> None:
    indoors = Program(indoors.home, extra_path=tmp_path)
    repository.gated = True
    refused = indoors("models", "get", repository.name, "--accept-licence")
    assert refused.code == 8
    assert "sign in" in refused.err
    assert indoors("models", "sign-in", given=b"hf_wrong\n").code == 8
    assert indoors("models", "sign-in", given=b"\n").code == 2
    signed = indoors("models", "sign-in", "--json", given=f"{TOKEN}\n".encode())
    assert (signed.code, signed.json) == (0, {"account": "somebody"})
    assert TOKEN not in signed.out + signed.err
    assert indoors("models", "resume", "tiny-model").code == 0
    assert indoors("models", "sign-out").code == 0
    assert indoors("models", "get", repository.name, "--id", "other").code == 8


def test_several_variants_have_to_be_chosen_from(
    indoors: Program, hub: HubServer, repository: Repository
) -> None:
    graphs = [path for path in repository.files if path.endswith(".onnx")]
    graph = repository.files[graphs[0]]
    side = {path: data for path, data in repository.files.items() if path not in graphs}
    hub.add(Repository("tests/two", side | {"model_q4.onnx": graph, "model_fp16.onnx": graph}))
    refused = indoors("models", "get", "tests/two", "--accept-licence")
    assert refused.code == 2
    assert "fp16" in refused.err
    assert "q4" in refused.err
    assert indoors("models", "get", "tests/two", "--variant", "q4", "--id", "two").code == 2  # no licence yet
    got = indoors("models", "get", "tests/two", "--variant", "q4", "--accept-licence", "--json")
    assert got.code == 0
    names = {record.path for record in read(Path(got.json["folder"])).files}
    assert "model_q4.onnx" in names
    assert "model_fp16.onnx" not in names


def test_an_id_that_is_taken_is_refused_before_anything_is_fetched(
    indoors: Program, repository: Repository, hub: HubServer
) -> None:
    assert indoors("models", "get", repository.name, "--accept-licence", "--id", "a").code == 0
    sent = hub.sent_bytes()
    assert indoors("models", "get", repository.name, "--id", "a").code == 2
    assert indoors("models", "get", repository.name, "--id", "a/../b").code == 2
    assert hub.sent_bytes() == sent
    assert indoors("models", "get", repository.name, "--json").json["id"] == "tiny-model"
    assert indoors("models", "get", repository.name, "--json").json["id"] == "tiny-model-2"


def test_two_programs_that_finish_one_download_make_one_model(
    indoors: Program, hub: HubServer, tmp_path: Path
) -> None:
    """One was interrupted between the download and the import; then both go on with it."""
    checkpoint = write_harmony_checkpoint(tmp_path / "checkpoint")
    hub.add(Repository("tests/raw", {path.name: path.read_bytes() for path in checkpoint.iterdir()}))
    running = [
        indoors.start("models", "get", "tests/raw", "--id", "raw", "--accept-licence", "--json")
        for _ in range(2)
    ]
    ended = [(*program.communicate(timeout=120), program.returncode) for program in running]
    assert [code for _, _, code in ended] == [0, 0], ended
    assert [json.loads(out)["id"] for out, _, _ in ended] == ["raw", "raw"]
    assert [path.name for path in (indoors.home / "models").iterdir()] == ["raw"]
    assert list((indoors.home / "downloads").iterdir()) == []
