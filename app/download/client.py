"""The window's and the command line's side of the downloader.

Light: no network module is imported here; connections are the child's. Works on any asyncio loop.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app import paths
from app.download.plain import from_json, to_json
from app.download.protocol import (
    DOWNLOADS,
    Account,
    Download,
    Found,
    Latest,
    Method,
    NetworkSettings,
    Order,
    Reference,
    Resolution,
)
from app.process.client import ProcessClient, Program, common_options

_URGENT = frozenset(Method) - {Method.WATCH}
_ENVIRONMENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
}


class DownloadClient(ProcessClient):
    """Asks a downloader process, which it starts when needed and starts again when it died.

    Every method may raise what the downloader answers: Offline, Unreachable, RefusedByHost and the other
    errors of the tree; and WorkerDied when the process ended first. Several copies of the program may each
    have one: a download is worked on by one of them, and listed and steered from all.

    Args:
        home: passed on (`--home`); None for the default.
        debug: let the downloader log everything; the lines come out through `logging`, level DEBUG.
        resume: go on with the downloads that were cut off when a downloader last ended. A window wants that.
        command: how to start it; None for this same program.
    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        debug: bool = False,
        resume: bool = False,
        command: Sequence[str] | None = None,
    ) -> None:
        line = [*(command or paths.command("downloader")), *common_options(home, debug=debug)]
        line += ["--resume"] if resume else []
        super().__init__(Program(line, "downloader", _ENVIRONMENT, _URGENT))

    async def search(self, text: str, limit: int = 20) -> tuple[Found, ...]:
        """ONNX models for text generation on the hub that match the text, most fetched first."""
        data = await self.call(Method.SEARCH, {"text": text, "limit": limit})
        return tuple(from_json(Found, item) for item in data["results"])

    async def resolve(self, reference: Reference) -> Resolution:
        """What a reference stands for now: files, sizes, licence, its revision pinned."""
        return from_json(Resolution, await self.call(Method.RESOLVE, {"reference": to_json(reference)}))

    async def latest(self, reference: Reference) -> Latest:
        """The newest revision of what the reference names, and whether it is another one."""
        return from_json(Latest, await self.call(Method.LATEST, {"reference": to_json(reference)}))

    async def add(self, order: Order) -> str:
        """Put a download into the queue; gives its key. The same order again gives the same key.

        Raises:
            UsageError: a model of this id is installed, or the id cannot be a folder's name.
        """
        return str((await self.call(Method.ADD, to_json(order)))["download"])

    async def pause(self, key: str) -> None:
        """Stop until `resume`; nothing is lost."""
        await self.call(Method.PAUSE, {"download": key})

    async def resume(self, key: str) -> None:
        """Go on."""
        await self.call(Method.RESUME, {"download": key})

    async def retry(self, key: str) -> None:
        """Go on after a failure; what is there already is kept."""
        await self.call(Method.RETRY, {"download": key})

    async def cancel(self, key: str) -> None:
        """Give up, and delete what was fetched."""
        await self.call(Method.CANCEL_DOWNLOAD, {"download": key})

    async def forget(self, key: str) -> None:
        """Take an ended download off the list, and what is left of it off the disk."""
        await self.call(Method.FORGET, {"download": key})

    async def list(self) -> tuple[Download, ...]:
        """Every download, in the order of the queue."""
        return _downloads(await self.call(Method.LIST))

    async def watch(self) -> AsyncIterator[tuple[Download, ...]]:
        """Every download whenever one changed, at most five times a second; at once for the first time."""
        async with self.request(Method.WATCH) as stream:
            async for event in stream:
                if event.name == DOWNLOADS:
                    yield _downloads(event.data)

    async def configure(self, settings: NetworkSettings) -> None:
        """Use the network so from now on. Not needed at the start: a downloader reads the settings file."""
        await self.call(Method.CONFIGURE, to_json(settings))

    async def hub_host(self) -> str:
        """Who is asked when the hub is searched; nobody is asked for this."""
        return str((await self.call(Method.HUB))["host"])

    async def account(self) -> str:
        """Who is signed in at the hub; empty: nobody."""
        return from_json(Account, await self.call(Method.ACCOUNT)).name

    async def sign_in(self, token: str) -> str:
        """Check an access token and keep it in the system's keyring; gives the account's name."""
        return from_json(Account, await self.call(Method.SIGN_IN, {"token": token})).name

    async def install_runtime(self, name: str, platform: str = "") -> str:
        """Fetch a runtime and install it in its folder; gives its version.

        Args:
            name: of the runtime.
            platform: a tag of pip's for another system; empty for this one.

        Raises:
            UsageError: there is none such, or none for the system.
            NetworkError, ModelError, StorageError: it could not be installed; what was there is still there.
        """
        params = {"runtime": name, "platform": platform}
        return str((await self.call(Method.INSTALL_RUNTIME, params))["version"])

    async def sign_out(self) -> None:
        """Delete the access token from the keyring."""
        await self.call(Method.SIGN_OUT)


def _downloads(data: Mapping[str, Any]) -> tuple[Download, ...]:
    return tuple(from_json(Download, item) for item in data["downloads"])
