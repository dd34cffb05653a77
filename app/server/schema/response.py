"""The response object."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.server.schema.base import Strict
from app.server.schema.items import Item


class InputDetails(Strict):
    """Of the input tokens."""

    cached_tokens: int = Field(ge=0)


class OutputDetails(Strict):
    """Of the output tokens."""

    reasoning_tokens: int = Field(ge=0)


class Usage(Strict):
    """Tokens used."""

    input_tokens: int = Field(ge=0)
    input_tokens_details: InputDetails
    output_tokens: int = Field(ge=0)
    output_tokens_details: OutputDetails
    total_tokens: int = Field(ge=0)


class Incomplete(Strict):
    """Why a response is not whole."""

    reason: Literal["max_output_tokens", "cancelled"]


class Failure(Strict):
    """Why a response failed."""

    code: str
    message: str


class Response(Strict):
    """A response."""

    id: str = Field(pattern="^resp_")
    object: Literal["response"]
    created_at: int
    completed_at: int | None
    status: Literal["queued", "in_progress", "completed", "incomplete", "failed", "cancelled"]
    incomplete_details: Incomplete | None
    model: str
    previous_response_id: str | None
    instructions: str | None
    output: list[Item]
    error: Failure | None
    tools: list[dict[str, Any]]
    tool_choice: str | dict[str, Any]
    truncation: Literal["auto", "disabled"]
    parallel_tool_calls: bool
    text: dict[str, Any]
    top_p: float
    presence_penalty: float
    frequency_penalty: float
    top_logprobs: int
    temperature: float
    reasoning: dict[str, Any]
    usage: Usage | None
    max_output_tokens: int | None
    max_tool_calls: int | None
    store: bool
    background: bool
    service_tier: str
    metadata: dict[str, Any]
    safety_identifier: str | None
    prompt_cache_key: str | None


class Deleted(Strict):
    """A response that was deleted."""

    id: str
    object: Literal["response.deleted"]
    deleted: Literal[True]


class InputItems(Strict):
    """A page of what a response answers."""

    object: Literal["list"]
    data: list[dict[str, Any]]
    first_id: str | None
    last_id: str | None
    has_more: bool


class CompactionItem(Strict):
    """A conversation, summarised."""

    id: str
    type: Literal["compaction"]
    encrypted_content: str


class Compaction(Strict):
    """A conversation as one item."""

    id: str
    object: Literal["response.compaction"]
    created_at: int
    output: list[CompactionItem]
    usage: Usage


class InputTokens(Strict):
    """How many tokens a request has."""

    object: Literal["response.input_tokens"]
    input_tokens: int = Field(ge=0)
