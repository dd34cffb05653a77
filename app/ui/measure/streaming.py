"""How long an answer blocks the event loop: `python -m app.ui.measure.streaming PLAN`."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.chat.pane import ChatPane
from app.ui.measure import plan, prepared, stage
from app.ui.measure.plan import Plan
from app.ui.measure.probe import LoopProbe

_TEXT, _TABLE = prepared.ANSWERS
_AFTER_SETTLING_S = 0.5


async def measure(plan: Plan, app: QApplication) -> dict[str, Any]:
    """Ask in each conversation, the answer coming as events over the worker's pipe; show much code."""
    async with stage.shown(app, plan.folder, plan.tokens) as shown:
        return {
            "ten": await _stream(shown.pane, plan.ten, _TEXT),
            "long": await _stream(shown.pane, plan.long, _TEXT),
            "table": await _stream(shown.pane, plan.ten, _TABLE),
            "code": await _open(shown.pane, plan.code),
        }


async def _stream(pane: ChatPane, conversation: int, question: str) -> dict[str, float]:
    await pane.session.open(conversation)
    await stage.settle(pane)
    with LoopProbe() as probe:
        await pane.session.send(question)
    return probe.figures()


async def _open(pane: ChatPane, conversation: int) -> dict[str, float]:
    with LoopProbe() as probe:
        await pane.session.open(conversation)
        await stage.settle(pane)
        await asyncio.sleep(_AFTER_SETTLING_S)  # the code is put in and coloured
    return probe.figures()


if __name__ == "__main__":
    plan.report(stage.perform(partial(measure, plan.read())))
