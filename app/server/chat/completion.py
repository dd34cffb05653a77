"""A response object becomes a chat completion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import __version__

Body = dict[str, Any]

BETWEEN_MESSAGES = "\n\n"


def completion(response: Mapping[str, Any]) -> Body:
    """The whole completion.

    Args:
        response: the response object at its end.
    """
    output = response["output"]
    texts = [_text(item) for item in output if item["type"] == "message"]
    thoughts = [_text(item) for item in output if item["type"] == "reasoning"]
    calls = [_call(item) for item in output if item["type"] == "function_call"]
    message: Body = {
        "role": "assistant",
        "content": BETWEEN_MESSAGES.join(texts) if texts or not calls else None,
        "refusal": None,
        "annotations": [],
    }
    if thoughts:
        message |= thinking(BETWEEN_MESSAGES.join(thoughts))
    if calls:
        message["tool_calls"] = calls
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason(response)}
    return {**head(response, "chat.completion"), "choices": [choice], "usage": usage(response)}


def head(response: Mapping[str, Any], kind: str) -> Body:
    """The fields that a completion and its chunks begin with."""
    return {
        "id": f"chatcmpl-{response['id'].removeprefix('resp_')}",
        "object": kind,
        "created": response["created_at"],
        "model": response["model"],
        "system_fingerprint": f"indoors-{__version__}",
        "service_tier": "default",
    }


def thinking(text: str) -> Body:
    """Thinking, by both names that clients know."""
    return {"reasoning": text, "reasoning_content": text}


def finish_reason(response: Mapping[str, Any]) -> str:
    """Why it ended."""
    if response["status"] != "completed":
        return "length"
    kinds = {item["type"] for item in response["output"]}
    return "tool_calls" if "function_call" in kinds else "stop"


def usage(response: Mapping[str, Any]) -> Body:
    """Tokens, as this API counts them."""
    found = response["usage"]
    return {
        "prompt_tokens": found["input_tokens"],
        "completion_tokens": found["output_tokens"],
        "total_tokens": found["total_tokens"],
        "prompt_tokens_details": dict(found["input_tokens_details"]),
        "completion_tokens_details": dict(found["output_tokens_details"]),
    }


def _text(item: Mapping[str, Any]) -> str:
    return "".join(part["text"] for part in item.get("content", ()))


def _call(item: Mapping[str, Any]) -> Body:
    function = {"name": item["name"], "arguments": item["arguments"]}
    return {"id": item["call_id"], "type": "function", "function": function}
