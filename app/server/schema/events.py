"""Events of a stream."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from app.server.schema.base import Strict
from app.server.schema.items import Item, Part
from app.server.schema.response import Response


class _Numbered(Strict):
    sequence_number: int = Field(ge=0)


class Whole(_Numbered):
    """An event that carries the response."""

    type: Literal[
        "response.created",
        "response.queued",
        "response.in_progress",
        "response.completed",
        "response.incomplete",
        "response.failed",
    ]
    response: Response


class ItemEvent(_Numbered):
    """An item begins or ends."""

    type: Literal["response.output_item.added", "response.output_item.done"]
    output_index: int = Field(ge=0)
    item: Item


class _At(_Numbered):
    item_id: str
    output_index: int = Field(ge=0)


class PartEvent(_At):
    """A part begins or ends."""

    type: Literal["response.content_part.added", "response.content_part.done"]
    content_index: int = Field(ge=0)
    part: Part


class TextDelta(_At):
    """More text."""

    type: Literal["response.output_text.delta"]
    content_index: int = Field(ge=0)
    delta: str
    logprobs: list[Any]


class TextDone(_At):
    """The whole text."""

    type: Literal["response.output_text.done"]
    content_index: int = Field(ge=0)
    text: str
    logprobs: list[Any]


class ReasoningDelta(_At):
    """More thinking."""

    type: Literal["response.reasoning_text.delta"]
    content_index: int = Field(ge=0)
    delta: str


class ReasoningDone(_At):
    """The whole thinking."""

    type: Literal["response.reasoning_text.done"]
    content_index: int = Field(ge=0)
    text: str


class ArgumentsDelta(_At):
    """More of a call's arguments."""

    type: Literal["response.function_call_arguments.delta"]
    delta: str


class ArgumentsDone(_At):
    """The whole arguments."""

    type: Literal["response.function_call_arguments.done"]
    name: str
    arguments: str


class ErrorEvent(_Numbered):
    """A problem amid the stream."""

    type: Literal["error"]
    message: str
    param: str | None
    code: str


Event = Annotated[
    Whole
    | ItemEvent
    | PartEvent
    | TextDelta
    | TextDone
    | ReasoningDelta
    | ReasoningDone
    | ArgumentsDelta
    | ArgumentsDone
    | ErrorEvent,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
