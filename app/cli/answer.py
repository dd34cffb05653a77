"""Consumes the events of one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.errors import InferenceFailed

Show = Callable[[str], None]


def _nobody(text: str) -> None:
    """Shows nothing."""


@dataclass
class Answer:
    """What came of one request.

    Attributes:
        text: the visible answer.
        reasoning: the model's thinking.
        output: the response's output items, as the next turn's input wants them.
        finish_reason: "stop", "length", "tool_calls" or "cancelled".
        usage: input_tokens, output_tokens, reasoning_tokens, cached_tokens.
    """

    text: str = ""
    reasoning: str = ""
    output: list[dict[str, Any]] = field(default_factory=list)
    finish_reason: str = "stop"
    usage: dict[str, int] = field(default_factory=dict)


class AnswerReader:
    """Turns Responses events into an Answer, and shows text as it comes.

    Args:
        show_text: hears each piece of the visible answer.
        show_reasoning: hears each piece of the thinking.
    """

    def __init__(self, show_text: Show = _nobody, show_reasoning: Show = _nobody) -> None:
        self.answer = Answer()
        self._show_text = show_text
        self._show_reasoning = show_reasoning

    def read(self, event: str, data: dict[str, Any]) -> None:
        """Take one event in.

        Raises:
            InferenceFailed: the response failed.
        """
        if event == "response.output_text.delta":
            self._text(data["delta"])
        elif event == "response.reasoning_text.delta":
            self.answer.reasoning += data["delta"]
            self._show_reasoning(data["delta"])
        elif event == "response.output_item.added":
            self._item(data["item"])
        elif event in {"response.completed", "response.incomplete"}:
            self._finish(data["response"])
        elif event == "response.failed":
            raise InferenceFailed(data["response"]["error"]["message"], "Try again.")

    def _text(self, delta: str) -> None:
        self.answer.text += delta
        self._show_text(delta)

    def _item(self, item: dict[str, Any]) -> None:
        if item["type"] == "message" and self.answer.text:
            self._text("\n\n")

    def _finish(self, response: dict[str, Any]) -> None:
        self.answer.output = response["output"]
        self.answer.usage = _flat_usage(response["usage"] or {})
        details = response.get("incomplete_details")
        if details:
            reasons = {"max_output_tokens": "length"}
            self.answer.finish_reason = reasons.get(details["reason"], details["reason"])
        elif any(item["type"] == "function_call" for item in response["output"]):
            self.answer.finish_reason = "tool_calls"


def _flat_usage(usage: dict[str, Any]) -> dict[str, int]:
    return {
        "input_tokens": usage.get("input_tokens", 0),
        "output_tokens": usage.get("output_tokens", 0),
        "reasoning_tokens": usage.get("output_tokens_details", {}).get("reasoning_tokens", 0),
        "cached_tokens": usage.get("input_tokens_details", {}).get("cached_tokens", 0),
    }
