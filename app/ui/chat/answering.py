"""One coroutine owns one answer: it reads the worker's events, shows them, and keeps them on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.errors import Cancelled, IndoorsError, InferenceFailed, StorageError
from app.history.background import BackgroundHistory
from app.history.records import Message, Status
from app.process.messages import DONE, Event
from app.ui.chat.answer_items import AnswerItems
from app.ui.chat.asking import Asking
from app.ui.chat.progress_text import progress_text
from app.ui.chat.turn import Turn
from app.ui.wording import told
from app.worker.client import EventStream
from app.worker.protocol import PROGRESS, TOKENS

_KEEP_SECONDS = 0.7
_REASONS = {"max_output_tokens": "length"}


class Answering:
    """An answer being given.

    Args:
        asking: asks the model.
        background: keeps the answer.
        turn: shows the answer.
        touch: called whenever the turn has changed.
        tell: hears the visible text as it comes.

    Attributes:
        error: why it failed; None while it did not.
    """

    def __init__(
        self,
        asking: Asking,
        background: BackgroundHistory,
        turn: Turn,
        touch: Callable[[Turn], None],
        tell: Callable[[str], None],
    ) -> None:
        self._asking = asking
        self._background = background
        self._turn = turn
        self._touch = touch
        self._tell = tell
        self._items = AnswerItems(turn.message.answer.thinking_s)
        self._answer = turn.message.answer
        self._status = Status.INCOMPLETE
        self._token_ids: list[int] = []
        self._stream: EventStream | None = None
        self._task: asyncio.Task[Any] | None = None
        self._stopped = False
        self._heard = False
        self.error: IndoorsError | None = None

    def stop(self) -> None:
        """The user wants no more of it; what there is stays."""
        self._stopped = True
        if self._heard and self._stream is not None:
            self._stream.cancel()
        elif self._task is not None:
            self._task.cancel()

    async def run(self, body: Callable[[], Mapping[str, Any]]) -> Message:
        """Answer a request; gives the answer as it was stored, whatever became of it.

        Args:
            body: makes the request; an error it raises becomes the answer's.

        Raises:
            StorageError: the answer could not be stored; it is shown all the same.
        """
        self._task = asyncio.current_task()
        self._say(QCoreApplication.translate("Answering", "Waiting for the model…"))
        keeping = asyncio.create_task(self._keep())
        try:
            await self._listen(body())
        except Cancelled:
            self._status = Status.CANCELLED
            self._answer = replace(self._answer, finish_reason="cancelled")
        except IndoorsError as error:
            self._fail(error)
        except asyncio.CancelledError:
            if not self._stopped:
                raise
            self._status = Status.CANCELLED
            assert self._task is not None
            self._task.uncancel()
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            message = await self._finish()
        return message

    async def _listen(self, body: Mapping[str, Any]) -> None:
        with self._asking.account(body):
            async with self._asking.request(body) as stream:
                self._stream = stream
                async for event in stream:
                    self._heard = True
                    self._take(event)

    def _take(self, event: Event) -> None:
        name, data = event.name, event.data
        if name == PROGRESS:
            self._say(progress_text(data))
        elif name == DONE:
            usage = {**data["usage"], "left_out_turns": data["left_out_turns"]}
            self._answer = replace(self._answer, usage=usage, timings=data["timings"], device=data["device"])
        elif name == TOKENS:
            self._token_ids = data["token_ids"]
        elif name == "response.output_item.added":
            self._items.begin(data["item"])
            self._turn.begin_item(data["item"])
            self._touch(self._turn)
        elif name.endswith(".delta"):
            self._items.extend(data["delta"])
            self._turn.extend_item(data["delta"])
            if name == "response.output_text.delta":
                self._tell(data["delta"])
            self._touch(self._turn)
        elif name == "response.output_item.done":
            self._turn.end_item(self._items.end(data["item"]))
            self._touch(self._turn)
        elif name in {"response.completed", "response.incomplete", "response.failed"}:
            self._end(data["response"])

    def _end(self, response: Mapping[str, Any]) -> None:
        self._items.replace(response["output"])
        reason = (response.get("incomplete_details") or {}).get("reason", "stop")
        called = any(item.get("type") == "function_call" for item in response["output"])
        reason = "tool_calls" if called and reason == "stop" else _REASONS.get(reason, reason)
        self._answer = replace(self._answer, usage=response.get("usage"), finish_reason=reason)
        if response["status"] == "completed":
            self._status = Status.COMPLETE
        elif response["status"] == "failed":
            self._fail(InferenceFailed(response["error"]["message"], ""))

    def _fail(self, error: IndoorsError) -> None:
        self.error = error
        self._status = Status.FAILED
        self._answer = replace(self._answer, error=told(error))

    def _say(self, text: str) -> None:
        self._turn.wait(text)
        self._touch(self._turn)

    async def _keep(self) -> None:
        """Store what has come, at least once a second."""
        messages = self._background.history.messages
        while True:
            await asyncio.sleep(_KEEP_SECONDS)
            if self._items.changed:
                try:
                    await self._background.run(
                        messages.extend_answer,
                        self._turn.message.id,
                        self._items.snapshot(),
                        self._items.thinking_s,
                    )
                except StorageError:
                    self._items.changed = True

    async def _finish(self) -> Message:
        thinking_s = self._items.thinking_s
        answer = replace(self._answer, thinking_s=thinking_s or self._answer.thinking_s)
        items = self._items.snapshot()
        shown = replace(self._turn.message, items=items, status=self._status, answer=answer)
        self._turn.replace_message(shown)
        self._touch(self._turn)
        messages = self._background.history.messages
        stored = await self._background.run(
            messages.finish_answer, self._turn.message.id, items, self._status, answer, self._token_ids
        )
        self._turn.replace_message(stored)
        self._touch(self._turn)
        return stored
