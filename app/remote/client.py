"""The window's side of the remote process.

Light: no network module is imported here; connections are the child's. Works on any asyncio loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app import paths
from app.process.client import ProcessClient, Program, common_options
from app.remote.protocol import Method

_URGENT = frozenset(Method) - {Method.RESPOND}


class RemoteClient(ProcessClient):
    """Asks a remote process, which it starts when needed and starts again when it died.

    Args:
        home: passed on (`--home`); None for the default.
        debug: let it log everything.
        command: how to start it; None for this same program.
    """

    def __init__(
        self, home: Path | None = None, *, debug: bool = False, command: Sequence[str] | None = None
    ) -> None:
        line = [*(command or paths.command("remote")), *common_options(home, debug=debug)]
        super().__init__(Program(line, "remote", urgent=_URGENT))

    async def models(self, url: str, key: str | None = None) -> tuple[str, ...]:
        """Ids of the models at an endpoint.

        Args:
            url: its base address.
            key: to ask with; None for the one that is kept.

        Raises:
            NetworkError: it does not answer, or refuses.
        """
        data = await self.call(Method.MODELS, {"url": url, "key": key})
        return tuple(map(str, data["models"]))

    async def keep_key(self, url: str, key: str) -> None:
        """Keep an endpoint's key in the system's keyring.

        Raises:
            AccessDenied: there is none, or it is locked.
        """
        await self.call(Method.KEEP_KEY, {"url": url, "key": key})

    async def forget_key(self, url: str) -> None:
        """Delete an endpoint's key from the keyring, if there is one.

        Raises:
            AccessDenied: the keyring is locked.
        """
        await self.call(Method.FORGET_KEY, {"url": url})
