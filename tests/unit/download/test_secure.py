"""Encrypted connections, straight and through a proxy's tunnel, and whom they trust."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from tests.support.connect_proxy import ConnectProxy, running_proxy
from tests.support.hub_repositories import Repository
from tests.support.hub_server import HubServer, running_hub
from tests.unit.download.conftest import HASTY, MODEL, assert_complete, order

NAME = "hub.invalid"
"""Nobody but the proxy knows where it leads."""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def secure_hub(authority: trustme.CA, name: str) -> Iterator[HubServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    with running_hub(context) as server:
        server.add(Repository("tests/model", MODEL))
        yield server


@pytest.fixture
def straight(authority: trustme.CA) -> Iterator[HubServer]:
    """A hub whose certificate names its own address."""
    yield from secure_hub(authority, "127.0.0.1")


@pytest.fixture
def named(authority: trustme.CA) -> Iterator[HubServer]:
    """A hub whose certificate is for a name."""
    yield from secure_hub(authority, NAME)


@pytest.fixture
def proxy(named: HubServer) -> Iterator[ConnectProxy]:
    with running_proxy(named.port, "somebody:secret") as server:
        yield server


def endpoint(server: HubServer) -> str:
    return f"https://{NAME}:{server.port}"


def test_a_chosen_authority_is_trusted(start, straight, bundle):
    downloads = start(endpoint=straight.url, ca_bundle=bundle)
    assert straight.url.startswith("https://")
    assert downloads.queue.sources.hub().search("model", 5)
    assert_complete(downloads, downloads.get(order()), MODEL)


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_the_environment_s_authority_is_trusted(start, straight, bundle, monkeypatch, variable):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv(variable, bundle)
    downloads = start(endpoint=straight.url)
    assert_complete(downloads, downloads.get(order()), MODEL)


def test_an_authority_that_nobody_knows_is_not(start, straight):
    downloads = start(endpoint=straight.url, tuning=replace(HASTY, patience_s=600.0))
    failed = downloads.get(order())
    assert failed.error
    assert failed.error["code"] == "unreachable"
    assert "certificate that is not trusted" in failed.error["message"]
    assert "ca-bundle" in failed.error["hint"]
    assert straight.sent_bytes() == 0


def test_a_certificate_for_another_name_is_refused(start, named, bundle):
    downloads = start(endpoint=f"https://127.0.0.1:{named.port}", ca_bundle=bundle)
    failed = downloads.get(order())
    assert failed.error
    assert "certificate that is not trusted" in failed.error["message"]
    assert named.requests == []


def test_a_file_at_an_address_needs_the_same_trust(start, straight, bundle):
    straight.plain["model.onnx"] = MODEL["onnx/model.onnx"]
    address = f"{straight.url}/plain/model.onnx"
    failed = start(home="one").get(order(address, source="url"))
    assert failed.error
    assert "certificate that is not trusted" in failed.error["message"]
    trusting = start(home="two", ca_bundle=bundle)
    done = trusting.get(order(address, source="url"))
    assert_complete(trusting, done, {"model.onnx": MODEL["onnx/model.onnx"]})


def test_a_proxy_s_tunnel_carries_everything(start, named, proxy, bundle):
    """The proxy sees names and noise: what goes through the tunnel is encrypted for the hub."""
    downloads = start(endpoint=endpoint(named), proxy=proxy.url, ca_bundle=bundle)
    assert downloads.queue.sources.hub().search("model", 5)
    assert_complete(downloads, downloads.get(order()), MODEL)
    assert set(proxy.asked) == {f"{NAME}:{named.port}"}
    assert all(piece.startswith(b"\x16\x03") for piece in proxy.seen)


def test_the_environment_s_proxy_is_used(start, named, proxy, bundle, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    downloads = start(endpoint=endpoint(named), ca_bundle=bundle)
    assert_complete(downloads, downloads.get(order()), MODEL)
    assert proxy.asked


def test_through_a_tunnel_the_hub_s_certificate_counts(start, named, proxy):
    downloads = start(endpoint=endpoint(named), proxy=proxy.url)
    failed = downloads.get(order())
    assert failed.error
    assert "certificate that is not trusted" in failed.error["message"]


def test_a_proxy_that_wants_a_login_is_named_without_the_password(start, named, proxy, bundle):
    wrong = proxy.url.replace("secret", "guess")
    downloads = start(endpoint=endpoint(named), proxy=wrong, ca_bundle=bundle)
    failed = downloads.get(order())
    assert failed.error
    assert failed.error["code"] == "unreachable"
    assert "proxy" in failed.error["hint"]
    assert "407" in failed.error["message"]
    assert "guess" not in str(failed.error)
    assert named.requests == []
