"""The routes of /v1/responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from app.errors import HttpRefusal
from app.respond.fields import Fields
from app.server.answering import Answering
from app.server.background import Background
from app.server.bodies import read_json
from app.server.preparing import prepare
from app.server.record import again
from app.server.service import Service
from app.server.streams import streamed, whole

_PAGE = 20
_LARGEST_PAGE = 100
_MOST_DIGITS = 9
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class Responses:
    """The routes.

    Args:
        service: what they share.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        """All of them."""
        one = "/v1/responses/{id}"
        return [
            Route("/v1/responses", self.create, methods=["POST"]),
            Route(f"{one}/cancel", self.cancel, methods=["POST"]),
            Route(f"{one}/input_items", self.input_items, methods=["GET"]),
            Route(one, self.one, methods=["GET", "DELETE"]),
        ]

    async def create(self, request: Request) -> ASGIApp:
        """Answer, as a stream or whole; or only begin to."""
        body = await read_json(request)
        streams = Fields(body).flag("stream")

        prepared = await prepare(self._service, body)
        if prepared.background:
            background = Background(self._service, prepared)
            await background.begin()
            return streamed(background.record.follow(0)) if streams else JSONResponse(dict(background.value))

        async def result() -> Mapping[str, Any]:
            return await Answering(self._service, prepared).result()

        if not streams:
            return whole(result)
        return streamed(Answering(self._service, prepared).events())

    async def one(self, request: Request) -> ASGIApp:
        """A response that is stored or being given, its events, or its end."""
        if request.method == "DELETE":
            return await self._delete(request)
        response_id, query = request.path_params["id"], request.query_params
        first = _number(query, "starting_after", -1) + 1
        if _flag(query, "stream"):
            return await self._replay(response_id, first)
        if (answer := self._service.answers.get(response_id)) is not None:
            return JSONResponse(dict(answer.value))
        return JSONResponse(dict((await self._service.shelf.get(response_id)).response))

    async def _replay(self, response_id: str, first: int) -> ASGIApp:
        if (answer := self._service.answers.get(response_id)) is not None:
            return streamed(answer.record.follow(first))
        return streamed(again(await self._service.shelf.events(response_id), first))

    async def _delete(self, request: Request) -> Response:
        response_id = request.path_params["id"]
        if (answer := self._service.answers.get(response_id)) is not None:
            await answer.cancel()
        await self._service.shelf.delete(response_id)
        return JSONResponse({"id": response_id, "object": "response.deleted", "deleted": True})

    async def cancel(self, request: Request) -> Response:
        """Stop a response that is being given."""
        response_id = request.path_params["id"]
        if (answer := self._service.answers.get(response_id)) is not None:
            return JSONResponse(dict(await answer.cancel()))
        stored = await self._service.shelf.get(response_id)
        if stored.response["status"] == "cancelled":
            return JSONResponse(dict(stored.response))
        raise HttpRefusal("The response has ended.", status=409, kind="response_not_cancellable")

    async def input_items(self, request: Request) -> Response:
        """What a stored response answers, the newest item first unless asked otherwise."""
        stored = await self._service.shelf.get(request.path_params["id"])
        before = await self._service.shelf.chain(stored.previous_id) if stored.previous_id else []
        items = [item for one in before for item in (*one.input, *one.response["output"])]
        return JSONResponse(_page([*items, *stored.input], request.query_params))


def _page(items: Sequence[Mapping[str, Any]], query: Mapping[str, str]) -> dict[str, Any]:
    """One page of a list, as the API tells it."""
    order = query.get("order", "desc")
    if order not in {"asc", "desc"}:
        raise HttpRefusal("`order` must be asc or desc.", param="order")
    ordered = list(items) if order == "asc" else list(reversed(items))
    if after := query.get("after"):
        ordered = ordered[_position(ordered, after) + 1 :]
    size = _size(query)
    page = ordered[:size]
    return {
        "object": "list",
        "data": page,
        "first_id": page[0]["id"] if page else None,
        "last_id": page[-1]["id"] if page else None,
        "has_more": len(ordered) > size,
    }


def _position(items: Sequence[Mapping[str, Any]], item_id: str) -> int:
    for index, item in enumerate(items):
        if item["id"] == item_id:
            return index
    raise HttpRefusal("`after` names no item of the list.", param="after")


def _size(query: Mapping[str, str]) -> int:
    size = _number(query, "limit", _PAGE)
    if not 1 <= size <= _LARGEST_PAGE:
        raise HttpRefusal(
            "`limit` must be from 1 to {most}.", "Correct the request.", param="limit", most=_LARGEST_PAGE
        )
    return size


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    """A whole number of a query, none below 0 but the default."""
    text = query.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise HttpRefusal("`{name}` must be a whole number.", "Correct the request.", param=name, name=name)
    return int(text)


def _flag(query: Mapping[str, str], name: str) -> bool:
    text = query.get(name, "false").lower()
    if text not in _FLAGS:
        raise HttpRefusal("`{name}` must be true or false.", "Correct the request.", param=name, name=name)
    return _FLAGS[text]
