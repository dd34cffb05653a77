"""The store of responses in a thread of its own: no disk keeps the server's loop waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from app.errors import HttpRefusal
from app.server.stored import ResponseStore, StoredResponse

_Result = TypeVar("_Result")


class Shelf:
    """Stored responses, for the server's loop.

    Args:
        path: the store's file; None for one in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "responses")
        self._store: ResponseStore | None = None

    async def put(self, stored: StoredResponse, events: Sequence[Mapping[str, Any]] = ()) -> None:
        """Keep a response; it is on disk when this returns.

        Args:
            stored: the response.
            events: what was told of it.

        Raises:
            StorageError: the disk refused.
        """
        await self._do(lambda store: store.put(stored, events))

    async def get(self, response_id: str) -> StoredResponse:
        """The response of that id.

        Raises:
            HttpRefusal: there is none.
        """
        found = await self._do(lambda store: store.get(response_id))
        if found is None:
            raise not_found(response_id)
        return found

    async def events(self, response_id: str) -> Sequence[Mapping[str, Any]]:
        """What was told of the response of that id.

        Raises:
            HttpRefusal: there is none, or it was never told as events.
        """
        found = await self._do(lambda store: store.events(response_id))
        if not found:
            await self.get(response_id)
            raise HttpRefusal(
                "The events of the response {id} were not kept.",
                "Read it without `stream`.",
                kind="response_not_streamable",
                param="stream",
                id=repr(response_id[:100]),
            )
        return found

    async def chain(self, response_id: str) -> list[StoredResponse]:
        """A response and all before it, the oldest first.

        Raises:
            HttpRefusal: one of them is not there.
        """
        found = await self._do(lambda store: store.chain(response_id))
        if found is None:
            raise HttpRefusal(
                "The response {id} is not stored, or one before it is not any more.",
                "Send the whole conversation as input.",
                status=404,
                kind="previous_response_not_found",
                param="previous_response_id",
                id=repr(response_id[:100]),
            )
        return found

    async def delete(self, response_id: str) -> None:
        """Forget a response.

        Raises:
            HttpRefusal: there is none.
        """
        if not await self._do(lambda store: store.delete(response_id)):
            raise not_found(response_id)

    def close(self) -> None:
        """Finish what is being written, and give the file back."""
        self._thread.submit(self._close)
        self._thread.shutdown()

    async def _do(self, work: Callable[[ResponseStore], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(self._opened()))

    def _opened(self) -> ResponseStore:
        if self._store is None:
            self._store = ResponseStore(self._path)
        return self._store

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()


def not_found(response_id: str) -> HttpRefusal:
    """The refusal of an id that nothing is known of."""
    return HttpRefusal(
        "There is no response {id}.",
        "It was not stored, or was deleted.",
        status=404,
        kind="response_not_found",
        id=repr(response_id[:100]),
    )
