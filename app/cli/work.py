"""What the commands ask of a worker: load a model, answer, and the jobs that run in a child."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from app.cli.answer import AnswerReader
from app.cli.terminal import Terminal
from app.errors import IndoorsError
from app.hardware.asking import MachineWatch
from app.hardware.gate import OFF, LoadGate
from app.library.loading import Loading
from app.library.store import Store
from app.manifest import FILE_NAME, read
from app.paths import Paths
from app.process.messages import DONE, Event
from app.progress import Progress
from app.settings import Settings
from app.worker.client import WorkerClient
from app.worker.protocol import PROGRESS

_COREML = (
    "CoreML has builders for {nodes} of {of} nodes, and for none of the quantised products, attention and "
    "experts: the processor computes all."
)


def request_body(options: argparse.Namespace, given: str | list[dict[str, Any]]) -> dict[str, Any]:
    """A Responses API request with what the person chose on the command line."""
    chosen = {
        "temperature": options.temperature,
        "top_p": options.top_p,
        "max_output_tokens": options.max_tokens,
        "instructions": options.system,
        "reasoning": {"effort": options.effort} if options.effort else None,
    }
    body: dict[str, Any] = {"input": given, "store": False, "indoors": {}}
    body |= {field: value for field, value in chosen.items() if value is not None}
    if options.seed is not None:
        body["indoors"]["seed"] = options.seed
    return body


class Session:
    """A worker with a model loaded.

    Attributes:
        model: the model's id, or its folder when it was named by one.
        loaded: what the worker said of it: device, context_length, load_s, …
    """

    def __init__(
        self, client: WorkerClient, options: argparse.Namespace, places: Paths, terminal: Terminal
    ) -> None:
        self._client = client
        self._options = options
        self._store = Store(places)
        self._settings = Settings(places.settings)
        self._terminal = terminal
        self.model = ""
        self.loaded: Mapping[str, Any] = {}

    async def load(self, model: str) -> None:
        """Load a model, in place of the one before it.

        Raises:
            ModelError: there is none such, or it cannot be used.
        """
        folder = self._store.locate(model)
        params = dict(Loading(self._store.devices, self._settings).params(name_of(folder), folder))
        for name in ("device", "context", "exact"):
            params[name] = getattr(self._options, name, None) or params.get(name)
        self.loaded = await self.call("load", params)
        self.model = name_of(folder)
        if share := self.loaded.get("coreml"):
            self._terminal.note(_COREML.format(**share))

    async def call(self, method: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask for something that takes time, with a progress bar."""
        return await _call(self._client, self._terminal, method, params)

    async def respond(self, body: Mapping[str, Any], reader: AnswerReader) -> Mapping[str, Any]:
        """Answer a request; the reader holds what came even when this is interrupted.

        Returns:
            The data of `done`: timings, device, peak_memory_bytes.
        """
        effort = self._settings.text("effort")
        body = {"reasoning": {"effort": effort}, **body}
        outcome: Mapping[str, Any] = {}
        with ExitStack() as waiting:
            report = waiting.enter_context(self._terminal.progress())
            async with self._client.request("respond", body) as stream:
                async for event in stream:
                    if event.name == PROGRESS:
                        _forward(event, report)
                    elif event.name == DONE:
                        outcome = event.data
                    else:
                        if event.name.endswith(".delta"):
                            waiting.close()
                        reader.read(event.name, dict(event.data))
        return outcome


@asynccontextmanager
async def open_session(
    options: argparse.Namespace, places: Paths, terminal: Terminal
) -> AsyncIterator[Session]:
    """A session with the chosen model loaded; the worker ends with the block."""
    gate = open_gate(places, forced=getattr(options, "force", False))
    async with WorkerClient(places.home, debug=options.debug, gate=gate) as client:
        session = Session(client, options, places, terminal)
        await session.load(options.model or Settings(places.settings).text("model"))
        yield session


def open_gate(places: Paths, *, forced: bool) -> LoadGate:
    """Looks whether a model fits; `--force` switches it off."""
    settings = Settings(places.settings)
    return LoadGate(places, lambda: OFF if forced else settings.text("memory-guard"), MachineWatch(places))


async def call_worker(
    options: argparse.Namespace, places: Paths, terminal: Terminal, method: str, params: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Have a child do one job, with a progress bar."""
    async with WorkerClient(places.home, debug=options.debug) as client:
        return await _call(client, terminal, method, params)


async def _call(
    client: WorkerClient, terminal: Terminal, method: str, params: Mapping[str, Any]
) -> Mapping[str, Any]:
    with terminal.progress() as report:
        return await client.call(method, params, lambda event: _forward(event, report))


def _forward(event: Event, report: Progress) -> None:
    if event.name == PROGRESS:
        report(event.data["phase"], event.data["done"], event.data["total"])


def name_of(folder: Path) -> str:
    """The id of the model in a folder, or the folder itself when it says none."""
    if not (folder / FILE_NAME).is_file():
        return str(folder)
    try:
        return read(folder).id
    except IndoorsError:
        return str(folder)
