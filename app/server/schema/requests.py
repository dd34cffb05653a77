"""What clients send. `app.respond.request` reads it, and names what does not fit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.server.schema.base import Loose


class TextPart(Loose):
    """A part of a message."""

    type: Literal["input_text", "output_text", "text", "refusal", "reasoning_text", "summary_text"] | None = (
        "input_text"
    )
    text: str | None = ""


Texts = str | list[TextPart] | None


class InputMessage(Loose):
    """A message of the conversation."""

    type: Literal["message"] | None = "message"
    role: Literal["user", "assistant", "system", "developer"]
    content: Texts = None


class ReplayedReasoning(Loose):
    """Thinking of an answer before."""

    type: Literal["reasoning"]
    summary: Texts = None
    content: Texts = None


class ReplayedResult(Loose):
    """What a function gave."""

    type: Literal["function_call_output"]
    call_id: str = Field(min_length=1)
    output: Texts = None


class ReplayedCall(Loose):
    """A call of a function in an answer before."""

    type: Literal["function_call"]
    call_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    arguments: str | None = ""


InputItem = InputMessage | ReplayedReasoning | ReplayedCall | ReplayedResult


class Tool(Loose):
    """A function that may be called; other kinds of tools are tolerated."""

    type: str | None = "function"
    name: str | None = None
    description: str | None = None
    parameters: dict[str, Any] | None = None


class CreateResponse(Loose):
    """A request for a response."""

    model: str = Field(min_length=1)
    input: str | Annotated[list[InputItem], Field(min_length=1)]
    instructions: str | None = None
    previous_response_id: str | None = None
    store: bool | None = True
    stream: bool | None = False
    background: bool | None = False
    max_output_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    tools: list[Tool] | None = None
    tool_choice: str | dict[str, Any] | None = None
    text: dict[str, Any] | None = None
    reasoning: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


class Compact(Loose):
    """A conversation that is to become one item."""

    model: str = Field(min_length=1)
    input: str | Annotated[list[InputItem], Field(min_length=1)]
    previous_response_id: str | None = None


class ChatMessage(Loose):
    """A message of a chat."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: Texts = None


class CreateChatCompletion(Loose):
    """A request for a chat completion."""

    model: str = Field(min_length=1)
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool | None = False
    stream_options: dict[str, Any] | None = None
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | dict[str, Any] | None = None
    response_format: dict[str, Any] | None = None
