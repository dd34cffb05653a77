"""Requests a minute: the buckets with a clock of the test's own, and the refusal on a real socket."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.sync.client import connect

from app.errors import RequestError
from app.server.guard import hash_of
from app.server.options import read_options
from app.server.rates import Rates
from tests.support.server import serving


class Clock:
    """Goes on when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_requests_may_come_at_once_and_then_one_after_the_other():
    clock = Clock()
    rates = Rates(60, clock)
    assert [rates.take("a") for _ in range(60)] == [0.0] * 60
    assert rates.take("a") == pytest.approx(1)
    clock.now += 0.5
    assert rates.take("a") == pytest.approx(0.5), "who is refused does not pay"
    clock.now += 0.5
    assert rates.take("a") == 0
    assert rates.take("a") > 0


def test_callers_do_not_pay_for_each_other():
    rates = Rates(1, Clock())
    assert rates.take("a") == 0
    assert rates.take("a") > 0
    assert rates.take("b") == 0


def test_zero_is_no_limit():
    rates = Rates(0, Clock())
    assert not any(rates.take("a") for _ in range(5000))


def test_of_many_callers_those_seen_last_are_known():
    rates = Rates(1, Clock())
    callers = [str(number) for number in range(2000)]
    assert not any(rates.take(caller) for caller in callers)
    assert rates.take(callers[-1]) > 0
    assert rates.take(callers[0]) == 0, "forgotten"


@given(st.integers(1, 100), st.lists(st.floats(0, 30), max_size=200))
def test_in_no_stretch_more_pass_than_its_minutes_and_one_more_allow(per_minute, pauses):
    clock = Clock()
    rates, passed = Rates(per_minute, clock), 0
    for pause in pauses:
        clock.now += pause
        wait = rates.take("a")
        passed += not wait
        assert wait <= 60 / per_minute
    assert passed <= per_minute * (1 + clock.now / 60) + 1e-6


def test_too_many_requests_are_told_to_come_again():
    with serving(rate_limit=2) as served:
        assert [served.http.get("/v1/models").status_code for _ in range(2)] == [200, 200]
        for _ in range(2):
            answer = served.http.post("/v1/responses", json={"input": "x"})
            error = answer.json()["error"]
            assert answer.status_code == 429
            assert (error["code"], error["type"]) == ("rate_limit_exceeded", "rate_limit_error")
            assert 1 <= int(answer.headers["retry-after"]) <= 30
        assert served.http.get("/health").status_code == 200
    assert not served.worker.params


def test_each_key_has_its_own_and_a_wrong_one_takes_none():
    with serving(rate_limit=1, keys=(hash_of("one"), hash_of("two"))) as served:

        def asked(key: str) -> int:
            return served.http.get("/v1/models", headers={"Authorization": f"Bearer {key}"}).status_code

        assert [asked(key) for key in ("wrong", "one", "one", "two", "two", "wrong")] == [
            *(401, 200, 429),
            *(200, 429, 401),
        ]


def test_each_message_of_a_websocket_counts():
    with serving(rate_limit=2) as served:
        url = served.url.replace("http://", "ws://")
        with connect(f"{url}/v1/responses", proxy=None) as socket:
            for _ in range(2):
                socket.send(json.dumps({"type": "response.create", "input": "x"}))
            events = [json.loads(socket.recv(10))]
            while events[-1]["type"] != "error":
                events.append(json.loads(socket.recv(10)))
    assert [event["type"] for event in events].count("response.completed") == 1
    assert (events[-1]["status"], events[-1]["error"]["code"]) == (429, "rate_limit_exceeded")


def test_a_limit_out_of_bounds_is_refused():
    assert read_options({"rate_limit": 7}).rate_limit == 7
    for limit in (-1, 1.5, "many", 10**9):
        with pytest.raises(RequestError, match="rate_limit"):
            read_options({"rate_limit": limit})
