"""A child process that does one thing and prints the result."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from typing import Any


async def output_of(command: Sequence[str], patience_s: float) -> bytes:
    """What a command prints to standard output; the child is ended when we stop waiting.

    Args:
        command: its command line.
        patience_s: how long it may take.

    Raises:
        OSError: it cannot be started.
        TimeoutError: it takes longer.
    """
    child = await asyncio.create_subprocess_exec(
        *command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **_hidden()
    )
    try:
        async with asyncio.timeout(patience_s):
            output, _ = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return output


def _hidden() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {}
