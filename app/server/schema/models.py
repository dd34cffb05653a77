"""Models."""

from __future__ import annotations

from typing import Literal

from app.server.schema.base import Strict


class Capabilities(Strict):
    """What a model can."""

    responses: bool
    chat_completions: bool
    streaming: bool
    function_calling: bool
    structured_output: bool
    reasoning: bool
    vision: bool


class Model(Strict):
    """A model that can be asked."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    name: str
    context_length: int
    max_model_len: int
    capabilities: Capabilities


class ModelList(Strict):
    """All of them."""

    object: Literal["list"]
    data: list[Model]


class Health(Strict):
    """The server is there."""

    status: Literal["ok"]
    version: str
