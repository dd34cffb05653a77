from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.history.records import ConversationSummary, Folder, Role, SearchHit
from app.ui.chat.sidebar import Sidebar
from app.ui.chat.sidebar.deleted_dialog import DeletedDialog
from app.ui.chat.sidebar.groups import groups_of
from app.ui.chat.sidebar.hit_delegate import _utf16_length
from app.ui.theme import Theme

TODAY = date(2026, 11, 23)


def line(number: int, title: str, days: int = 0, **more: Any) -> ConversationSummary:
    return ConversationSummary(
        number,
        title,
        more.get("pinned", False),
        more.get("folder"),
        0.0,
        0.0,
        TODAY - timedelta(days),
        more.get("draft", False),
    )


LINES = [
    line(1, "First"),
    line(2, "", draft=True),
    line(3, "Kept", 3, pinned=True),
    line(4, "Recipes", 1, folder=7),
    line(5, "Older", 5),
    line(6, "Last month", 25),
    line(8, "In May", 200),
    line(9, "Years ago", 800),
]
FOLDERS = [Folder(7, "Home"), Folder(8, "Empty")]

HITS = [
    SearchHit(1, "First", None, None, "First", ((0, 3),), True, 0.0),
    SearchHit(5, "Older", 50, Role.USER, "…the 😀 first one…", ((7, 12),), False, 0.0),
]


@pytest.fixture
def sidebar(theme: Theme, qtbot: QtBot) -> Iterator[Sidebar]:
    made = Sidebar(theme)
    qtbot.addWidget(made)
    made.resize(280, 600)
    made.show_conversations(LINES, FOLDERS, TODAY)
    made.show()
    made.activateWindow()
    yield made
    made.undo_bar.close_bar()


def spoken(sidebar: Sidebar) -> list[str]:
    items = sidebar.list.items
    role = Qt.ItemDataRole.AccessibleTextRole
    return [items.data(items.index(number), role) for number in range(items.rowCount())]


def focus(sidebar: Sidebar, conversation_id: int) -> None:
    sidebar.list.setFocus()
    sidebar.list.setCurrentIndex(sidebar.list.items.index_of(conversation_id))


def menu_of(sidebar: Sidebar, conversation_id: int) -> QMenu:
    index = sidebar.list.items.index_of(conversation_id)
    sidebar.list.setCurrentIndex(index)
    sidebar.list.menu_wanted.emit(index, QPoint())
    menu = sidebar.list.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
    assert isinstance(menu, QMenu)
    return menu


def entry(menu: QMenu, *path: str) -> QAction:
    for name in path:
        action = next(action for action in menu.actions() if action.text() == name)
        found = action.menu()
        if isinstance(found, QMenu):
            menu = found
    return action


def test_rows_are_grouped_and_spoken(sidebar: Sidebar) -> None:
    assert spoken(sidebar) == [
        "Pinned",
        "Kept, pinned",
        "Folder Home, unfolded",
        "Recipes",
        "Folder Empty, unfolded",
        "Today",
        "First",
        "New conversation, has a draft",
        "Previous 7 days",
        "Older",
        "Previous 30 days",
        "Last month",
        "May",
        "In May",
        "September 2024",
        "Years ago",
    ]


def test_a_conversation_of_a_lost_folder_is_listed_by_its_day() -> None:
    groups = groups_of([line(1, "x", folder=99), line(2, "tomorrow", -3)], [], TODAY)
    assert [(group.title, len(group.conversations)) for group in groups] == [("Today", 2)]


