"""What goes wrong on the way ends in the very bytes that were published, or in a clear error."""

from __future__ import annotations

import pytest

from app import manifest
from app.download.protocol import DownloadState
from tests.support.hub_faults import Fault
from tests.support.hub_repositories import content, sha256
from tests.support.hub_server import TOKEN, running_hub
from tests.unit.download.conftest import MODEL, assert_complete, order

DATA = "cdn"


def test_a_repository_becomes_a_model(downloads, model):
    done = downloads.get(order())
    assert_complete(downloads, done, MODEL)
    found = manifest.read(downloads.model())
    assert (found.source, found.revision, found.licence) == ("tests/model", model.head, "apache-2.0")
    assert found.base_model == "openai/gpt-oss-20b"
    assert not list(manifest.damage(downloads.model(), found))


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([Fault(DATA, 3, status=503)], id="503"),
        pytest.param([Fault("/api/", 2, status=503)], id="503 of the interface"),
        pytest.param([Fault(DATA, 1, status=429, headers={"Retry-After": "1"})], id="429"),
        pytest.param([Fault(DATA, 4, reset_after=100_000)], id="reset"),
        pytest.param([Fault(DATA, 2, cut_by=50_000)], id="cut"),
        pytest.param([Fault(DATA, 1, short_by=1000)], id="wrong length once"),
        pytest.param([Fault(DATA, 1, delay_s=0.7)], id="slow start"),
        pytest.param([Fault(DATA, 99, no_ranges=True)], id="no ranges"),
        pytest.param(
            [Fault(DATA, 99, no_ranges=True, reset_after=500_000, after=1)], id="no ranges and resets"
        ),
        pytest.param([Fault(DATA, 1, flip_at=300_000)], id="wrong byte"),
        pytest.param([Fault("config.json", 1, flip_at=3)], id="wrong byte of a small file"),
    ],
)
def test_a_fault_that_passes_is_survived(downloads, hub, model, faults):
    hub.faults.add(*faults)
    done = downloads.get(order())
    assert hub.faults.struck
    assert_complete(downloads, done, MODEL)


def test_an_expired_link_is_asked_for_again(downloads, hub, model):
    hub.link_uses = 2
    assert_complete(downloads, downloads.get(order()), MODEL)
    assert sum("resolve/" in request and "onnx_data" in request for request in hub.requests) > 1


def test_a_stall_is_noticed(start, hub, model, monkeypatch):
    monkeypatch.setattr("app.download.sources.choosing.STALL_SECONDS", 0.3)
    downloads = start()
    hub.faults.add(Fault(DATA, 2, stall_after=100_000))
    assert_complete(downloads, downloads.get(order()), MODEL)
    assert hub.sent_twice() == 0


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        pytest.param(Fault(DATA, 999, status=503), "unreachable", ["HTTP status 503", "/cdn/"], id="503"),
        pytest.param(Fault(DATA, 999, reset_after=0), "unreachable", ["cannot be reached"], id="reset"),
        pytest.param(Fault(DATA, 999, short_by=9), "checksum_mismatch", ["bytes instead of"], id="short"),
        pytest.param(Fault(DATA, 999, flip_at=7), "checksum_mismatch", ["not the published"], id="wrong"),
        pytest.param(Fault("/resolve/", 999, status=410), "refused_by_host", ["does not exist"], id="gone"),
        pytest.param(Fault("/resolve/", 999, status=451), "refused_by_host", ["was blocked"], id="blocked"),
        pytest.param(Fault("/api/", 999, status=503), "unreachable", ["/tests/model"], id="no interface"),
    ],
)
def test_a_fault_that_stays_is_named(downloads, hub, model, fault, code, words):
    hub.faults.add(fault)
    failed = downloads.get(order())
    assert failed.state is DownloadState.FAILED
    assert failed.error is not None
    assert failed.error["code"] == code
    assert failed.error["hint"]
    assert all(word in failed.error["message"] for word in words), failed.error
    assert hub.url in failed.error["message"]
    assert not downloads.model().exists()
    hub.faults.clear()
    downloads.queue.resume(failed.key)
    assert_complete(downloads, downloads.wait(failed.key, lambda now: now.state.ended), MODEL)


def test_content_that_changed_since_the_pause_is_fetched_anew(start, hub):
    hub.plain["model.onnx"] = content(3_000_000, 5)
    hub.bytes_per_s = 1_000_000
    downloads = start(parallel=1)
    key = downloads.queue.add(order(f"{hub.url}/plain/model.onnx", source="url"))
    downloads.wait(key, lambda now: now.bytes_done > 500_000)
    downloads.queue.pause(key)
    hub.bytes_per_s = 0
    hub.plain["model.onnx"] = content(2_500_000, 6)
    downloads.queue.resume(key)
    done = downloads.wait(key, lambda now: now.state.ended)
    assert_complete(downloads, done, {"model.onnx": hub.plain["model.onnx"]})


def test_a_block_that_the_disk_lost_is_fetched_again_and_nothing_else(start, hub, model):
    hub.bytes_per_s = 1_500_000
    downloads = start(parallel=1)
    key = downloads.queue.add(order())
    downloads.wait(key, lambda now: now.bytes_done > 1_000_000)
    downloads.queue.pause(key)
    hub.bytes_per_s = 0
    data = next((downloads.places.downloads / key / "files").rglob("*.onnx_data"))
    with data.open("r+b") as file:
        file.seek(400_000)
        file.write(bytes(10))
    downloads.queue.resume(key)
    assert_complete(downloads, downloads.wait(key, lambda now: now.state.ended), MODEL)
    assert 0 < hub.sent_twice() < 60_000


def test_a_token_never_follows_a_link_to_another_host(downloads, hub, model, passwords):
    passwords.set_password("Indoors", hub.url.partition("//")[2], TOKEN)
    with running_hub() as other:
        other.add(model)
        elsewhere = f"{other.url}/cdn/{sha256(MODEL['onnx/model.onnx'])}?link=1"
        hub.faults.add(Fault("model.onnx", 99, status=302, headers={"Location": elsewhere}))
        model.commit({"config.json": b"{}", "model.onnx": MODEL["onnx/model.onnx"]})
        assert_complete(downloads, downloads.get(order()), model.files)
        assert other.requests
        assert not other.authorized


def test_an_address_that_is_not_secure_is_not_followed(downloads, hub, model):
    hub.faults.add(Fault("/resolve/", 99, status=302, headers={"Location": "file:///etc/passwd"}))
    failed = downloads.get(order())
    assert failed.error
    assert "not secure" in failed.error["message"]
