"""How the server is to run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.addresses import is_loopback
from app.errors import UsageError
from app.respond.fields import Fields, invalid

_LARGEST_PORT = 65_535
_HASH = re.compile("[0-9a-f]{64}")
_DAY_SECONDS = 86_400
_LARGEST_RATE = 100_000


@dataclass(frozen=True)
class ServerOptions:
    """How the server is to run.

    Attributes:
        host: the address it listens at.
        port: 0 for any that is free.
        keys: SHA-256 of each key that opens it, in hexadecimal; none: nobody is asked for one.
        origins: web pages that may use it, as browsers name them.
        model: the model of requests that name none; empty: they are refused.
        keep_alive: seconds without a request after which a model that a request brought is let go; 0: never.
        rate_limit: requests a minute of each key, or of each address where there is no key; 0: no limit.
        watch: tell of each request.
    """

    host: str = "127.0.0.1"
    port: int = 0
    keys: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    model: str = ""
    keep_alive: int = 0
    rate_limit: int = 0
    watch: bool = False

    @property
    def loopback(self) -> bool:
        """Whether only programs on this computer can reach it."""
        return is_loopback(self.host)


def read_options(params: Mapping[str, Any]) -> ServerOptions:
    """Read the params of `serve`.

    Raises:
        RequestError: a field does not fit; the message names it.
        UsageError: it would be open to the network without a key.
    """
    fields = Fields(params)
    options = ServerOptions(
        host=fields.text("host") or "127.0.0.1",
        port=fields.whole("port", 0, _LARGEST_PORT) or 0,
        keys=read_keys(fields),
        origins=_texts(fields, "origins"),
        model=fields.text("model") or "",
        keep_alive=fields.whole("keep_alive", 0, _DAY_SECONDS) or 0,
        rate_limit=fields.whole("rate_limit", 0, _LARGEST_RATE) or 0,
        watch=fields.flag("watch") or False,
    )
    require_key(options.host, bool(options.keys))
    return options


def read_keys(fields: Fields) -> tuple[str, ...]:
    """The field `keys`: SHA-256 of each.

    Raises:
        RequestError: it holds something else.
    """
    keys = _texts(fields, "keys")
    if not all(_HASH.fullmatch(key) for key in keys):
        raise invalid("keys", "must hold SHA-256 sums in hexadecimal")
    return keys


def require_key(host: str, has_key: bool) -> None:
    """Raise UsageError where others than this computer could reach a server without a key."""
    if not has_key and not is_loopback(host):
        raise UsageError(
            "At {host} other computers reach the server, and it has no key.",
            "Create a key first, or let it listen at 127.0.0.1.",
            host=host,
        )


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    values = fields.list_of(key)
    if not all(isinstance(value, str) for value in values):
        raise invalid(fields.name(key), "must be a list of texts")
    return tuple(values)
