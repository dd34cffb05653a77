"""Finds out what a model read and wrote for one answer, and shows it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.errors import UsageError
from app.history.background import BackgroundHistory
from app.history.records import Message
from app.ui.chat.branch import items_of
from app.ui.chat.raw_dialog import RawDialog
from app.ui.chat.requests import Requests
from app.ui.chat.session import Session
from app.ui.chat.token_table import Spelling
from app.ui.elsewhere import Elsewhere
from app.worker.client import WorkerClient
from app.worker.protocol import Method


class RawView:
    """Shows the tokens of an answer.

    Args:
        session: the open conversation.
        requests: makes what is rendered.
        worker: renders and spells.
        elsewhere: knows the models that are not on this computer.
        background: has the answers' tokens.
    """

    def __init__(
        self,
        session: Session,
        requests: Requests,
        worker: WorkerClient,
        elsewhere: Elsewhere,
        background: BackgroundHistory,
    ) -> None:
        self._session = session
        self._requests = requests
        self._worker = worker
        self._elsewhere = elsewhere
        self._background = background

    async def show(self, message_id: int, parent: QWidget) -> None:
        """Open the dialog.

        Raises:
            IndoorsError: the prompt cannot be rendered, or a model elsewhere read it.
        """
        message = self._session.shown.find(message_id)
        if self._elsewhere.find(message.answer.model or "") is not None:
            raise UsageError("The tokens of a model elsewhere are not known here.")
        options = replace(self._session.options, effort=message.answer.effort or self._session.options.effort)
        before = items_of(self._session.shown.before(message_id))
        rendered = await self._worker.call(Method.RENDER, self._requests.body(options, before))
        prompt = await self._worker.call(Method.SPELL, {"token_ids": rendered["token_ids"]})
        ids = await self._background.run(self._background.history.messages.token_ids, message_id)
        answer = await self._worker.call(Method.SPELL, {"token_ids": ids})
        read = Spelling(rendered["text"], rendered["token_ids"], prompt["texts"])
        written = Spelling(answer["text"], ids, answer["texts"])
        RawDialog(read, written, message.items, _read_then(message, ids), parent).open()


def _read_then(message: Message, ids: list[int]) -> int | None:
    """Tokens of the prompt when the answer was given; a continued answer counted its beginning among them."""
    usage = message.answer.usage or {}
    return int(usage["total_tokens"]) - len(ids) if ids and "total_tokens" in usage else None
