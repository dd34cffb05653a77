"""What of a conversation a harmony model is shown again.

Rules (openai/harmony, docs/format.md, "Handling reasoning output in subsequent sampling"): a finished turn
keeps its final answer and loses its analysis; while a tool call awaits its answer, the analysis that led to
it stays. Stored messages end with `<|end|>`, which the template writes; `<|return|>` only ends what a model
generates.

gpt-oss' own template adds limits: one tool call a message, directly followed by that call's output, and a
message with a tool call cannot hold both reasoning and content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Message = Mapping[str, Any]


def harmony_history(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Rewrite a full history as gpt-oss' template renders it rightly.

    Args:
        messages: with `role`, `content`, and where they apply `thinking`, `tool_calls` (each with `id` and
            `function`) and `tool_call_id`.

    Returns:
        New messages; those given stay as they are. Outputs of calls that nobody made are left out.
    """
    pending_from = _after_last_answer(messages)
    rewritten = list[dict[str, Any]]()
    for index, message in enumerate(messages):
        if message["role"] == "tool":
            continue  # placed after its call
        if message.get("tool_calls"):
            rewritten += _calls(message, messages[index + 1 :], pending=index >= pending_from)
        elif message["role"] == "assistant":
            rewritten.append({"role": "assistant", "content": message.get("content") or ""})
        else:
            rewritten.append(dict(message))
    return rewritten


def _after_last_answer(messages: Sequence[Message]) -> int:
    """Index behind the last message that finished a turn: an answer, or the user's next word."""
    finishing = (
        index
        for index, message in enumerate(messages, start=1)
        if message["role"] in {"assistant", "user"} and not message.get("tool_calls")
    )
    return max(finishing, default=0)


def _calls(message: Message, later: Sequence[Message], *, pending: bool) -> Iterator[dict[str, Any]]:
    """Give each call of a message a message of its own, followed by its output.

    What was said before a call (a preamble) is an answer of its own in a finished turn; in a pending one,
    where an answer would finish the turn, it joins the reasoning.
    """
    content, thinking = message.get("content") or "", message.get("thinking") or ""
    if content and not pending:
        yield {"role": "assistant", "content": content}
    reasoning = "\n\n".join(filter(None, [thinking, content])) if pending else ""
    for call in message["tool_calls"]:
        yield {"role": "assistant", **({"thinking": reasoning} if reasoning else {}), "tool_calls": [call]}
        reasoning = ""
        yield from (
            _output(reply) for reply in _replies(later) if reply.get("tool_call_id") == call.get("id")
        )


def _replies(later: Sequence[Message]) -> Iterator[Message]:
    """Outputs up to the next message of anyone else who finishes the turn."""
    for message in later:
        if message["role"] == "tool":
            yield message
        elif not message.get("tool_calls"):
            return


def _output(reply: Message) -> dict[str, Any]:
    return {"role": "tool", "content": reply.get("content") or ""}
