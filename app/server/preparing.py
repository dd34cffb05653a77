"""A client's request becomes one for the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.respond.conversation import messages_of
from app.respond.fields import Fields, invalid
from app.respond.request import read_request
from app.server.items import Item, own_items
from app.server.service import Service
from app.server.stored import UNENDED

# What a client may choose beyond the API. Not among it: which folder is loaded, and raw prompts, in which
# control tokens would count.
_EXTENSIONS = frozenset(
    {
        "top_k",
        "min_p",
        "repetition_penalty",
        "presence_penalty",
        "frequency_penalty",
        "logit_bias",
        "stop",
        "seed",
    }
)


@dataclass(frozen=True)
class Prepared:
    """A request that is ready for the worker.

    Attributes:
        params: of the worker's `respond`, the conversation so far included.
        input: the items that the request itself brought.
        store: whether the response is to be kept.
        background: whether it is given though nobody waits for it.
    """

    params: Mapping[str, Any]
    input: list[Item]
    store: bool
    background: bool = False

    def unstored(self) -> Prepared:
        """The same for somebody who stores the response himself."""
        return replace(self, store=False)


async def prepare(service: Service, body: Mapping[str, Any]) -> Prepared:
    """Find the model and the responses before, and read the request for what is wrong with it.

    Raises:
        RequestError: a field does not fit, or the conversation it goes on with is not stored.
        ModelNotFound, NotEnoughMemory: the model cannot be loaded.
        QueueFull: too many wait already.
    """
    service.jobs.check_room()
    fields = Fields(body)
    model = service.wanted(fields)
    store, background = fields.flag("store") is not False, fields.flag("background") or False
    if background and not store:
        raise invalid("background", "needs `store`: who does not wait reads the response later")
    items = own_items(body)
    previous = fields.text("previous_response_id")
    before = await _before(service, previous) if previous else []
    extension = {key: value for key, value in fields.inner("indoors").values.items() if key in _EXTENSIONS}
    params = {**body, "input": [*before, *items], "indoors": extension}
    messages_of(read_request(params))  # what is wrong is told before the request waits
    found = await service.loading(model)
    params |= {"model": found["id"], "indoors": {**extension, "load": found["load"]}}
    return Prepared(params, items, store, background)


async def _before(service: Service, previous: str) -> list[Item]:
    """The conversation that a request goes on with."""
    answer = service.answers.get(previous)
    if answer is not None and answer.value["status"] in UNENDED:
        raise invalid("previous_response_id", "names a response that has not ended yet")
    return [
        item
        for stored in await service.shelf.chain(previous)
        for item in (*map(dict, stored.input), *stored.response["output"])
    ]
