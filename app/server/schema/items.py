"""Output items of a response."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from app.server.schema.base import Strict

Status = Literal["in_progress", "completed", "incomplete"]


class OutputText(Strict):
    """Text for the user."""

    type: Literal["output_text"]
    text: str
    annotations: list[Any]
    logprobs: list[Any]


class ReasoningText(Strict):
    """Text of the model's thinking."""

    type: Literal["reasoning_text"]
    text: str


class Message(Strict):
    """A message to the user."""

    id: str
    type: Literal["message"]
    status: Status
    role: Literal["assistant"]
    phase: Literal["commentary", "final_answer"]
    content: list[OutputText]


class Reasoning(Strict):
    """The model's thinking."""

    id: str
    type: Literal["reasoning"]
    status: Status
    summary: list[Any]
    content: list[ReasoningText] = Field(default_factory=list)


class FunctionCall(Strict):
    """A call of a function."""

    id: str
    type: Literal["function_call"]
    status: Status
    call_id: str
    name: str
    arguments: str
    namespace: str = ""


Item = Annotated[Message | Reasoning | FunctionCall, Field(discriminator="type")]
Part = Annotated[OutputText | ReasoningText, Field(discriminator="type")]
