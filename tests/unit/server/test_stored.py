"""The store of responses."""

from __future__ import annotations

import itertools

import pytest

from app.server.stored import ResponseStore, StoredResponse


def response(number: int, previous: int | None = None, text: str = "") -> StoredResponse:
    value = {
        "id": f"resp_{number}",
        "previous_response_id": None if previous is None else f"resp_{previous}",
        "output": [{"text": text}],
    }
    return StoredResponse(value, [{"id": f"msg_{number}", "content": "é 😀"}])


@pytest.fixture
def store(tmp_path):
    clock = itertools.count()
    store = ResponseStore(tmp_path / "r.sqlite", lambda: next(clock), most=4, most_bytes=10_000)
    yield store
    store.close()


def ids(store):
    return [number for number in range(20) if store.get(f"resp_{number}") is not None]


def test_what_is_kept_comes_back(store):
    store.put(response(1))
    assert store.get("resp_1") == response(1)
    assert store.get("resp_2") is None


def test_the_oldest_go_when_there_are_too_many(store):
    for number in range(7):
        store.put(response(number))
    assert ids(store) == [3, 4, 5, 6]


def test_the_oldest_go_when_they_are_too_large(store):
    for number in range(3):
        store.put(response(number, text="x" * 4000))
    assert ids(store) == [1, 2]
    store.put(response(9, text="x" * 20_000))
    assert ids(store) == [9], "the newest stays whatever its size"


def test_a_chain_is_the_oldest_first_and_stays_while_it_is_used(store):
    store.put(response(1))
    store.put(response(2, 1))
    store.put(response(3, 2))
    store.put(response(4))
    assert [one.id for one in store.chain("resp_3")] == ["resp_1", "resp_2", "resp_3"]
    store.put(response(5))
    assert ids(store) == [1, 2, 3, 5]


def test_a_chain_with_a_gap_is_none(store):
    store.put(response(1))
    store.put(response(2, 1))
    store.delete("resp_1")
    assert store.chain("resp_2") is None
    assert store.chain("resp_7") is None
    store.put(response(1, 2))
    assert store.chain("resp_2") is None, "a ring has no beginning"


def test_it_survives_being_closed_and_being_damaged(tmp_path):
    path = tmp_path / "deep" / "r.sqlite"
    store = ResponseStore(path)
    store.put(response(1))
    store.close()
    store = ResponseStore(path)
    assert ids(store) == [1]
    store.close()
    path.write_bytes(b"no database at all" * 500)
    store = ResponseStore(path)
    assert ids(store) == []
    store.put(response(2))
    assert ids(store) == [2]
    store.close()
