"""Waiting for a dialog."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QDialog


async def asked(dialog: QDialog) -> int:
    """Open a dialog and wait until it is closed; gives its result."""
    closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finish(result: int) -> None:
        if not closed.done():
            closed.set_result(result)

    dialog.finished.connect(finish)
    dialog.open()
    return await closed
