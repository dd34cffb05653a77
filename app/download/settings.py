"""The network's settings, from the settings file."""

from __future__ import annotations

from typing import Protocol

from app.download.protocol import NetworkSettings
from app.settings import Value

_KILOBYTE = 1000


class Values(Protocol):
    """The settings in force."""

    def get(self, name: str) -> Value:
        """Of any type."""

    def text(self, name: str) -> str:
        """A text."""

    def number(self, name: str) -> int:
        """A whole number."""


def network_settings(values: Values) -> NetworkSettings:
    """What the settings say of the network."""
    return NetworkSettings(
        endpoint=values.text("hub-endpoint"),
        proxy=values.text("proxy"),
        ca_bundle=values.text("ca-bundle"),
        limit_bytes_per_s=values.number("download-limit") * _KILOBYTE,
        parallel=values.number("parallel-downloads"),
        offline=bool(values.get("offline")),
    )
