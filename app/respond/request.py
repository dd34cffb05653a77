"""A Responses API request, read loosely: unknown fields are ignored, null means absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.engine.sampler import Sampling
from app.errors import RequestError
from app.respond.continuing import read_begun_ids
from app.respond.echo import check_echoed
from app.respond.fields import Fields, invalid
from app.respond.form import Form, read_form
from app.respond.tools import Toolbox, read_tools

_MOST_TOKENS = 1 << 24
_SMALLEST_SHARE = 1e-6  # what `top_p: 0` means: the most probable token alone
_LARGEST_SEED = (1 << 64) - 1
_EFFORTS = {
    "none": "low",
    "minimal": "low",
    "low": "low",
    "medium": "medium",
    "high": "high",
    "xhigh": "high",
}


@dataclass(frozen=True)
class ResponseRequest:
    """What is asked of a model.

    Attributes:
        body: the request as it came; the response object repeats parts of it.
        items: the input, as items; empty for a raw prompt.
        instructions: what the developer tells the model.
        prompt: a raw prompt, used as it is instead of instructions and items; None for none.
        effort: "low", "medium" or "high"; None lets the template decide.
        sampling: how tokens are chosen.
        chosen: of that, what the request itself says.
        max_output_tokens: None for as many as fit.
        toolbox: the functions that may be called.
        form: what the answer's text must be; None for anything.
        stop: strings that end the answer.
        keep_newest: drop the oldest turns when the context is too small, instead of refusing.
        token_ids: tell the ids of the prompt and the answer.
        tells_tokens: tell the ids of the answer, whatever becomes of it.
        continues: the input ends in the middle of an answer, which is to be gone on with.
        begun_ids: the tokens of that answer; None where they are not known.
    """

    body: Mapping[str, Any]
    items: tuple[Fields, ...] = ()
    instructions: str | None = None
    prompt: str | None = None
    effort: str | None = None
    sampling: Sampling = field(default_factory=Sampling)
    chosen: Mapping[str, Any] = field(default_factory=dict)
    max_output_tokens: int | None = None
    toolbox: Toolbox = field(default_factory=Toolbox)
    form: Form | None = None
    stop: tuple[str, ...] = ()
    keep_newest: bool = False
    token_ids: bool = False
    tells_tokens: bool = False
    continues: bool = False
    begun_ids: tuple[int, ...] | None = None

    def with_preset(self, preset: Sampling) -> ResponseRequest:
        """The same, sampled as the model wants it where the request does not say."""
        return replace(self, sampling=replace(preset, **self.chosen))


def read_request(body: Mapping[str, Any]) -> ResponseRequest:
    """Read a request's body.

    Raises:
        RequestError: a field does not fit; the message names it.
    """
    fields = Fields(body)
    check_echoed(fields)
    own = fields.inner("indoors")
    prompt = own.text("prompt")
    effort = fields.inner("reasoning").text("effort", _EFFORTS)
    return ResponseRequest(
        body=body,
        items=() if prompt is not None else tuple(_items(fields)),
        instructions=fields.text("instructions"),
        prompt=prompt,
        effort=_EFFORTS[effort] if effort else None,
        chosen=(chosen := _chosen(fields, own)),
        sampling=Sampling(**chosen),
        max_output_tokens=fields.whole("max_output_tokens", 1, _MOST_TOKENS),
        toolbox=read_tools(fields),
        form=read_form(fields.inner("text").inner("format")),
        stop=_stop(own),
        keep_newest=fields.text("truncation", ("auto", "disabled")) == "auto",
        token_ids=own.flag("token_ids") or False,
        tells_tokens=own.flag("tokens") or False,
        continues=prompt is None and bool(own.values.get("continue")),
        begun_ids=read_begun_ids(own),
    )


def _items(fields: Fields) -> list[Fields]:
    value = fields.values.get("input")
    if isinstance(value, str):
        return [Fields({"role": "user", "content": value}, "input")]
    items = fields.objects("input")
    if not items:
        raise invalid("input", "is missing: give text or a list of items")
    return items


def _chosen(fields: Fields, own: Fields) -> Mapping[str, Any]:
    top_p = fields.number("top_p", 0, 1)
    given: dict[str, Any] = {
        "temperature": fields.number("temperature", 0, 2),
        "top_p": None if top_p is None else max(top_p, _SMALLEST_SHARE),
        "top_k": own.whole("top_k", 0, _MOST_TOKENS),
        "min_p": own.number("min_p", 0, 1),
        "repetition_penalty": own.number("repetition_penalty", 0.01, 10),
        "presence_penalty": _either("presence_penalty", own, fields),
        "frequency_penalty": _either("frequency_penalty", own, fields),
        "logit_bias": _logit_bias(own.inner("logit_bias")),
        "seed": own.whole("seed", 0, _LARGEST_SEED),
    }
    return {name: value for name, value in given.items() if value is not None}


def _either(key: str, own: Fields, fields: Fields) -> float | None:
    value = own.number(key, -2, 2)
    return value if value is not None else fields.number(key, -2, 2)


def _logit_bias(fields: Fields) -> dict[int, float]:
    biases = {}
    for key in fields.values:
        if not key.isdecimal():
            raise invalid(fields.name(key), "must be named by a token id")
        biases[int(key)] = fields.number(key, -100, 100) or 0.0
    return biases


def _stop(own: Fields) -> tuple[str, ...]:
    value = own.values.get("stop")
    stops = [value] if isinstance(value, str) else own.list_of("stop")
    if not all(isinstance(stop, str) and stop for stop in stops):
        raise RequestError("`indoors.stop` must be text, or a list of texts.", "Correct the request.")
    return tuple(stops)
