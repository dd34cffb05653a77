"""How long a conversation takes to open, until it is painted: `python -m app.ui.measure.opening PLAN`."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.chat.pane import ChatPane
from app.ui.measure import plan, stage
from app.ui.measure.plan import Plan
from app.ui.measure.statistics import Stopwatch, summary


async def measure(plan: Plan, app: QApplication) -> dict[str, Any]:
    """Open a short and the long conversation, in turn."""
    async with stage.shown(app, plan.folder) as shown:
        times: dict[int, list[tuple[float, float]]] = {plan.twenty: [], plan.long: []}
        for _ in range(plan.rounds):
            for conversation, found in times.items():
                found.append(await _open(shown.pane, conversation))
        return {"twenty": summary(times[plan.twenty]), "long": summary(times[plan.long])}


async def _open(pane: ChatPane, conversation: int) -> tuple[float, float]:
    pane.session.begin()
    await stage.settle(pane)
    watch = Stopwatch()
    await pane.session.open(conversation)
    stage.paint()
    return watch.read()


if __name__ == "__main__":
    plan.report(stage.perform(partial(measure, plan.read())))
