"""A child is replaced once it has answered everything; what stands beside does not hold it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

import pytest

from app.errors import Cancelled
from app.process.client import ProcessClient, Program
from app.process.messages import Request

_CHILD = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["method"] != "stand":
        print(json.dumps({"id": asked["id"], "event": "done", "data": {"name": sys.argv[1]}}), flush=True)
"""


class TwoNames(ProcessClient):
    """A client whose child has another name where a request wants it."""

    def _command(self, request: Request, running: Sequence[str] | None) -> Sequence[str]:
        wanted = request.params.get("name")
        if wanted is None and running is not None:
            return running
        return [*self._program.command, wanted or "first"]


@pytest.fixture
async def client():
    program = Program([sys.executable, "-c", _CHILD], "child", standing={"stand"})
    async with TwoNames(program) as client:
        yield client


async def test_what_stands_does_not_keep_a_child_from_being_replaced(client):
    async def stand() -> None:
        async with client.request("stand") as stream:
            async for _ in stream:
                pass

    standing = asyncio.create_task(stand())
    assert (await client.call("ask"))["name"] == "first"
    async with asyncio.timeout(10):
        assert (await client.call("ask", {"name": "second"}))["name"] == "second"
    with pytest.raises(Cancelled):
        await standing
