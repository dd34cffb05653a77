"""Chat completions."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.server.schema.base import Strict
from app.server.schema.response import InputDetails, OutputDetails


class CalledFunction(Strict):
    """Which function, and with what."""

    name: str
    arguments: str


class ToolCall(Strict):
    """A call."""

    id: str
    type: Literal["function"]
    function: CalledFunction


class ChatMessage(Strict):
    """What the model says."""

    role: Literal["assistant"]
    content: str | None
    refusal: None
    annotations: list[Any]
    reasoning: str = ""
    reasoning_content: str = ""
    tool_calls: list[ToolCall] = Field(default_factory=list)


class Choice(Strict):
    """The one answer."""

    index: Literal[0]
    message: ChatMessage
    logprobs: None
    finish_reason: Literal["stop", "length", "tool_calls"]


class ChatUsage(Strict):
    """Tokens used."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    prompt_tokens_details: InputDetails
    completion_tokens_details: OutputDetails


class ChatCompletion(Strict):
    """A chat completion."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: str
    service_tier: str
    choices: list[Choice]
    usage: ChatUsage
