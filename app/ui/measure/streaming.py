"""How long a streamed answer blocks the event loop: `python -m app.ui.measure.streaming PLAN`."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.chat.pane import ChatPane
from app.ui.measure import plan, stage
from app.ui.measure.plan import Plan
from app.ui.measure.probe import LoopProbe


async def measure(plan: Plan, app: QApplication) -> dict[str, Any]:
    """Ask in each conversation; the answer comes as events over the worker's pipe."""
    async with stage.shown(app, plan.folder, plan.tokens) as shown:
        return {
            "ten": await _stream(shown.pane, plan.ten),
            "long": await _stream(shown.pane, plan.long),
        }


async def _stream(pane: ChatPane, conversation: int) -> dict[str, float]:
    await pane.session.open(conversation)
    await stage.settle(pane)
    with LoopProbe() as probe:
        await pane.session.send("How is a list sorted?")
    return probe.figures()


if __name__ == "__main__":
    plan.report(stage.perform(partial(measure, plan.read())))
