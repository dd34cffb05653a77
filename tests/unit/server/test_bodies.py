"""Bodies that are too much, on a real socket."""

from __future__ import annotations

import socket

import pytest

from app.errors import HttpRefusal
from app.server import bodies, listening
from app.server.bodies import MOST_BYTES, parse

HEAD = b"POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def test_a_gigabyte_is_refused_before_it_is_sent(served):
    answer = served.raw(HEAD + b"Content-Length: 1073741824\r\n\r\n{")
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"request_too_large" in answer


def test_a_gigabyte_in_chunks_is_refused_when_it_is_too_much(served):
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with socket.create_connection(served.address, timeout=10) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            for _ in range(1024):
                connection.sendall(chunk)
                sent += len(chunk)
        except OSError:  # the server closed
            pass
        assert sent < 4 * MOST_BYTES
    assert served.http.get("/health").status_code == 200


@pytest.mark.parametrize("text", ["[" * 1_000_000, '{"a":' * 1_000_000, '{"a":' * 80 + "1" + "}" * 80])
def test_json_that_is_too_deep_is_refused(served, text):
    answer = served.http.post("/v1/responses", content=text, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_json")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
        b"\xff",
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_plain_json_object_is_refused(raw):
    with pytest.raises(HttpRefusal):
        parse(raw)


def test_json_is_read():
    nested = b'{"a":' * 60 + b"1" + b"}" * 60
    assert parse(nested)["a"]
    assert parse('{"input": "Grüße 😀", "x": null}'.encode()) == {"input": "Grüße 😀", "x": None}


def test_headers_that_never_end_close_the_connection(served, monkeypatch):
    monkeypatch.setattr(listening, "_HEADER_SECONDS", 0.2)
    assert served.raw(b"POST /v1/responses HTTP/1.1\r\nHost: loc", seconds=5) == b""
    assert served.raw(b"", seconds=5) == b""


def test_a_slow_second_request_closes_the_connection_too(served, monkeypatch):
    monkeypatch.setattr(listening, "_HEADER_SECONDS", 0.2)
    with socket.create_connection(served.address, timeout=5) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /v1/mod")
        while connection.recv(65536):
            pass


def test_a_body_that_never_ends_is_given_up(served, monkeypatch):
    monkeypatch.setattr(bodies, "_PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(bodies.read_json, "__defaults__", (0.2,))
    answer = served.raw(HEAD + b"Content-Length: 100\r\n\r\n{", seconds=5)
    assert answer.startswith(b"HTTP/1.1 408")
