"""Lists that change only what differs, work that is asked for too often, and the order of the Tab key."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.renewal import Renewal
from app.ui.row_list import RowList, in_turns
from app.ui.tab_order import TabOrder, stops_of
from app.ui.tasks import Tasks

LISTS = st.lists(st.lists(st.sampled_from("abcdefg"), unique=True), min_size=1, max_size=6)


class Rows:
    """A list of labels on a widget, and what was made for it."""

    def __init__(self) -> None:
        self.root = QWidget()
        self.made: list[str] = []
        self.list = RowList[tuple[str, int], QLabel](
            self._make, 0, key=lambda item: item[0], fits=lambda row, item: row.text() == f"{item}"
        )
        QVBoxLayout(self.root).addLayout(self.list.layout)

    def _make(self, item: tuple[str, int]) -> QLabel:
        self.made.append(item[0])
        return QLabel(f"{item}")

    def shown(self) -> list[str]:
        """The texts, as they lie under each other."""
        layout = self.list.layout
        labels = [layout.itemAt(place).widget() for place in range(layout.count())]
        return [label.text() for label in labels if isinstance(label, QLabel)]

    def close(self) -> None:
        self.root.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@given(lists=LISTS)
def test_a_list_shows_what_it_is_told_and_makes_what_is_new(qapp: object, lists: list[list[str]]) -> None:
    rows, before = Rows(), set[str]()
    for names in lists:
        rows.made.clear()
        rows.list.show([(name, 0) for name in names])
        assert rows.shown() == [f"{(name, 0)}" for name in names]
        assert [row.text() for row in rows.list.rows] == rows.shown()
        assert sorted(rows.made) == sorted(set(names) - before)
        before = set(names)
    rows.close()


def test_a_row_that_does_not_fit_any_more_is_made_anew(qapp: object) -> None:
    rows = Rows()
    rows.list.show([("a", 0), ("b", 0), ("c", 0)])
    kept = rows.list.get("a")
    rows.list.show([("a", 0), ("b", 1), ("c", 0)])
    assert rows.made == ["a", "b", "c", "b"]
    assert rows.shown() == ["('a', 0)", "('b', 1)", "('c', 0)"]
    assert rows.list.get("a") is kept
    rows.close()


async def test_a_later_list_takes_the_place_of_one_that_is_being_made(qapp: object) -> None:
    rows = Rows()

    async def show(names: str) -> None:
        async for _ in in_turns(rows.list.steps((name, 0) for name in names)):
            await asyncio.sleep(0)

    await asyncio.gather(show("abcdef"), show("xby"))
    assert rows.shown() == [f"{(name, 0)}" for name in "xby"]
    rows.close()


async def test_work_that_is_asked_for_too_often_is_done_once_more_at_the_end() -> None:
    begun = 0

    async def work() -> None:
        nonlocal begun
        begun += 1
        await asyncio.sleep(0.01)

    renewal = Renewal(Tasks(), work)
    first = renewal.ask()
    await asyncio.sleep(0)
    assert all(renewal.ask() is first for _ in range(10))
    await first
    assert begun == 2
    await renewal.ask()
    assert begun == 3


@given(lists=LISTS)
def test_the_tab_key_goes_from_top_to_bottom(qapp: object, lists: list[list[str]]) -> None:
    """Whatever was there before, and also where a row has nothing to stop at."""
    root = QWidget()
    view = QPushButton("view", root)
    order, known = TabOrder(view), dict[str, QWidget]()
    for names in lists:
        known.update({name: _row(name, root) for name in names if name not in known})
        order.keep([known[name] for name in names])
        wanted = [name + number for name in names if name != "d" for number in "12"]
        assert [text for text in _chain(view) if text in wanted] == wanted
    root.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _row(name: str, root: QWidget) -> QWidget:
    row = QWidget(root)
    if name != "d":
        for number in "12":
            QPushButton(name + number, row)
    return row


def _chain(first: QPushButton) -> list[str]:
    found, widget = list[str](), first.nextInFocusChain()
    while widget is not first:
        if isinstance(widget, QPushButton):
            found.append(widget.text())
        widget = widget.nextInFocusChain()
    return found


def test_only_what_the_tab_key_reaches_is_a_stop(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    QLabel("text", root)
    stop = QPushButton("stop", root)
    assert stops_of(root) == [stop]
