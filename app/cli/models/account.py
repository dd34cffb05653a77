"""`indoors models sign-in` and `sign-out`: the hub's access token, kept in the system's keyring."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys

from app.cli.terminal import Terminal
from app.download.client import DownloadClient
from app.errors import UsageError
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Sign in or out."""
    token = _token() if options.action == "sign-in" else ""
    name = asyncio.run(_run(token, options, places))
    if options.json:
        terminal.data({"account": name or None})
    else:
        terminal.line(f"Signed in as {name}." if name else "Signed out; the token was deleted.")
    return 0


def _token() -> str:
    """Typed unseen, or the first line of standard input: never an argument, which others could read."""
    token = getpass.getpass("Access token: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not token.strip():
        raise UsageError("No access token was given.", "Type it, or pipe it in.")
    return token.strip()


async def _run(token: str, options: argparse.Namespace, places: Paths) -> str:
    async with DownloadClient(places.home, debug=options.debug) as client:
        if token:
            return await client.sign_in(token)
        await client.sign_out()
        return ""
