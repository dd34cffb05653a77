"""Which addresses lead no further than this computer."""

from __future__ import annotations

import pytest

from app.addresses import host_of, is_loopback, place_of, stays_here


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1"])
def test_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "192.168.1.4", "localhost.evil.example", "127.0.0.1.x"]
)
def test_not_loopback(host):
    assert not is_loopback(host)


def test_parts_of_a_url():
    assert place_of("http://user:secret@[::1]:8040/v1?x=1") == "[::1]:8040"
    assert host_of("http://[::1]:8040/v1") == "::1"
    assert host_of("https://name.example/x@y") == "name.example"
    assert stays_here("http://127.0.0.1:9/v1")
    assert not stays_here("http://127.0.0.1@evil.example/v1")
    assert not stays_here("no address")
