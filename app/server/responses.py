"""The routes of /v1/responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.errors import HttpRefusal
from app.respond.fields import Fields
from app.server.answering import Answering
from app.server.bodies import read_json
from app.server.preparing import prepare
from app.server.service import Service
from app.server.streams import WhileConnected, streamed, whole

_PAGE = 20
_LARGEST_PAGE = 100


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

    async def create(self, request: Request) -> WhileConnected:
        """Answer, as a stream or whole."""
        body = await read_json(request)
        streams = Fields(body).flag("stream")

        prepared = await prepare(self._service, body)

        async def result() -> Mapping[str, Any]:
            return await Answering(self._service, prepared).result()

        if not streams:
            return whole(result)
        return streamed(Answering(self._service, prepared).events())

    async def one(self, request: Request) -> Response:
        """A response that is stored or being given, or its end."""
        return await (self._delete(request) if request.method == "DELETE" else self._retrieve(request))

    async def _retrieve(self, request: Request) -> Response:
        response_id = request.path_params["id"]
        if (answer := self._service.answers.get(response_id)) is not None:
            return JSONResponse(dict(answer.value))
        return JSONResponse(dict((await self._service.shelf.get(response_id)).response))

    async def _delete(self, request: Request) -> Response:
        response_id = request.path_params["id"]
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
    size = _size(query.get("limit", str(_PAGE)))
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


def _size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= _LARGEST_PAGE:
        raise HttpRefusal(
            "`limit` must be from 1 to {most}.", "Correct the request.", param="limit", most=_LARGEST_PAGE
        )
    return int(text)
