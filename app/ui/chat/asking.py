"""Whom the chat asks: the worker, or a model elsewhere; the same events come from both."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from app.process.stream import EventStream
from app.ui.elsewhere import FIELD, Elsewhere
from app.worker.client import WorkerClient
from app.worker.protocol import Method


class Asking:
    """Sends each request where its body says.

    Args:
        worker: answers with the models of this computer.
        elsewhere: answers with the others.
    """

    def __init__(self, worker: WorkerClient, elsewhere: Elsewhere) -> None:
        self._worker = worker
        self._elsewhere = elsewhere

    def request(self, body: Mapping[str, Any]) -> EventStream:
        """Ask for an answer; iterate over what comes.

        Args:
            body: of `respond`, as `Requests.body` makes it.
        """
        if FIELD in body["indoors"]:
            return self._elsewhere.request(body)
        return self._worker.request(Method.RESPOND, body)

    def account(self, body: Mapping[str, Any]) -> AbstractContextManager[None]:
        """As long as the block lasts, the window says that somebody elsewhere is asked, where that is so.

        Raises:
            Offline: the offline switch is on, and the request would leave this computer.
        """
        address = body["indoors"].get(FIELD)
        return nullcontext() if address is None else self._elsewhere.asking(address)
