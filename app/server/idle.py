"""Lets a model go that requests brought and nobody asks any more."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from app.errors import IndoorsError
from app.server.live import Live
from app.server.service import Service
from app.worker.protocol import Method


async def unload_when_idle(service: Service) -> None:
    """Look now and then, for ever."""
    keep_alive = service.options.keep_alive
    while True:
        await asyncio.sleep(keep_alive / 4)
        if time.monotonic() - service.used_at >= keep_alive and service.jobs.holds_idle_model():
            with suppress(IndoorsError):
                await Live(service.jobs, Method.UNLOAD, {}).result()
