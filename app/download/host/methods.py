"""What the downloader does when it is asked: one function a method."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from app import runtimes
from app.download.host.queue import Queue
from app.download.host.runtime_install import install
from app.download.plain import from_json, to_json
from app.download.protocol import DOWNLOADS, Download, Method, NetworkSettings, Order, Reference
from app.download.transfer.retry import Backoff, Patience, patiently
from app.download.transfer.tuning import Tuning
from app.errors import RequestError
from app.paths import Paths
from app.process.host.job import Handler, Job

T = TypeVar("T")
_WATCH_SECONDS = 0.2
_LOOK_SECONDS = 0.05
_IDLE_SECONDS = 0.5
_OTHERS_SECONDS = 1.0
_MOST_RESULTS = 100
_QUICK = Tuning(patience_s=15.0, longest_delay_s=4.0, obeys=False)
"""Somebody waits for the answer."""


class Methods:
    """The methods, around the queue.

    Args:
        queue: the downloads.
        places: where runtimes are kept.
    """

    def __init__(self, queue: Queue, places: Paths) -> None:
        self._queue = queue
        self._places = places

    def handlers(self) -> Mapping[str, Handler]:
        """Which function does which method."""
        return {
            Method.SEARCH: self._search,
            Method.RESOLVE: self._resolve,
            Method.LATEST: self._latest,
            Method.ADD: lambda job: {"download": self._queue.add(from_json(Order, job.request.params))},
            Method.PAUSE: lambda job: self._steer(job, self._queue.pause),
            Method.RESUME: lambda job: self._steer(job, self._queue.resume),
            Method.RETRY: lambda job: self._steer(job, self._queue.resume),
            Method.CANCEL_DOWNLOAD: lambda job: self._steer(job, self._queue.cancel),
            Method.FORGET: lambda job: self._steer(job, self._queue.forget),
            Method.LIST: lambda _: self._listed(),
            Method.WATCH: self._watch,
            Method.CONFIGURE: self._configure,
            Method.HUB: lambda _: {"host": self._queue.sources.hub().host},
            Method.ACCOUNT: lambda job: to_json(_asked(job, self._queue.sources.hub().account)),
            Method.SIGN_IN: self._sign_in,
            Method.SIGN_OUT: self._sign_out,
            Method.INSTALL_RUNTIME: self._install_runtime,
        }

    def _search(self, job: Job) -> Mapping[str, Any]:
        text, limit = _text(job, "text", empty=True), job.request.params.get("limit", 20)
        if not isinstance(limit, int) or not 0 < limit <= _MOST_RESULTS:
            raise RequestError("The limit is out of range.", "Give a number from 1 to 100.")
        hub = self._queue.sources.hub()
        return {"results": [to_json(found) for found in _asked(job, lambda: hub.search(text, limit))]}

    def _resolve(self, job: Job) -> Mapping[str, Any]:
        reference = _reference(job)
        source = self._queue.sources.of(reference.source)
        return to_json(_asked(job, lambda: source.resolve(reference)))

    def _latest(self, job: Job) -> Mapping[str, Any]:
        reference = _reference(job)
        source = self._queue.sources.of(reference.source)
        return to_json(_asked(job, lambda: source.latest(reference)))

    def _configure(self, job: Job) -> Mapping[str, Any]:
        self._queue.configure(from_json(NetworkSettings, job.request.params))
        return {}

    def _sign_in(self, job: Job) -> Mapping[str, Any]:
        token, hub = _text(job, "token").strip(), self._queue.sources.hub()
        return to_json(_asked(job, lambda: hub.sign_in(token)))

    def _sign_out(self, _: Job) -> Mapping[str, Any]:
        self._queue.sources.hub().sign_out()
        return {}

    def _install_runtime(self, job: Job) -> Mapping[str, Any]:
        runtime, platform = runtimes.named(_text(job, "runtime")), _text(job, "platform", empty=True)
        pip = self._queue.sources.pip()
        done = _asked(job, lambda: install(runtime, self._places, pip, platform, job.cancelled))
        return {"version": done.version}

    def _steer(self, job: Job, action: Callable[[str], None]) -> Mapping[str, Any]:
        action(_text(job, "download"))
        return {}

    def _listed(self) -> dict[str, Any]:
        return {"downloads": [to_json(download) for download in self._queue.downloads()]}

    def _watch(self, job: Job) -> Mapping[str, Any]:
        said: tuple[Download, ...] | None = None
        said_at, pause = 0.0, threading.Event()
        while not job.cancelled():
            now = self._queue.downloads(_OTHERS_SECONDS)
            due = time.monotonic() - said_at >= _WATCH_SECONDS
            if said is None or _states(now) != _states(said) or (due and now != said):
                said, said_at = now, time.monotonic()
                job.emit(DOWNLOADS, {"downloads": [to_json(download) for download in now]})
            pause.wait(_LOOK_SECONDS if self._queue.busy else _IDLE_SECONDS)
        return {}


def _states(downloads: tuple[Download, ...]) -> list[tuple[str, str]]:
    """What is told at once when it changes."""
    return [(download.key, download.state) for download in downloads]


def _asked(job: Job, question: Callable[[], T]) -> T:
    """Ask the network, a few times if need be."""
    stop = threading.Event()
    backoff = Backoff(_QUICK, Patience(_QUICK.patience_s), stop)

    def ask() -> T:
        if job.cancelled():
            stop.set()
        return question()

    return patiently(ask, backoff, stop, lambda _: None)


def _reference(job: Job) -> Reference:
    return from_json(Reference, job.request.params.get("reference"))


def _text(job: Job, name: str, *, empty: bool = False) -> str:
    value = job.request.params.get(name)
    if not isinstance(value, str) or not (value or empty):
        raise RequestError("The request lacks {name}.", "Give it as a text.", name=name)
    return value
