"""Typing, and the answer of a real worker."""

from __future__ import annotations

from app.history.records import Role, Status
from tests.ui.chat.conftest import Chat


async def test_what_is_typed_is_answered(chat: Chat) -> None:
    await chat.ask("Hello")
    said, answer = chat.pane.session.branch
    assert (said.role, said.text) == (Role.USER, "Hello")
    assert answer.role is Role.ASSISTANT
    assert answer.status in {Status.COMPLETE, Status.INCOMPLETE}
    assert answer.answer.usage["output_tokens"] > 0
    assert answer.answer.timings["ttft_s"] > 0
