"""The remote process's methods, run in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from app.errors import IndoorsError
from app.paths import Paths
from app.process.host.job import Job, perform
from app.process.messages import ERROR, Event, Request, error_from
from app.remote.host.methods import Methods
from app.remote.protocol import Method
from tests.support.memory_keyring import MemoryKeyring, kept_in_memory


class Asked:
    """One request: its events, and how it ended."""

    def __init__(self, methods: Methods, method: Method, params: Mapping[str, Any]) -> None:
        self.events: list[Event] = []
        self._handler = methods.handlers()[method]
        self.job = Job(Request(1, method, params), lambda event, urgent=False: self.events.append(event))

    def run(self) -> Asked:
        perform(self.job, self._handler)
        return self

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self.run)
        thread.start()
        return thread

    @property
    def names(self) -> list[str]:
        return [event.name for event in self.events[:-1]]

    @property
    def done(self) -> Mapping[str, Any]:
        assert self.events[-1].name == "done", self.events[-1]
        return self.events[-1].data

    @property
    def error(self) -> IndoorsError:
        assert self.events[-1].name == ERROR
        return error_from(self.events[-1].data)


Respond = Callable[..., Asked]


@pytest.fixture(autouse=True)
def passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with kept_in_memory() as memory:
        yield memory


@pytest.fixture
def places(tmp_path) -> Paths:
    return Paths(tmp_path / "home")


@pytest.fixture
def methods(places: Paths) -> Methods:
    return Methods(places, silence_s=1.0)


@pytest.fixture
def respond(methods: Methods) -> Respond:
    """Ask an endpoint for an answer."""

    def ask(url: str, **fields: Any) -> Asked:
        said = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hello"}]}
        params = {"url": url, "model": "tiny/one", "input": [said], **fields}
        return Asked(methods, Method.RESPOND, params).run()

    return ask
