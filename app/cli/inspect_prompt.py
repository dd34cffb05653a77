"""`indoors inspect prompt`: the exact text and token ids a request becomes."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli.terminal import Terminal
from app.cli.work import open_session
from app.errors import UsageError, from_os_error
from app.paths import Paths

_EXAMPLE = 'Example: {"input": "Hello"}.'


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Render the request with the model's own template and print both as JSON."""
    body = _request(options.request)
    terminal.data(asyncio.run(_render(options, places, terminal, body)))
    return 0


async def _render(
    options: argparse.Namespace, places: Paths, terminal: Terminal, body: dict[str, Any]
) -> Mapping[str, Any]:
    async with open_session(options, places, terminal) as session:
        return await session.call("render", body)


def _request(argument: str) -> dict[str, Any]:
    try:
        raw = sys.stdin.buffer.read() if argument == "-" else Path(argument).expanduser().read_bytes()
        body = json.loads(raw)
    except OSError as error:
        raise from_os_error(error, "reading the request") from error
    except ValueError as error:
        raise UsageError(f"The request is not valid JSON: {error}.", _EXAMPLE) from error
    if not isinstance(body, dict):
        raise UsageError("The request is not a JSON object.", _EXAMPLE)
    return body
