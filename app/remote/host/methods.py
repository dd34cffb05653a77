"""What the remote process does when it is asked: one function a method."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from app.download.settings import network_settings
from app.download.sources import tokens
from app.errors import AccessDenied, Cancelled, IndoorsError, RequestError, Unreachable
from app.paths import Paths
from app.process.host.job import Handler, Job
from app.remote.endpoints import require_safe
from app.remote.host.azure import require_list
from app.remote.host.body import body_for
from app.remote.host.connection import SILENCE_SECONDS, Connection
from app.remote.host.refusals import failure
from app.remote.host.sound import ENDINGS, Sound
from app.remote.host.stream import events, unknown
from app.remote.protocol import Method
from app.settings import Settings

_LARGEST_LIST = 8 << 20


class Methods:
    """The methods. Nothing is remembered between two requests: settings and key are read for each.

    Args:
        places: where the settings are.
        silence_s: seconds without a byte after which an answer counts as broken off.
    """

    def __init__(self, places: Paths, silence_s: float = SILENCE_SECONDS) -> None:
        self._places = places
        self._silence_s = silence_s

    def handlers(self) -> Mapping[str, Handler]:
        """Which function does which method."""
        return {
            Method.MODELS: self._models,
            Method.RESPOND: self._respond,
            Method.KEEP_KEY: self._keep_key,
            Method.FORGET_KEY: self._forget_key,
        }

    def _models(self, job: Job) -> Mapping[str, Any]:
        require_list(_text(job, "url"))
        connection = self._connection(job)
        with connection.opened("GET", "/models", None, job.cancelled) as blocks:
            content = bytearray()
            for block in blocks:
                content += block
                if len(content) > _LARGEST_LIST:
                    raise unknown(connection.place)
        return {"models": _ids(bytes(content), connection.place)}

    def _respond(self, job: Job) -> Mapping[str, Any]:
        connection, began = self._connection(job), time.monotonic()
        answer = _Answer(job, connection.place)
        try:
            with connection.opened(
                "POST", "/responses", body_for(job.request.params), job.cancelled
            ) as blocks:
                for event in events(blocks, connection.place):
                    answer.take(event)
            return answer.result(time.monotonic() - began)
        except IndoorsError as error:
            if job.cancelled():
                raise Cancelled("The answer was cancelled.") from error
            raise

    def _keep_key(self, job: Job) -> Mapping[str, Any]:
        try:
            tokens.keep(_text(job, "url"), _text(job, "key"))
        except AccessDenied as error:
            raise AccessDenied(
                "This computer's keyring cannot be used, and a key is kept nowhere else.",
                "Unlock the keyring, then try again.",
            ) from error
        return {}

    def _forget_key(self, job: Job) -> Mapping[str, Any]:
        tokens.delete(_text(job, "url"))
        return {}

    def _connection(self, job: Job) -> Connection:
        url, key = _text(job, "url"), job.request.params.get("key")
        require_safe(url)
        network = network_settings(Settings(self._places.settings))
        return Connection(url, tokens.load(url) if key is None else str(key), network, self._silence_s)


class _Answer:
    """One answer on its way to the window.

    Args:
        job: whose events they are.
        place: who answers.
    """

    def __init__(self, job: Job, place: str) -> None:
        self._job = job
        self._place = place
        self._sound = Sound()
        self._began = time.monotonic()
        self._first: float | None = None
        self._response: Mapping[str, Any] = {}

    def take(self, event: Mapping[str, Any]) -> None:
        """Pass an event on, if it can be.

        Raises:
            IndoorsError: it tells of a failure.
        """
        kind = str(event.get("type"))
        if kind == "error":
            nested = event.get("error")
            raise failure(nested if isinstance(nested, dict) else event, self._place)
        for told in self._sound.told(event):
            self._tell(str(told["type"]), told)

    def _tell(self, kind: str, event: Mapping[str, Any]) -> None:
        if kind.endswith(".delta") and self._first is None:
            self._first = time.monotonic() - self._began
        if kind in ENDINGS:
            self._response = event["response"]
        if kind != "response.failed":  # which the error tells of, in a sentence
            self._job.emit(kind, event)

    def result(self, run_s: float) -> Mapping[str, Any]:
        """The data of `done`.

        Args:
            run_s: seconds that it took.

        Raises:
            NetworkError: the answer has no end, or failed.
        """
        if not self._sound.ended:
            raise Unreachable(
                "The answer of {place} broke off.", "What came is kept. Ask again.", place=self._place
            )
        if self._response["status"] == "failed":
            error = self._response.get("error")
            raise failure(error if isinstance(error, dict) else {}, self._place)
        usage = self._response.get("usage")
        return {
            "usage": usage if isinstance(usage, dict) else {},
            "timings": {"ttft_s": self._first or run_s, "run_s": run_s},
            "device": self._place,
            "left_out_turns": 0,
        }


def _ids(content: bytes, place: str) -> list[str]:
    try:
        listed = json.loads(content)["data"]
        return [str(one["id"]) for one in listed]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise unknown(place) from error


def _text(job: Job, name: str) -> str:
    value = job.request.params.get(name)
    if not isinstance(value, str) or not value:
        raise RequestError("The request lacks {name}.", "Give it as a text.", name=name)
    return value
