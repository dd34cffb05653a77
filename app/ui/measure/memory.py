"""Memory of the window's process with the long conversation open: `python -m app.ui.measure.memory PLAN`."""

from __future__ import annotations

from functools import partial
from typing import Any

import psutil
from PySide6.QtWidgets import QApplication

from app.ui.measure import plan, stage
from app.ui.measure.plan import Plan


async def measure(plan: Plan, app: QApplication) -> dict[str, Any]:
    """Open the long conversation and look."""
    async with stage.shown(app, plan.folder) as shown:
        await shown.pane.session.open(plan.long)
        await stage.settle(shown.pane)
        return {"resident_bytes": psutil.Process().memory_info().rss}


if __name__ == "__main__":
    plan.report(stage.perform(partial(measure, plan.read())))
