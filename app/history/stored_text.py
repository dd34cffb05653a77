"""Text and JSON as they go into the database."""

from __future__ import annotations

import json
from typing import Any


def clean(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD: UTF-8 has no form for them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def to_json(value: Any) -> str:
    """Compact JSON that UTF-8 can hold."""
    return clean(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
