"""The window's and the command line's side of the worker.

Light: neither Qt nor any inference library is imported here. Works on any asyncio loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import paths, runtimes
from app.errors import Cancelled, IndoorsError, WorkerDied
from app.process.child import Child
from app.process.client import ProcessClient, Program, common_options
from app.process.messages import DONE, Event, Request
from app.process.outcome import Outcome
from app.process.stream import EventStream
from app.progress import silent
from app.worker.client.gate import Gate, Measure
from app.worker.protocol import CONTROL, PROGRESS, RUNTIME_OPTION, Method

__all__ = ["EventStream", "Gate", "Measure", "Outcome", "WorkerClient"]

_PATIENCE_SECONDS = 10.0
_MEASURE, _AUTO = "measure", "auto"
_LOADS = frozenset({Method.LOAD, Method.BENCH})
_NEED_MODEL = frozenset({Method.RESPOND, Method.RENDER, Method.TOKENIZE, Method.SPELL})
# The tunable asks Linux for pages of 2 MiB: weights are read a sixth faster (docs/performance.md).
_ENVIRONMENT = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "ORT_DISABLE_TELEMETRY": "1",
}


def _device_of(request: Request) -> str | None:
    """The device that a request wants to compute on; None when any worker will do."""
    if request.method in _NEED_MODEL:
        load = request.params.get("indoors", {}).get("load")
        return None if load is None else str(load.get("device") or runtimes.CPU.name)
    if request.method == Method.IMPORT:  # which tries the model out
        return runtimes.CPU.name
    if request.method == Method.SERVE:
        return request.params.get("device") or None
    if request.method in _LOADS:
        return str(request.params.get("device") or runtimes.CPU.name)
    return None


class WorkerClient(ProcessClient):
    """Asks a worker process, which it starts when needed and starts again when it died.

    A request that needs a model carries the one loaded last, so that a worker that was started again loads
    it again.

    Args:
        home: passed on to the worker (`--home`); None for the default.
        debug: let the worker log everything; the lines come out through `logging`, level DEBUG.
        patience: seconds a cancelled request may go on before the worker is killed.
        command: how to start a worker; None for this same program.
        gate: asked before a model is loaded; None lets every load pass.
    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        debug: bool = False,
        patience: float = _PATIENCE_SECONDS,
        command: Sequence[str] | None = None,
        gate: Gate | None = None,
    ) -> None:
        line = [*(command or paths.worker_command()), *common_options(home, debug=debug)]
        super().__init__(Program(line, "worker", _ENVIRONMENT, CONTROL, {Method.SERVE}), patience)
        self._gate = gate
        self._places = paths.find(home)
        self._admitting = asyncio.Lock()
        self._wanted: Mapping[str, Any] | None = None
        self._asked: Mapping[str, Any] | None = None
        self._model: Mapping[str, Any] | None = None
        self._doubted = False

    async def device_now(self, wanted: Mapping[str, Any]) -> str:
        """The device that a load would go to now, measured or not; the processor's where it is refused."""
        device = str(wanted.get("device") or runtimes.CPU.name)
        if self._gate is None or device != _AUTO:
            return device
        try:
            return str((await self._gate.admit(wanted, await self._there(), None, silent))["device"])
        except IndoorsError:
            return runtimes.CPU.name

    def learn(self, load: Mapping[str, Any], done: Mapping[str, Any]) -> None:
        """What a request that came over the network took."""
        if self._gate is not None:
            self._gate.learn(load, done)

    async def admit_guest(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the worker loads for a request that came over the network.

        Args:
            wanted: params of `load`.

        Raises:
            IndoorsError: the gate refuses it.
        """
        load = await self._admitted(wanted, None)
        asked = Request(0, Method.LOAD, load)
        if self._command(asked, self._line) != self._line:  # which would be the end of its request
            load = await self._admitted({**wanted, "device": runtimes.CPU.name}, None)
        self._model = load
        return load

    def untried(self, wanted: Mapping[str, Any], load: Mapping[str, Any]) -> bool:
        """Whether what `admit_guest` gave is to be loaded once for a measurement before it is used."""
        return self._gate is not None and self._gate.untried(wanted, load)

    def tried(self, load: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
        """Hear what became of that: the data of `done`, or `failure`; the next one is chosen by it."""
        if self._gate is not None:
            self._gate.tried(load, outcome)
        self._asked = None
        if "failure" in outcome:
            self._model = None

    @property
    def held_bytes(self) -> int:
        """What the loaded model gives back when it is unloaded; 0 where that is not known."""
        if self._gate is None or self._model is None or self.pid is None:
            return 0
        return self._gate.held(self._model)

    async def _prepared(self, request: Request, tell: Callable[[Event], None]) -> Request:
        if request.method == Method.LOAD:
            load = await self._admitted(request.params, tell)
            self._wanted = request.params
            return replace(request, params=load)
        if request.method == Method.BENCH and self._gate is not None and "model" in request.params:
            load = await self._gate.admit(request.params, await self._there(), None, silent)
            return replace(request, params=load)
        if request.method not in _NEED_MODEL:
            return request
        extension = request.params.get("indoors", {})
        wanted = extension.get("load", self._wanted)
        if wanted is None:
            return request
        load = await self._admitted(wanted, tell)
        self._wanted = wanted
        return replace(request, params={**request.params, "indoors": {**extension, "load": load}})

    async def _admitted(
        self, wanted: Mapping[str, Any], tell: Callable[[Event], None] | None
    ) -> Mapping[str, Any]:
        """What is asked of the worker for a load; the same as before while that model is loaded.

        Args:
            wanted: params of `load`.
            tell: hears of the progress while devices are measured; None: they must not be, since the worker
                waits for this very answer.
        """
        async with self._admitting:
            if self._gate is None:
                load = wanted
            elif (there := await self._there()) is not None and wanted in (self._asked, there):
                load = there
            else:
                load = await self._asked_gate(self._gate, wanted, there, tell)
            self._asked = wanted
            return load

    async def _there(self) -> Mapping[str, Any] | None:
        """The load of the model that the worker holds; None where it holds none."""
        if self._doubted and self.pid is not None:
            self._doubted = False
            with suppress(WorkerDied, Cancelled):
                if (await self.call(Method.STATUS))["loaded"] is None:
                    self._asked = self._model = None
        return self._model if self.pid is not None else None

    async def _asked_gate(
        self,
        gate: Gate,
        wanted: Mapping[str, Any],
        there: Mapping[str, Any] | None,
        tell: Callable[[Event], None] | None,
    ) -> Mapping[str, Any]:
        if tell is None:
            return await gate.admit(wanted, there, None, silent)

        def report(phase: str, done: int, total: int) -> None:
            tell(Event(None, PROGRESS, {"phase": phase, "done": done, "total": total}))

        return await gate.admit(wanted, there, lambda load: self._measure(load, tell), report)

    async def _measure(self, load: Mapping[str, Any], tell: Callable[[Event], None]) -> Mapping[str, Any]:
        """Load a model and let it write for two seconds; the progress says on which device."""
        request = Request(next(self._ids), Method.LOAD, {**load, _MEASURE: True})
        data: Mapping[str, Any] = {}
        async with EventStream(request, self._send, self._cancel, self._taken) as stream:
            async for event in stream:
                data = event.data
                if event.name == PROGRESS:
                    tell(replace(event, data={**data, "device": load["device"]}))
        return data

    def _command(self, request: Request, running: Sequence[str] | None) -> Sequence[str]:
        """The worker's command line with the folder of the runtime that the request's device needs.

        What the processor needs is there beside every runtime that shares no module with it.
        """
        device = _device_of(request)
        if running is not None and (device is None or request.method == Method.SERVE):
            return running  # a server never ends the worker that is there
        found = runtimes.require(self._places, device or runtimes.CPU.name)
        if found.folder is not None:
            return [*self._program.command, RUNTIME_OPTION, str(found.folder)]
        plain = self._program.command
        beside = [*plain, RUNTIME_OPTION, str(runtimes.find(self._places, runtimes.WEBGPU).folder)]
        return running if running is not None and running in (plain, beside) else plain

    def _sent(self, request: Request) -> None:
        if request.method == Method.LOAD:
            self._model = {name: value for name, value in request.params.items() if name != _MEASURE}
        elif request.method == Method.UNLOAD:
            self._wanted = self._asked = self._model = None
        elif request.method in _NEED_MODEL:
            self._model = request.params.get("indoors", {}).get("load", self._model)

    def _ended(self, child: Child) -> None:
        super()._ended(child)
        if child is self._child:  # another one is asked for the model again, which gives nothing back then
            self._asked = self._model = None

    def _concluded(self, request: Request, event: Event) -> None:
        if event.name != DONE:
            if request.method == Method.LOAD and (self._model or {}).items() <= request.params.items():
                self._wanted = self._asked = self._model = None
            self._doubted = request.method in _NEED_MODEL  # it may have been the load that failed
        elif self._gate is not None and self._model is not None and "peak_memory_bytes" in event.data:
            self._gate.learn(self._model, event.data)
