"""The list of endpoints."""

from __future__ import annotations

import pytest

from app.errors import StorageError, UsageError
from app.remote.endpoints import Endpoint, Endpoints, require_safe

OFFICE = Endpoint("Office", "https://models.example/v1", ("gpt-oss", "a/b"))


@pytest.fixture
def endpoints(tmp_path):
    return Endpoints(tmp_path / "home" / "endpoints.json")


def test_models_are_found_by_their_ids(endpoints):
    endpoints.add(OFFICE)
    endpoints.add(Endpoint("Lab", "http://lab/v1", ("gpt-oss",)))
    assert endpoints.find(OFFICE.model_id("a/b")) == (OFFICE, "a/b")
    assert endpoints.find("gpt-oss") is None
    assert endpoints.find("gpt-oss @ Nowhere") is None
    endpoints.remove("Office")
    assert [one.name for one in endpoints.list()] == ["Lab"]


@pytest.mark.parametrize(
    "wrong",
    [
        Endpoint("", OFFICE.url, ("m",)),
        Endpoint("a @ b", OFFICE.url, ("m",)),
        Endpoint("x" * 41, OFFICE.url, ("m",)),
        Endpoint("Office", "models.example", ("m",)),
        Endpoint("Office", OFFICE.url, ()),
    ],
)
def test_what_cannot_be_asked_is_not_added(endpoints, wrong):
    with pytest.raises(UsageError):
        endpoints.add(wrong)
    assert endpoints.list() == ()


def test_a_name_is_given_once(endpoints):
    endpoints.add(OFFICE)
    with pytest.raises(UsageError):
        endpoints.add(OFFICE)


@pytest.mark.parametrize("content", ["{", "[1]", '[{"name": "x"}]', "7"])
def test_a_damaged_list_is_said(endpoints, content):
    endpoints._path.parent.mkdir(parents=True)
    endpoints._path.write_text(content, encoding="utf-8")
    with pytest.raises(StorageError):
        endpoints.list()


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/v1",
        "http://127.0.0.1:1/v1",
        "http://[::1]/v1",
        "http://10.1.2.3/v1",
        "http://lab/v1",
    ],
)
def test_addresses_that_can_be_asked(url):
    require_safe(url)


@pytest.mark.parametrize(
    "url",
    ["http://a.example/v1", "http://8.8.8.8/v1", "https://u:p@a.example", "file:///x", "https:///"],
)
def test_addresses_that_cannot(url):
    with pytest.raises(UsageError):
        require_safe(url)
