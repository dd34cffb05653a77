"""The conversation on the screen: few widgets, steady places, following, finding, selecting."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.history.items import Item, user_item
from app.history.records import Answer, Message, Role, Status
from app.ui.chat.actions import Actions
from app.ui.chat.code_row import CodeRow, CodeWidget
from app.ui.chat.drawing import Drawing
from app.ui.chat.find import Finder
from app.ui.chat.heights import Heights
from app.ui.chat.notice_row import NoticeRow
from app.ui.chat.prose_row import ProseRow
from app.ui.chat.selection import Selection
from app.ui.chat.thinking_row import ThinkingRow
from app.ui.chat.turn import Turn
from app.ui.chat.view import ConversationView
from app.ui.markdown.maths import Maths
from app.ui.preferences import Preferences
from app.ui.theme import Theme

HOSTILE = {
    "markup": '<script>alert("q")</script><img src="http://q.example/x.png"><h1>q</h1><iframe src=q>',
    "links": "[q](file:///etc/passwd) [q](<\\\\\\\\server\\q>) [q](javascript:q) ![q](//q.example/x.png)",
    "quotes": ">" * 10_000 + " q",
    "line": "q" * 1_000_000,
    "codes": "\x1b[31mq\x1b[0m\x07\x1b]0;q\x07",
    "directions": "\u202eq\u202c \u2066q\u2069",
}
_PARAGRAPH = "The quick brown fox jumps over the lazy dog and **runs** away from `code`.\n\n"


class Scene:
    """A view, and what was done with its turns."""

    def __init__(self, theme: Theme, maths: Maths) -> None:
        self.done: list[tuple[str, tuple[object, ...]]] = []
        self.drawing = Drawing.make(theme, maths)
        self.view = ConversationView(self.drawing)
        self._ids = itertools.count(1)

    def note(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.done.append((name, arguments))

    def turn(self, role: Role, items: list[Item], status: Status = Status.COMPLETE) -> Turn:
        number = next(self._ids)
        message = Message(number, 1, None, role, status, items, 0.0, Answer())
        names = ("copy", "save_code", "open_link", "regenerate", "edit", "step", "go_on", "retry", "show_raw")
        actions = Actions(**{name: self.note(name) for name in names})
        return Turn(message, self.drawing, actions, self.view.touch_now)

    def said(self, text: str) -> Turn:
        return self.turn(Role.USER, [user_item(text)])

    def answered(self, text: str, status: Status = Status.COMPLETE) -> Turn:
        return self.turn(Role.ASSISTANT, [_answer(text)], status)

    def conversation(self, turns: int) -> list[Turn]:
        return [
            self.said(f"Question {number}") if number % 2 == 0 else self.answered(_PARAGRAPH * 8)
            for number in range(turns)
        ]

    def streaming(self) -> Turn:
        turn = self.turn(Role.ASSISTANT, [], Status.STREAMING)
        self.view.replace_from(len(self.view.turns), [turn])
        self.view.jump_to_newest()
        return turn


def _answer(text: str) -> Item:
    content = [{"type": "output_text", "text": text}]
    return {"type": "message", "role": "assistant", "phase": "final_answer", "content": content}


@pytest.fixture
def scene(theme: Theme, qtbot: QtBot) -> Iterator[Scene]:
    maths = Maths()
    scene = Scene(theme, maths)
    qtbot.addWidget(scene.view)
    scene.view.resize(800, 600)
    scene.view.show()
    yield scene
    maths.close()
    maths.deleteLater()


def test_two_thousand_turns_have_as_few_widgets_as_twenty(scene: Scene) -> None:
    counts = []
    for turns in (20, 2000):
        scene.view.set_turns(scene.conversation(turns))
        counts.append(len(scene.view.shown))
        assert sum(turn.built for turn in scene.view.turns) < 20
    assert counts[1] <= counts[0] + 2


def test_every_turn_can_be_scrolled_to(scene: Scene) -> None:
    scene.view.set_turns(scene.conversation(60))
    bar = scene.view.verticalScrollBar()
    seen = set()
    for value in range(bar.maximum(), -1, -200):
        bar.setValue(value)
        seen |= {scene.view.place_of(row).turn for row in scene.view.shown}
    scene.view.show_row(0, 0)
    seen |= {scene.view.place_of(row).turn for row in scene.view.shown}
    assert seen == set(range(60))


def test_rows_do_not_overlap(scene: Scene) -> None:
    scene.view.set_turns(scene.conversation(30))
    scene.view.show_row(11, 2)
    areas = sorted((widget.geometry() for widget in scene.view.shown.values()), key=lambda area: area.top())
    assert all(above.bottom() < below.top() for above, below in itertools.pairwise(areas))


def test_it_follows_until_the_user_scrolls_up(scene: Scene) -> None:
    scene.view.set_turns(scene.conversation(6))
    turn = scene.streaming()
    turn.begin_item({"type": "message"})
    turn.extend_item(_PARAGRAPH * 20)
    scene.view.touch_now(turn)
    bar = scene.view.verticalScrollBar()
    assert scene.view.following
    assert bar.value() == bar.maximum()
    bar.setValue(bar.value() - 300)
    assert not scene.view.following
    top = next(place for row in scene.view.shown if (place := scene.view.place_of(row)) and place.bottom > 0)
    turn.extend_item(_PARAGRAPH * 20)
    scene.view.touch_now(turn)
    assert scene.view.place_of(top.row).y == top.y
    assert scene.view._jump.button.isVisible()
    scene.view._jump.button.click()
    assert scene.view.following
    assert bar.value() == bar.maximum()


def test_appended_text_is_drawn_by_one_repaint(scene: Scene, qtbot: QtBot) -> None:
    turn = scene.streaming()
    turn.begin_item({"type": "message"})
    layouts = []
    scene.view.laid_out.connect(lambda: layouts.append(1))
    for _ in range(50):
        turn.extend_item("word ")
        scene.view.touch(turn)
    qtbot.waitUntil(lambda: bool(layouts))
    assert len(layouts) == 1
    (row,) = [row for row in turn.rows if isinstance(row, ProseRow)]
    assert row.caret
    assert row.plain_text().count("word") == 50


def test_settled_blocks_keep_their_rows(scene: Scene) -> None:
    turn = scene.streaming()
    turn.begin_item({"type": "message"})
    turn.extend_item("one\n\ntwo\n\nthr")
    scene.view.touch_now(turn)
    before = turn.rows[:2]
    turn.extend_item("ee\n\nfour")
    scene.view.touch_now(turn)
    assert turn.rows[:2] == before
    assert len(turn.rows) == 4


def test_thinking_is_open_while_it_goes_on_and_closed_after(scene: Scene) -> None:
    turn = scene.streaming()
    turn.begin_item({"type": "reasoning"})
    turn.extend_item("hm\n" * 40)
    scene.view.touch_now(turn)
    (row,) = [row for row in turn.rows if isinstance(row, ThinkingRow)]
    widget = scene.view.shown[row]
    assert widget._button.text().strip() == "Thinking…"
    assert widget._body.isVisible()
    bar = widget._body.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    turn.end_item(3.24)
    turn.begin_item({"type": "message"})
    turn.extend_item("so")
    scene.view.touch_now(turn)
    assert widget._button.text().strip() == "Thought for 3.2 s"
    assert not widget._body.isVisible()


def test_thinking_that_the_user_opened_stays_open(scene: Scene) -> None:
    turn = scene.streaming()
    turn.begin_item({"type": "reasoning"})
    turn.extend_item("hm")
    scene.view.touch_now(turn)
    (row,) = [row for row in turn.rows if isinstance(row, ThinkingRow)]
    widget = scene.view.shown[row]
    widget._button.click()
    assert not widget._body.isVisible()
    widget._button.click()
    turn.end_item(1.0)
    scene.view.touch_now(turn)
    assert widget._body.isVisible()


def test_commentary_and_calls_are_shown_as_such(scene: Scene) -> None:
    items = [
        {**_answer("looking"), "phase": "commentary"},
        {"type": "function_call", "name": "get\x1bweather", "arguments": '{"city":"Oslo"}', "call_id": "c"},
        _answer("done"),
    ]
    turn = scene.turn(Role.ASSISTANT, items)
    scene.view.set_turns([turn])
    kinds = [type(row).__name__ for row in turn.rows]
    assert kinds == ["LabelRow", "ProseRow", "CallRow", "ProseRow", "FooterRow"]


@pytest.mark.parametrize(
    ("status", "action"),
    [(Status.FAILED, "retry"), (Status.CANCELLED, "go_on"), (Status.INCOMPLETE, "go_on")],
)
def test_answers_that_ended_early_say_so_and_offer_a_way_on(
    scene: Scene, status: Status, action: str
) -> None:
    turn = scene.answered("part", status)
    scene.view.set_turns([turn])
    (row,) = [row for row in turn.rows if isinstance(row, NoticeRow)]
    scene.view.shown[row]._button.click()
    assert scene.done == [(action, (turn.message.id,))]


def test_code_can_be_copied_and_saved(scene: Scene) -> None:
    turn = scene.answered("```python\nx = 1\n```")
    scene.view.set_turns([turn])
    (row,) = [row for row in turn.rows if isinstance(row, CodeRow)]
    widget = scene.view.shown[row]
    assert isinstance(widget, CodeWidget)
    row.copy()
    row.save()
    assert scene.done == [("copy", ("x = 1",)), ("save_code", ("x = 1", "python"))]


def test_long_code_is_put_in_bit_by_bit_and_all_of_it_coloured(scene: Scene, qtbot: QtBot) -> None:
    code = "value = 'text'  # and so on\n" * 4_000
    scene.view.set_turns([scene.answered(f"```python\n{code}```\n")])
    turn = scene.view.turns[0]
    qtbot.waitUntil(lambda: not turn.behind)
    (row,) = [row for row in turn.rows if isinstance(row, CodeRow)]
    widget = scene.view.shown[row]
    assert isinstance(widget, CodeWidget)
    qtbot.waitUntil(lambda: not widget._slices.isActive(), timeout=60_000)
    assert widget._code.toPlainText() == code.removesuffix("\n")
    document = widget._code.document()
    for line in (0, document.blockCount() // 2, document.blockCount() - 1):
        assert len(document.findBlockByNumber(line).layout().formats()) >= 2


async def test_a_word_at_the_end_of_long_code_is_marked_at_once(scene: Scene, theme: Theme) -> None:
    code = "value = 1\n" * 30_000
    scene.view.set_turns([scene.answered(f"```python\n{code}needle\n```\n")])
    finder = Finder(scene.view, theme)
    await finder.search("needle")
    (hit,) = finder.hits
    widget = scene.view.shown[hit.row]
    assert isinstance(widget, CodeWidget)
    (mark,) = widget._code.extraSelections()
    assert mark.cursor.selectedText() == "needle"


def test_selection_goes_across_turns(scene: Scene) -> None:
    turns = [scene.said("first words"), scene.answered("second words\n\nthird words")]
    scene.view.set_turns(turns)
    selection = Selection(scene.view)
    scene.view.set_turns(turns)
    widgets = sorted(scene.view.shown.values(), key=lambda widget: widget.y())
    views = [widget.text_view for widget in widgets if widget.text_view is not None]
    start, end = views[0].viewport(), views[-1].viewport()
    QTest.mousePress(start, Qt.MouseButton.LeftButton, pos=QPoint(2, 8))
    selection._drag(end.mapToGlobal(QPoint(400, 10)))
    assert selection.spans
    assert selection.text() == "first words\n\nsecond words\n\nthird words"
    views[0].copy()
    assert QGuiApplication.clipboard().text() == selection.text()
    selection.clear()
    assert not selection.text()


def test_all_can_be_selected(scene: Scene) -> None:
    selection = Selection(scene.view)
    scene.view.set_turns([scene.said("one"), scene.answered("two\n\n```\nthree\n```")])
    QTest.keyClick(scene.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(scene.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "one\n\ntwo\n\nthree"
    assert selection.spans


async def test_words_are_found_wherever_they_are(scene: Scene, theme: Theme) -> None:
    finder = Finder(scene.view, theme)
    turns = scene.conversation(400)
    turns[37] = scene.answered("a *needle* in NEEDLES\n\n```\nneedle\n```")
    turns[200] = scene.said("needle \U0001f600 needle")
    scene.view.set_turns(turns)
    await finder.search("needle")
    assert [hit.turn for hit in finder.hits] == [37, 37, 37, 200, 200]
    assert (finder.hits[4].start, finder.hits[4].end) == (10, 16)
    finder.step(1)
    places = [scene.view.place_of(row) for row in scene.view.shown]  # none where a row has but the focus
    shown = {place.turn for place in places if place}
    assert 200 in shown or 37 in shown
    await finder.search("(no such")
    assert not finder.hits


def test_theme_change_redraws(scene: Scene, preferences: Preferences, theme: Theme) -> None:
    scene.view.set_turns(scene.conversation(4))
    before = set(scene.view.shown.values())
    preferences.set("theme", "dark")
    assert before.isdisjoint(scene.view.shown.values())


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\u200d\U0001f680" * 30_000,
        "x" * 1_000_000,
        "שלום عالم " * 5_000,
        "\n" * 50_000,
        "\u202e\x1b[0m",
    ],
)
def test_long_and_strange_messages_are_shown_whole_and_with_few_widgets(scene: Scene, text: str) -> None:
    turn = scene.said(text)
    scene.view.set_turns([turn])
    assert len(scene.view.shown) < 40
    assert sum(len(row.block.source) for row in turn.rows if hasattr(row, "block")) >= len(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_changes_nothing_but_the_text(scene: Scene, qtbot: QtBot, name: str) -> None:
    turn = scene.answered(HOSTILE[name])
    scene.view.set_turns([scene.said("Question"), turn, scene.answered("After it.")])
    qtbot.waitUntil(lambda: not turn.behind, timeout=60_000)
    assert HOSTILE[name].count("q") <= turn.markdown().count("q")
    assert scene.done == []
    assert not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]
    assert scene.view.turns[-1].plain_text() == "After it."
    texts = "".join(row.plain_text() for row in turn.rows)
    assert not {"\x1b", "\u202e", "\u2066"} & set(texts)


def test_heights_sum_and_find() -> None:
    heights = Heights([10.0, 20.0, 30.0, 40.0])
    heights.set(1, 5.0)
    assert [heights.above(index) for index in range(5)] == [0, 10, 15, 45, 85]
    assert [heights.at(y) for y in (-5, 0, 9.9, 10, 14, 15, 84, 500)] == [0, 0, 0, 1, 1, 2, 3, 3]
