"""The response object: every field the API has, in every event that carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.respond.echo import told_text, told_tool
from app.respond.items import new_id
from app.respond.request import ResponseRequest


@dataclass
class Usage:
    """Tokens used; reasoning tokens are among the output tokens, cached ones among the input tokens."""

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0

    def value(self) -> dict[str, Any]:
        """As the API writes it."""
        return {
            "input_tokens": self.input_tokens,
            "input_tokens_details": {"cached_tokens": self.cached_tokens},
            "output_tokens": self.output_tokens,
            "output_tokens_details": {"reasoning_tokens": self.reasoning_tokens},
            "total_tokens": self.input_tokens + self.output_tokens,
        }


class ResponseObject:
    """One response while it grows.

    Args:
        request: what was asked.
        model: the model's id, used where the request names none.
        created_at: seconds since 1970.
    """

    def __init__(self, request: ResponseRequest, model: str, created_at: int) -> None:
        self._fixed = _fixed_fields(request, model) | {"id": new_id("resp"), "created_at": created_at}
        self.status = "in_progress"
        self.completed_at: int | None = None
        self.incomplete_reason: str | None = None
        self.error: Mapping[str, str] | None = None
        self.usage: Usage | None = None

    def value(self, output: list[dict[str, Any]]) -> dict[str, Any]:
        """The whole object at this moment.

        Args:
            output: the output items so far.
        """
        reason = self.incomplete_reason
        return self._fixed | {
            "status": self.status,
            "completed_at": self.completed_at,
            "incomplete_details": {"reason": reason} if reason else None,
            "error": self.error,
            "output": output,
            "usage": self.usage.value() if self.usage else None,
        }


def _fixed_fields(request: ResponseRequest, model: str) -> dict[str, Any]:
    body, sampling = request.body, request.sampling
    return {
        "object": "response",
        "model": _given(body, "model", model),
        "previous_response_id": body.get("previous_response_id"),
        "instructions": request.instructions,
        "tools": [told_tool(tool) for tool in _given(body, "tools", [])],
        "tool_choice": _given(body, "tool_choice", "auto"),
        "truncation": "auto" if request.keep_newest else "disabled",
        "parallel_tool_calls": _given(body, "parallel_tool_calls", True),
        "text": told_text(_given(body, "text", {})),
        "top_p": sampling.top_p,
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
        "top_logprobs": 0,
        "temperature": sampling.temperature,
        "reasoning": {"effort": None, "summary": None} | _given(body, "reasoning", {}),
        "max_output_tokens": request.max_output_tokens,
        "max_tool_calls": body.get("max_tool_calls"),
        "store": _given(body, "store", True),
        "background": _given(body, "background", False),
        "service_tier": "default",
        "metadata": _given(body, "metadata", {}),
        "safety_identifier": body.get("safety_identifier"),
        "prompt_cache_key": body.get("prompt_cache_key"),
    }


def _given(body: Mapping[str, Any], key: str, default: Any) -> Any:
    value = body.get(key)
    return default if value is None else value
