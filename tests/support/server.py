"""The server on a real socket, with a worker whose answers are written in the test."""

from __future__ import annotations

import json
import queue
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from app.engine.channels import Channel, Ending, MessageEnded, MessageStarted, ParserEvent, TextDelta
from app.errors import Cancelled, IndoorsError, ModelNotFound
from app.process.host.job import Job, perform
from app.respond.events import ResponseWriter
from app.respond.request import read_request
from app.respond.response import Usage
from app.server.options import ServerOptions
from app.server.run import Server
from app.worker.host.guests import Guests
from app.worker.host.jobs import JobQueue
from app.worker.protocol import ASK, SERVING, Method

Script = Callable[[Job], Iterable[ParserEvent]]
LOAD = {"model": "/nowhere"}
MODEL = {
    "id": "tiny/one",
    "name": "Tiny",
    "created": 5,
    "publisher": "",
    "context_length": 64,
    "reasoning": True,
}


def spoken(text: str, thought: str = "") -> list[ParserEvent]:
    """An answer in words, perhaps after some thinking."""
    events: list[ParserEvent] = []
    if thought:
        events += [MessageStarted(Channel.ANALYSIS), TextDelta(thought), MessageEnded(True, Ending.END)]
    words = [TextDelta(f"{word} ") for word in text.split()]
    return [*events, MessageStarted(Channel.FINAL), *words, MessageEnded(True, Ending.RETURN)]


def called(name: str, arguments: Mapping[str, Any]) -> list[ParserEvent]:
    """A call of a tool."""
    text = json.dumps(arguments)
    deltas = [TextDelta(text[:4]), TextDelta(text[4:])]
    return [MessageStarted(Channel.COMMENTARY, f"functions.{name}"), *deltas, MessageEnded(True, Ending.CALL)]


def echo(job: Job) -> Iterable[ParserEvent]:
    """Answers with the last text of the user."""
    texts = [part["text"] for item in job.request.params["input"] for part in item.get("content") or ()]
    return spoken(f"You said {texts[-1] if texts else ''}", "hm")


@dataclass
class ScriptedWorker:
    """Does jobs one after the other, by a script.

    Attributes:
        script: gives the answer to a `respond`.
        params: of every job that was begun.
        ended: ids of jobs that ended, with how.
    """

    script: Script = echo
    params: list[Mapping[str, Any]] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    queue: JobQueue = field(default_factory=JobQueue)

    def work(self) -> None:
        while (job := self.queue.take()) is not None:
            perform(job, self._do)

    def _do(self, job: Job) -> Mapping[str, Any]:
        self.methods.append(str(job.request.method))
        if job.request.method != Method.RESPOND:
            return {}
        self.params.append(job.request.params)
        writer = ResponseWriter(read_request(job.request.params), "tiny/one", job.emit)
        usage = Usage(7, 3, 5, 2)
        writer.start()
        try:
            for event in self.script(job):
                if job.cancelled():
                    writer.cut("cancelled", usage)
                    raise Cancelled("The answer was cancelled.")
                writer.take([event])
        except Cancelled:
            raise
        except IndoorsError as error:
            writer.fail(error, usage)
            raise
        writer.complete(usage)
        return {"usage": usage.value()}


@dataclass
class Served:
    """A server that runs.

    Attributes:
        url: its address, without a slash at the end.
        worker: who answers.
        http: a client.
    """

    url: str
    worker: ScriptedWorker
    http: httpx2.Client

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.url.removeprefix("http://").rpartition(":")
        return host, int(port)

    def ask(self, text: str = "Hello", **fields: Any) -> dict[str, Any]:
        """Post a request; gives the response object."""
        answer = self.http.post("/v1/responses", json={"input": text, **fields})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, method: str, path: str, **more: Any) -> tuple[int, dict[str, Any]]:
        """Ask for what is refused; gives status and error."""
        answer = self.http.request(method, path, **more)
        return answer.status_code, answer.json()["error"]

    def stream(self, **fields: Any) -> list[tuple[str, Any]]:
        """Post a request and take its whole stream."""
        body = {"input": "Hello", "stream": True, **fields}
        with self.http.stream("POST", "/v1/responses", json=body) as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            return list(read_stream(answer.iter_lines()))

    def raw(self, data: bytes, seconds: float = 5.0) -> bytes:
        """Send bytes as they are; gives all that comes until the server closes, or for so long."""
        with socket.create_connection(self.address, timeout=seconds) as connection:
            connection.sendall(data)
            received = b""
            try:
                while block := connection.recv(65536):
                    received += block
            except (TimeoutError, ConnectionResetError):
                pass
            return received


def read_stream(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """The events of a stream: name and data; the end is ("", "[DONE]"), a comment (":", its text)."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = line.removeprefix("data: ")
            yield name, data if data == "[DONE]" else json.loads(data)
            name = ""
        elif line.startswith(":"):
            yield ":", line[1:].strip()


@contextmanager
def serving(stored: Path | None = None, script: Script = echo, **options: Any) -> Iterator[Served]:
    """Run the server while the block does; unless `model` says otherwise, requests need not name one."""
    options.setdefault("model", MODEL["id"])
    worker = ScriptedWorker(script)
    addresses: queue.Queue[str] = queue.Queue()
    guests = Guests(worker.queue, lambda: LOAD, None)

    def emit(name: str, data: Mapping[str, Any]) -> None:
        if name == SERVING:
            addresses.put(data["url"])
        elif name == ASK:
            server.answer({"ticket": data["ticket"], **_answer(data)})

    server = Server(ServerOptions(**options), guests, emit, stored)
    threads = [threading.Thread(target=server.run), threading.Thread(target=worker.work)]
    for thread in threads:
        thread.start()
    try:
        url = addresses.get(timeout=10)
        with httpx2.Client(base_url=url, timeout=20, trust_env=False) as http:
            yield Served(url, worker, http)
    finally:
        server.stop()
        _, running = worker.queue.close()
        if running is not None:
            running.cancel()
        for thread in threads:
            thread.join(10)


def _answer(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    if asked["question"] == "models":
        return {"data": {"models": [MODEL]}}
    if asked["model"] == MODEL["id"]:
        return {"data": {"id": MODEL["id"], "load": LOAD}}
    return {"error": ModelNotFound("There is no model {model}.", model=asked["model"]).to_json()}
