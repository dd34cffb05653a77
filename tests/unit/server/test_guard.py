"""Who may speak with the server: attacks on a real socket."""

from __future__ import annotations

import hmac

import pytest

from app.errors import UsageError
from app.server.guard import hash_of
from app.server.options import require_key
from tests.support.server import serving

KEY = "sk-indoors-test"


def post(headers: str, body: bytes = b'{"input":"x"}') -> bytes:
    length = f"Content-Length: {len(body)}\r\n"
    return f"POST /v1/responses HTTP/1.1\r\n{headers}{length}Connection: close\r\n\r\n".encode() + body


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


JSON = "Content-Type: application/json\r\n"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "", "[::2]", "127.0.0.1:80:80", "10.0.0.1"],
)
def test_a_foreign_name_that_points_here_is_refused(served, host):
    assert status_of(served.raw(post(f"Host: {host}\r\n{JSON}"))) in {400, 403}
    assert not served.worker.params


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8040", "127.0.0.1:1", "[::1]:9", "localhost."])
def test_the_names_of_this_computer_are_known(served, host):
    assert status_of(served.raw(post(f"Host: {host}\r\n{JSON}"))) == 200


def test_pages_of_another_site_are_refused(served):
    host = "Host: localhost\r\n"
    for headers in (
        f"{host}Origin: https://evil.example\r\n{JSON}",
        f"{host}Origin: null\r\n{JSON}",
        f"{host}Origin: http://localhost:3000\r\n{JSON}",
        f"{host}Sec-Fetch-Site: cross-site\r\n{JSON}",
    ):
        assert status_of(served.raw(post(headers))) == 403
    assert status_of(served.raw(post(f"{host}Origin: http://localhost\r\n{JSON}"))) == 200
    assert len(served.worker.params) == 1


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_that_needs_no_preflight_is_refused(served, kind):
    answer = served.raw(post(f"Host: localhost\r\nContent-Type: {kind}\r\n"))
    assert status_of(answer) == 415
    assert not served.worker.params


def test_a_request_that_can_be_read_in_two_ways_is_refused(served):
    for headers in (
        "Host: localhost\r\nHost: evil.example\r\n" + JSON,
        "Host: localhost\r\nTransfer-Encoding: chunked\r\n" + JSON,
        "Host: localhost\r\nContent-Length: 3\r\n" + JSON,
        "Host: localhost\r\nTransfer-Encoding: identity, chunked\r\n" + JSON,
        "Host : localhost\r\n" + JSON,
    ):
        answer = served.raw(post(headers))
        assert status_of(answer) == 400, headers
        assert answer.count(b"HTTP/1.1") == 1, "what follows is not taken for a request"
    assert not served.worker.params


def test_pages_that_were_allowed_may_and_their_preflight_is_answered():
    with serving(origins=("https://good.example",)) as served:
        headers = {"Origin": "https://good.example"}
        answer = served.http.post("/v1/responses", json={"input": "x"}, headers=headers)
        assert answer.headers["access-control-allow-origin"] == "https://good.example"
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, x-stainless-os, x-evil",
        }
        preflight = served.http.options("/v1/responses", headers={**headers, **asked})
        assert preflight.status_code == 204
        assert preflight.headers["access-control-allow-headers"] == "authorization, x-stainless-os"
        assert "access-control-allow-origin" not in served.http.get("/v1/models").headers
        evil = {"Origin": "https://evil.example", **asked}
        assert served.http.options("/v1/responses", headers=evil).status_code == 403


def test_without_the_key_nothing_is_told():
    with serving(keys=(hash_of("other"), hash_of(KEY))) as served:
        for headers in (
            {},
            {"Authorization": KEY},
            {"Authorization": f"Bearer {KEY}x"},
            {"Authorization": f"Basic {KEY}"},
            {"Authorization": f"Bearer {hash_of(KEY)}"},
        ):
            status, error = served.refused("GET", "/v1/models", headers=headers)
            assert (status, error["code"]) == (401, "invalid_api_key")
        for headers in ({"Authorization": f"bearer {KEY}"}, {"api-key": KEY}):
            assert served.http.get("/v1/models", headers=headers).status_code == 200
        assert served.http.get("/health").status_code == 200


def test_the_time_of_a_refusal_tells_nothing_of_any_key(monkeypatch):
    """Every key is compared, whole and by its hash, whether or not one before it was right."""
    compared = []
    constant = hmac.compare_digest

    def counted(one: bytes, other: bytes) -> bool:
        compared.append((len(one), len(other)))
        return constant(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counted)
    with serving(keys=(hash_of(KEY), hash_of("other"))) as served:
        for presented in (KEY, KEY[:-1], "x"):
            compared.clear()
            served.http.get("/v1/models", headers={"Authorization": f"Bearer {presented}"})
            assert compared == [(32, 32)] * 2


def test_the_network_needs_a_key():
    require_key("127.0.0.1", False)
    require_key("::1", False)
    require_key("0.0.0.0", True)
    for host in ("0.0.0.0", "192.168.1.5", "::", "computer.example"):
        with pytest.raises(UsageError, match="has no key"):
            require_key(host, False)


def test_at_an_interface_addresses_are_known_and_foreign_names_are_not():
    with serving(host="0.0.0.0", keys=(hash_of(KEY),)) as served:
        key = f"Authorization: Bearer {KEY}\r\n{JSON}"
        served.url = served.url.replace("0.0.0.0", "127.0.0.1")
        assert status_of(served.raw(post(f"Host: 192.168.1.5:8040\r\n{key}"))) == 200
        assert status_of(served.raw(post(f"Host: evil.example\r\n{key}"))) == 403