def test_a_click_opens(sidebar: Sidebar, qtbot: QtBot) -> None:
    place = sidebar.list.visualRect(sidebar.list.items.index_of(5)).center()
    with qtbot.waitSignal(sidebar.opened) as opened:
        QTest.mouseClick(sidebar.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [5]


def test_headings_are_passed_over_by_the_keyboard(sidebar: Sidebar, qtbot: QtBot) -> None:
    focus(sidebar, 2)
    QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(sidebar.opened) as opened:
        QTest.keyClick(sidebar.list, Qt.Key.Key_Return)
    assert opened.args == [5]


def test_every_control_is_reached_by_tab_and_has_a_name(sidebar: Sidebar) -> None:
    sidebar.undo_bar.offer(1, "First")
    sidebar.new.setFocus()
    names = []
    for _ in range(6):
        widget = QApplication.focusWidget()
        names.append(widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert names == [
        "New conversation",
        "Import conversations…",
        "Search conversations",
        "Conversations",
        "Undo",
        "Dismiss",
    ]


def test_the_list_gets_a_current_row_when_the_keyboard_enters_it(sidebar: Sidebar) -> None:
    sidebar.search.setFocus()
    QTest.keyClick(sidebar.search, Qt.Key.Key_Down)
    assert sidebar.list.hasFocus()
    assert sidebar.list.currentIndex() == sidebar.list.items.index_of(3)


def test_a_folder_folds_and_unfolds_by_enter(sidebar: Sidebar) -> None:
    sidebar.list.setFocus()
    sidebar.list.setCurrentIndex(sidebar.list.items.index(2))
    QTest.keyClick(sidebar.list, Qt.Key.Key_Return)
    assert "Folder Home, folded" in spoken(sidebar)
    assert "Recipes" not in spoken(sidebar)
    assert sidebar.list.currentIndex().row() == 2
    QTest.keyClick(sidebar.list, Qt.Key.Key_Space)
    assert "Recipes" in spoken(sidebar)


def rename(sidebar: Sidebar, qtbot: QtBot, text: str) -> None:
    QTest.keyClick(sidebar.list, Qt.Key.Key_F2)
    editor = sidebar.list.findChild(QLineEdit)
    assert editor is not None
    assert editor.accessibleName() == "Name"
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sidebar.list.findChild(QLineEdit) is None)


def test_rename_in_place(sidebar: Sidebar, qtbot: QtBot) -> None:
    heard: list[tuple[int, str]] = []
    sidebar.renamed.connect(lambda number, text: heard.append((number, text)))
    focus(sidebar, 1)
    rename(sidebar, qtbot, "  Better   name ")
    rename(sidebar, qtbot, "First")  # what it is called already
    assert heard == [(1, "Better name")]


def test_rename_a_folder_in_place(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.list.setFocus()
    sidebar.list.setCurrentIndex(sidebar.list.items.index(2))
    with qtbot.waitSignal(sidebar.folder_renamed) as renamed:
        rename(sidebar, qtbot, "House")
    assert renamed.args == [7, "House"]


def test_delete_and_undo(sidebar: Sidebar, qtbot: QtBot) -> None:
    focus(sidebar, 1)
    assert not sidebar.undo_bar.isVisible()
    with qtbot.waitSignal(sidebar.deleted) as deleted:
        QTest.keyClick(sidebar.list, Qt.Key.Key_Delete)
    assert deleted.args == [1]
    assert sidebar.undo_bar.isVisible()
    assert sidebar.undo_bar.accessibleName() == "“First” was deleted."
    with qtbot.waitSignal(sidebar.restored) as restored:
        sidebar.undo_bar.undo.click()
    assert restored.args == [1]
    assert not sidebar.undo_bar.isVisible()


def test_the_undo_bar_waits_while_the_keyboard_is_on_it(sidebar: Sidebar) -> None:
    sidebar.undo_bar.offer(1, "First")
    sidebar.undo_bar.undo.setFocus()
    sidebar.undo_bar._timer.timeout.emit()
    assert sidebar.undo_bar.isVisible()
    sidebar.search.setFocus()
    sidebar.undo_bar._timer.timeout.emit()
    assert not sidebar.undo_bar.isVisible()


def test_delete_while_typing_a_name_deletes_no_conversation(sidebar: Sidebar) -> None:
    heard: list[int] = []
    sidebar.deleted.connect(heard.append)
    focus(sidebar, 1)
    QTest.keyClick(sidebar.list, Qt.Key.Key_F2)
    QTest.keyClick(sidebar.list.findChild(QLineEdit), Qt.Key.Key_Delete)
    QTest.keyClick(sidebar.list, Qt.Key.Key_Delete)
    QTest.keyClick(sidebar.list.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert heard == []


def test_the_menu_pins_moves_and_exports(sidebar: Sidebar) -> None:
    heard: list[tuple[Any, ...]] = []
    for name in ("pinned", "moved", "exported", "deleted"):
        getattr(sidebar, name).connect(lambda *args, name=name: heard.append((name, *args)))
    entry(menu_of(sidebar, 1), "Pin").trigger()
    entry(menu_of(sidebar, 3), "Unpin").trigger()
    entry(menu_of(sidebar, 1), "Move to folder", "Home").trigger()
    entry(menu_of(sidebar, 4), "Move to folder", "No folder").trigger()
    entry(menu_of(sidebar, 1), "Export", "Web page (HTML)…").trigger()
    entry(menu_of(sidebar, 1), "Delete").trigger()
    assert heard == [
        ("pinned", 1, True),
        ("pinned", 3, False),
        ("moved", 1, 7),
        ("moved", 4, None),
        ("exported", 1, "html"),
        ("deleted", 1),
    ]
    assert entry(menu_of(sidebar, 4), "Move to folder", "Home").isChecked()


def test_the_menu_opens_by_key_and_by_its_mark(sidebar: Sidebar, qtbot: QtBot) -> None:
    focus(sidebar, 1)
    rect = sidebar.list.visualRect(sidebar.list.items.index_of(1))
    opened: list[int] = []
    sidebar.opened.connect(opened.append)
    with qtbot.waitSignal(sidebar.list.menu_wanted):
        QTest.mouseClick(
            sidebar.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(rect.right() - 4, rect.center().y()),
        )
    assert opened == []


def test_a_new_folder_is_named_first(sidebar: Sidebar, qtbot: QtBot) -> None:
    entry(menu_of(sidebar, 1), "Move to folder", "New folder…").trigger()
    dialog = sidebar.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue(" Letters ")
    with qtbot.waitSignal(sidebar.moved_to_new) as moved:
        dialog.accept()
    assert moved.args == [1, "Letters"]


def test_a_folder_is_dissolved(sidebar: Sidebar, qtbot: QtBot) -> None:
    index = sidebar.list.items.index(2)
    sidebar.list.menu_wanted.emit(index, QPoint())
    menu = sidebar.list.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
    with qtbot.waitSignal(sidebar.folder_dissolved) as dissolved:
        entry(menu, "Dissolve the folder, keep its conversations").trigger()
    assert dissolved.args == [7]


def test_search_shows_hits_and_opens_them(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.searched) as searched:
        QTest.keyClicks(sidebar.search, " first ")
    assert searched.args == ["first"]
    sidebar.show_hits("other words", HITS)
    assert sidebar.pages.currentWidget() is not sidebar.results
    sidebar.show_hits("first", HITS)
    assert sidebar.pages.currentWidget() is sidebar.results
    spoken_hits = [
        sidebar.hits.data(sidebar.hits.index(n), Qt.ItemDataRole.AccessibleTextRole) for n in (0, 1)
    ]
    assert spoken_hits == ["Title: First", "Older, another version: …the 😀 first one…"]
    QTest.keyClick(sidebar.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(sidebar.opened) as opened:
        QTest.keyClick(sidebar.results, Qt.Key.Key_Return)
    assert opened.args == [1]
    QTest.keyClick(sidebar.results, Qt.Key.Key_Down)
    with qtbot.waitSignal(sidebar.hit_opened) as hit:
        QTest.keyClick(sidebar.results, Qt.Key.Key_Return)
    assert hit.args == [5, 50]


def test_a_hit_is_as_high_as_its_excerpt(sidebar: Sidebar, qtbot: QtBot) -> None:
    (hit,) = (hit for hit in HITS if hit.message_id is not None)
    short = replace(hit, excerpt="one", ranges=())
    long = replace(hit, excerpt="many words " * 40, ranges=())
    with qtbot.waitSignal(sidebar.searched):
        sidebar.search.setText("words")
    sidebar.show_hits("words", [short, long, replace(hit, message_id=None)])
    two, three, one = (sidebar.results.sizeHintForRow(row) for row in range(3))
    assert one < two < three


def test_search_is_ended_by_escape(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.searched):
        sidebar.search.setText("nothing")
    sidebar.show_hits("nothing", [])
    assert sidebar.pages.currentWidget() not in {sidebar.list, sidebar.results}
    assert sidebar._nothing.text() == "Nothing holds these words."
    with qtbot.waitSignal(sidebar.searched) as searched:
        QTest.keyClick(sidebar.search, Qt.Key.Key_Escape)
    assert searched.args == [""]
    assert sidebar.pages.currentWidget() is sidebar.list


def test_an_empty_list_says_so(sidebar: Sidebar) -> None:
    sidebar.show_conversations([], [], TODAY)
    assert sidebar.pages.currentWidget() is sidebar._nothing
    assert sidebar._nothing.text()


def test_matches_are_marked_in_the_theme_colour(sidebar: Sidebar, theme: Theme) -> None:
    sidebar.search.setText("first")
    QTest.qWait(0)
    sidebar.show_hits("first", HITS)
    shot = sidebar.results.grab().toImage()
    assert has_colour(shot, theme.tokens.colours.hit)
    sidebar.hits.show([SearchHit(1, "First", None, None, "First", (), True, 0.0)])
    assert not has_colour(sidebar.results.grab().toImage(), theme.tokens.colours.hit)


def has_colour(image: QImage, name: str) -> bool:
    wanted = QColor(name).rgb()
    return any(image.pixel(x, y) == wanted for x in range(0, image.width(), 2) for y in range(0, 200, 4))


def test_ranges_are_told_to_qt_in_utf16() -> None:
    assert _utf16_length("…the 😀 ") == 8


def test_what_is_current_and_the_place_survive_a_new_list(sidebar: Sidebar) -> None:
    many = [line(number, f"Conversation {number}") for number in range(10, 400)]
    sidebar.show_conversations(many, [], TODAY)
    sidebar.set_current(300)
    place = sidebar.list.verticalScrollBar().value()
    assert place > 0
    sidebar.show_conversations([line(500, "new"), *many], [], TODAY)
    assert sidebar.list.currentIndex() == sidebar.list.items.index_of(300)
    sidebar.set_current(None)
    assert not sidebar.list.currentIndex().isValid()


def test_names_are_never_markup(sidebar: Sidebar) -> None:
    sidebar.show_conversations([line(1, "<b>bold</b> & co")], [Folder(3, "A & B")], TODAY)
    assert "<b>bold</b> & co" in spoken(sidebar)
    sidebar.undo_bar.offer(1, "<img src=x>")
    assert sidebar.undo_bar._text.textFormat() is Qt.TextFormat.PlainText
    assert entry(menu_of(sidebar, 1), "Move to folder", "A && B").text() == "A && B"


@pytest.mark.parametrize(
    ("dragged", "target", "told"),
    [(1, 4, [(1, 7)]), (4, 1, [(4, None)])],
    ids=["into a folder", "out of it"],
)
def test_a_conversation_is_dragged_onto_a_row(
    sidebar: Sidebar, dragged: int, target: int, told: list[tuple[int, int | None]]
) -> None:
    heard: list[tuple[int, int | None]] = []
    sidebar.moved.connect(lambda *moved: heard.append(moved))
    items = sidebar.list.items
    drop(sidebar, items.mimeData([items.index_of(dragged)]), items.index_of(target))
    assert heard == told
    assert [row for row in spoken(sidebar) if "None" in row] == []


def test_a_conversation_is_dragged_onto_a_folders_heading(sidebar: Sidebar) -> None:
    heard: list[tuple[int, int | None]] = []
    sidebar.moved.connect(lambda *moved: heard.append(moved))
    items = sidebar.list.items
    heading = next(items.index(n) for n in range(items.rowCount()) if items.index(n).data() == "Empty")
    drop(sidebar, items.mimeData([items.index_of(1)]), heading)
    assert heard == [(1, 8)]


def test_what_comes_from_elsewhere_cannot_be_dropped(sidebar: Sidebar) -> None:
    heard: list[object] = []
    sidebar.moved.connect(lambda *moved: heard.append(moved))
    foreign = QMimeData()
    foreign.setText("1")
    drop(sidebar, foreign, sidebar.list.items.index_of(4))
    assert heard == []


def drop(sidebar: Sidebar, data: QMimeData, target: QModelIndex) -> None:
    """Drop data on a row, as the system does: enter, move, let go."""
    copy, no_keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    place, left = sidebar.list.visualRect(target).center(), Qt.MouseButton.LeftButton
    viewport = sidebar.list.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(place, copy, data, left, no_keys))
    move = QDragMoveEvent(place, copy, data, left, no_keys)
    QApplication.sendEvent(viewport, move)
    if move.isAccepted():
        QApplication.sendEvent(viewport, QDropEvent(QPointF(place), copy, data, left, no_keys))
    else:
        QApplication.sendEvent(viewport, QDragLeaveEvent())


def test_what_was_deleted_is_listed_and_brought_back(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = DeletedDialog([line(1, "First"), line(2, "")], theme, parent)
    dialog.show()
    heard: list[int] = []
    dialog.restored.connect(heard.append)
    assert [dialog.list.item(n).text().split(" · ")[0] for n in range(2)] == ["First", "New conversation"]
    QTest.keyClick(dialog.restore, Qt.Key.Key_Space)
    QTest.keyClick(dialog.restore, Qt.Key.Key_Space)
    assert heard == [1, 2]
    assert not dialog.restore.isEnabled()
    assert dialog.restore.toolTip() == "Nothing was deleted lately."
    dialog.close()
