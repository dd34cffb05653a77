"""What one more token costs in a short and a long conversation: `python -m app.ui.measure.append PLAN`."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication

from app.history.background import BackgroundHistory
from app.history.records import Answer
from app.ui.chat.pane import ChatPane
from app.ui.measure import plan, prepared, stage
from app.ui.measure.plan import Plan
from app.ui.measure.statistics import Stopwatch, summary


async def measure(plan: Plan, app: QApplication) -> dict[str, Any]:
    """Append tokens to an answer at the end of each conversation, in turn; each is laid out and painted."""
    async with stage.shown(app, plan.folder) as shown:
        costs: dict[int, list[tuple[float, float]]] = {plan.ten: [], plan.long: []}
        for _ in range(plan.rounds):
            for conversation, found in costs.items():
                await _begin_answer(shown.background, conversation)
                await shown.pane.session.open(conversation)
                await stage.settle(shown.pane)
                found += _append(shown.pane, plan.tokens)
        return {"ten": summary(costs[plan.ten]), "long": summary(costs[plan.long])}


async def _begin_answer(background: BackgroundHistory, conversation: int) -> None:
    messages = background.history.messages
    branch = await background.run(messages.branch, conversation)
    await background.run(messages.begin_answer, conversation, branch[-1].id, Answer("guide"))


def _append(pane: ChatPane, count: int) -> list[tuple[float, float]]:
    turn = pane.view.turns[-1]
    turn.begin_item({"type": "message", "role": "assistant", "content": []})
    found = []
    for piece in prepared.pieces(prepared.ANSWER, count):
        watch = Stopwatch()
        turn.extend_item(piece)
        pane.view.touch_now(turn)
        stage.paint()
        found.append(watch.read())
    return found


if __name__ == "__main__":
    plan.report(stage.perform(partial(measure, plan.read())))
