"""The network's settings, from the settings file."""

from __future__ import annotations

from app.download.protocol import NetworkSettings
from app.settings import Settings

_KILOBYTE = 1000


def network_settings(values: Settings) -> NetworkSettings:
    """What the settings say of the network."""
    return NetworkSettings(
        endpoint=values.text("hub-endpoint"),
        proxy=values.text("proxy"),
        ca_bundle=values.text("ca-bundle"),
        limit_bytes_per_s=values.number("download-limit") * _KILOBYTE,
        parallel=values.number("parallel-downloads"),
        offline=bool(values.get("offline")),
    )
