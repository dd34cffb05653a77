"""The API's own description, OpenAPI 3.1, made of the models in `schema`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app import __version__
from app.server.schema.chat import ChatCompletion
from app.server.schema.errors import ErrorBody
from app.server.schema.models import Health, Model, ModelList
from app.server.schema.requests import Compact, CreateChatCompletion, CreateResponse
from app.server.schema.response import Compaction, Deleted, InputItems, InputTokens, Response

_Document = dict[str, Any]
_REFERENCE = "#/components/schemas/{model}"
_GIVEN = (
    ChatCompletion,
    Compaction,
    Deleted,
    ErrorBody,
    Health,
    InputItems,
    InputTokens,
    Model,
    ModelList,
    Response,
)
_TAKEN = (Compact, CreateChatCompletion, CreateResponse)
_ERRORS = {
    "400": "The request does not fit",
    "401": "The key is missing or wrong",
    "403": "Host or Origin is not allowed",
    "404": "There is no such thing",
    "409": "The response has ended",
    "408": "The body did not arrive in time",
    "413": "The body is too large",
    "415": "The body is no JSON",
    "429": "Too many requests wait, or came within a minute",
    "500": "The model failed",
    "503": "The model cannot be loaded now",
}
_SENT = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "required": ["data"],
}
_PAGE = (
    ("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
    ("order", {"type": "string", "enum": ["asc", "desc"], "default": "desc"}),
    ("after", {"type": "string"}),
)
_REPLAY = (
    ("stream", {"type": "boolean", "default": False}),
    ("starting_after", {"type": "integer", "minimum": 0, "maximum": 999_999_999}),
)


def document(models: Sequence[str] = ()) -> _Document:
    """The whole description.

    Args:
        models: the ids that a request may name; any where there are none.
    """
    modes = [*((model, "validation") for model in _TAKEN), *((model, "serialization") for model in _GIVEN)]
    _, schemas = models_json_schema(modes, ref_template=_REFERENCE)  # type: ignore[arg-type]
    for taken in _TAKEN if models else ():
        schemas["$defs"][taken.__name__]["properties"]["model"]["enum"] = list(models)
    one = "/v1/responses/{id}"
    return {
        "openapi": "3.1.0",
        "info": {"title": "Indoors", "version": __version__, "description": __doc__},
        "paths": {
            "/health": {"get": _operation("Whether it is there", Health)},
            "/v1/models": {"get": _operation("Every model", ModelList)},
            "/v1/models/{id}": {"get": _operation("One model", Model, one=True)},
            "/v1/responses": {"post": _operation("Answer", Response, CreateResponse, streams=True)},
            "/v1/responses/input_tokens": {
                "post": _operation("Count a request's tokens", InputTokens, CreateResponse)
            },
            "/v1/responses/compact": {"post": _operation("Summarise a conversation", Compaction, Compact)},
            one: {
                "get": _operation("A response", Response, one=True, streams=True, query=_REPLAY),
                "delete": _operation("Forget a response", Deleted, one=True),
            },
            f"{one}/cancel": {"post": _operation("Stop a response", Response, one=True)},
            f"{one}/input_items": {"get": _operation("What it answers", InputItems, one=True, query=_PAGE)},
            "/v1/chat/completions": {
                "post": _operation("Answer", ChatCompletion, CreateChatCompletion, streams=True)
            },
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}, {}],
    }


def _operation(
    summary: str,
    gives: type[BaseModel],
    takes: type[BaseModel] | None = None,
    *,
    streams: bool = False,
    one: bool = False,
    query: Sequence[tuple[str, _Document]] = (),
) -> _Document:
    content = {"application/json": _schema(gives)}
    if streams:
        content["text/event-stream"] = {"schema": _SENT}
    found: _Document = {
        "summary": summary,
        "responses": {
            "200": {"description": summary, "content": content},
            **{status: _error(meaning) for status, meaning in _ERRORS.items()},
        },
    }
    parameters = [_parameter("id", {"type": "string"}, "path")] if one else []
    parameters += [_parameter(name, schema, "query") for name, schema in query]
    if parameters:
        found["parameters"] = parameters
    if takes is not None:
        found["requestBody"] = {"required": True, "content": {"application/json": _schema(takes)}}
    return found


def _schema(model: type[BaseModel]) -> _Document:
    return {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}


def _error(meaning: str) -> _Document:
    return {"description": meaning, "content": {"application/json": _schema(ErrorBody)}}


def _parameter(name: str, schema: _Document, place: str) -> _Document:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}
