"""The window's and the command line's side of the worker.

Light: neither Qt nor any inference library is imported here. Works on any asyncio loop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import paths
from app.process.client import ProcessClient, Program, common_options
from app.process.messages import Request
from app.process.outcome import Outcome
from app.process.stream import EventStream
from app.worker.protocol import CONTROL, Method

__all__ = ["EventStream", "Outcome", "WorkerClient"]

_PATIENCE_SECONDS = 10.0
_NEED_MODEL = frozenset({Method.RESPOND, Method.RENDER, Method.TOKENIZE})
# The tunable asks Linux for pages of 2 MiB: weights are read a sixth faster (docs/performance.md).
_ENVIRONMENT = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "ORT_DISABLE_TELEMETRY": "1",
}


class WorkerClient(ProcessClient):
    """Asks a worker process, which it starts when needed and starts again when it died.

    A request that needs a model carries the one loaded last, so that a worker that was started again loads
    it again.

    Args:
        home: passed on to the worker (`--home`); None for the default.
        debug: let the worker log everything; the lines come out through `logging`, level DEBUG.
        patience: seconds a cancelled request may go on before the worker is killed.
        command: how to start a worker; None for this same program.
    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        debug: bool = False,
        patience: float = _PATIENCE_SECONDS,
        command: Sequence[str] | None = None,
    ) -> None:
        line = [*(command or paths.worker_command()), *common_options(home, debug=debug)]
        super().__init__(Program(line, "worker", _ENVIRONMENT, CONTROL), patience)
        self._model: Mapping[str, Any] | None = None

    def _prepared(self, request: Request) -> Request:
        extension = request.params.get("indoors", {})
        if request.method not in _NEED_MODEL or self._model is None or "load" in extension:
            return request
        return replace(request, params={**request.params, "indoors": {**extension, "load": self._model}})

    def _sent(self, request: Request) -> None:
        if request.method == Method.LOAD:
            self._model = request.params
        elif request.method == Method.UNLOAD:
            self._model = None
        elif request.method in _NEED_MODEL:
            self._model = request.params.get("indoors", {}).get("load", self._model)

    def _concluded(self, request: Request, *, failed: bool) -> None:
        if failed and request.method == Method.LOAD and self._model == request.params:
            self._model = None
