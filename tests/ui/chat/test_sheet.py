"""The side sheet: what is set there is stored with the conversation and sent with each request."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLabel

from app.history.records import Options, Preset
from app.ui.chat.sheet.fields import fields, with_value
from app.ui.chat.sheet.number_editor import NumberEditor
from app.ui.chat.sheet.stop_editor import stops_of
from tests.ui.chat.conftest import Chat


def editor(chat: Chat, name: str) -> NumberEditor:
    return next(one for one in chat.pane.sheet.numbers if one.field.name == name)


def test_every_value_goes_where_a_request_carries_it(qapp: object) -> None:
    for field in fields():
        sampling = with_value({"truncation": "auto"}, field, field.start)
        assert field.read(sampling) == field.start
        assert sampling["truncation"] == "auto"
        assert with_value(sampling, field, None) == {"truncation": "auto"}


async def test_the_sheet_opens_and_closes(chat: Chat) -> None:
    pane = chat.pane
    assert not pane.sheet.isVisible()
    pane.header.sheet_button.click()
    assert pane.sheet.isVisible()
    assert pane.header.sheet_button.isChecked()
    QTest.keyClick(pane.sheet.presets.box, Qt.Key.Key_Escape)
    assert not pane.sheet.isVisible()
    assert not pane.header.sheet_button.isChecked()


async def test_an_arrow_key_leads_from_the_default_to_where_one_begins(chat: Chat) -> None:
    temperature = editor(chat, "temperature")
    chat.pane.toggle_sheet()
    assert temperature.spin.text() == "Model's default"
    assert temperature.reset.isHidden()
    QTest.keyClick(temperature.spin, Qt.Key.Key_Up)
    assert chat.pane.session.options.sampling == {"temperature": 1.0}
    assert not temperature.reset.isHidden()
    temperature.reset.click()
    assert chat.pane.session.options.sampling == {}
    assert temperature.spin.text() == "Model's default"


async def test_options_are_stored_with_the_conversation_and_sent(chat: Chat) -> None:
    pane = chat.pane
    pane.toggle_sheet()
    pane.sheet.instructions.setPlainText("Answer in verse.")
    editor(chat, "temperature").spin.setValue(0)
    editor(chat, "seed").spin.setValue(7)
    editor(chat, "max_output_tokens").spin.setValue(3)
    await chat.ask("hello")
    body = pane.requests.body(pane.session.options, [])
    assert body["instructions"] == "Answer in verse."
    assert (body["temperature"], body["max_output_tokens"], body["indoors"]["seed"]) == (0, 3, 7)
    assert pane.session.branch[-1].answer.usage["output_tokens"] == 3
    conversation = pane.session.conversation
    assert conversation is not None
    pane.session.begin()
    assert pane.sheet.instructions.toPlainText() == ""
    assert editor(chat, "seed").spin.own is None
    await pane.session.open(conversation.id)
    assert pane.sheet.instructions.toPlainText() == "Answer in verse."
    assert editor(chat, "seed").spin.own == 7


async def test_another_conversation_keeps_its_own_instructions(chat: Chat) -> None:
    pane, run = chat.pane, chat.background.run
    conversations = chat.background.history.conversations
    first = await run(conversations.create, Options("First."))
    second = await run(conversations.create, Options("Second."))
    await pane.session.open(first)
    pane.sheet.instructions.appendPlainText("More.")
    await pane.session.open(second)
    await chat.breathe()
    assert (await run(conversations.get, first)).options.instructions == "First.\nMore."
    assert (await run(conversations.get, second)).options.instructions == "Second."


async def test_a_preset_is_kept_taken_up_and_deleted(chat: Chat) -> None:
    pane = chat.pane
    presets = pane.sheet.presets
    pane.toggle_sheet()
    await chat.until(lambda: presets.box.count())
    built_in = presets.box.count()
    assert not presets.delete.isEnabled()
    assert presets.delete.accessibleDescription()
    pane.sheet.instructions.setPlainText("Be brief.")
    editor(chat, "top_k").spin.setValue(5)
    assert presets.box.currentIndex() == -1
    presets.save.click()
    dialog = presets.findChild(QInputDialog, "preset-name")
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue("Mine")
    dialog.accept()
    await chat.until(lambda: presets.box.count() == built_in + 1)
    assert presets.box.currentText() == "Mine"
    kept = Preset("Mine", "Be brief.", {"indoors": {"top_k": 5}})
    assert await chat.background.run(chat.background.history.presets.all) == [kept]
    presets.box.activated.emit(0)
    assert pane.session.options == Options()
    assert pane.sheet.instructions.toPlainText() == ""
    presets.box.activated.emit(built_in)
    assert pane.session.options.sampling == kept.sampling
    presets.delete.click()
    await chat.until(lambda: presets.box.count() == built_in)


async def test_a_preset_leaves_the_choice_to_shorten_alone(chat: Chat) -> None:
    sheet = chat.pane.sheet
    await chat.until(lambda: sheet.presets.box.count())
    sheet.shorten.setChecked(True)
    assert chat.pane.session.options.sampling == {"truncation": "auto"}
    assert sheet.presets.box.currentIndex() == 0
    sheet.presets.box.activated.emit(1)
    assert chat.pane.session.options.sampling == {"temperature": 0.0, "truncation": "auto"}
    assert sheet.shorten.isChecked()


async def test_shortening_is_stored_and_shown(chat: Chat) -> None:
    session = chat.pane.session
    await chat.ask("hello")
    await session.shorten(wanted=True)
    assert chat.pane.sheet.shorten.isChecked()
    conversation = session.conversation
    assert conversation is not None
    stored = await chat.background.run(chat.background.history.conversations.get, conversation.id)
    assert stored.options.sampling == {"truncation": "auto"}


@pytest.mark.parametrize("name", ["temperature", "seed"])
async def test_a_wheel_over_a_number_changes_nothing(chat: Chat, name: str, qtbot: object) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    chat.pane.toggle_sheet()
    spin = editor(chat, name).spin
    point = QPointF(spin.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        point,
        point,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, event)
    await asyncio.sleep(0)
    assert spin.own is None


async def test_texts_to_stop_at_are_sent(chat: Chat) -> None:
    sheet = chat.pane.sheet
    chat.pane.toggle_sheet()
    QTest.keyClicks(sheet.stops.text, "END")
    QTest.keyClick(sheet.stops.text, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.stops.text, "two words")
    options = chat.pane.session.options
    assert options.sampling == {"indoors": {"stop": ["END", "two words"]}}
    await chat.until(lambda: chat.pane.readiness.context_length)
    assert chat.pane.requests.body(options, [])["indoors"]["stop"] == ["END", "two words"]
    sheet.stops.text.clear()
    assert chat.pane.session.options == Options()
    assert stops_of({"indoors": {"stop": "one"}}) == ["one"]


async def test_the_models_default_is_shown_and_what_differs_is_marked(chat: Chat) -> None:
    await chat.until(lambda: chat.pane.readiness.context_length)
    sheet, header = chat.pane.sheet, chat.pane.header
    chat.pane.toggle_sheet()
    temperature = editor(chat, "temperature")
    assert temperature.spin.text() == "Model's default (1.00)"
    assert editor(chat, "seed").spin.text() == "Another each time"
    assert not sheet.changed
    assert header.sheet_button.accessibleDescription() == ""
    QTest.keyClick(temperature.spin, Qt.Key.Key_Up)
    assert temperature.spin.value() == 1.0
    assert next(name.text() for name in temperature.findChildren(QLabel)) == "Temperature"
    QTest.keyClick(temperature.spin, Qt.Key.Key_Up)
    assert next(name.text() for name in temperature.findChildren(QLabel)) == "Temperature •"
    assert "differs" in temperature.spin.accessibleDescription()
    assert header.sheet_button.accessibleDescription() == "Instructions or sampling are its own."
    temperature.reset.click()
    assert header.sheet_button.accessibleDescription() == ""
    assert "differs" not in temperature.spin.accessibleDescription()


async def test_a_preset_is_renamed_but_not_onto_another(chat: Chat) -> None:
    pane, kept = chat.pane, chat.background.history.presets
    for name in ("One", "Two"):
        await chat.background.run(kept.save, Preset(name, f"Instructions of {name}."))
    await pane.styling.refresh()
    pane.toggle_sheet()
    assert not pane.sheet.presets.rename.isEnabled()
    pane.sheet.instructions.setPlainText("Instructions of One.")
    assert pane.sheet.presets.box.currentText() == "One"
    _rename(chat, "Two")
    await chat.until(lambda: pane.notice.isVisible())
    assert "already" in pane.notice.findChild(QLabel).text()
    _rename(chat, "First")
    await chat.until(lambda: pane.sheet.presets.box.currentText() == "First")
    presets = await chat.background.run(kept.all)
    assert [preset.name for preset in presets] == ["First", "Two"]
    assert presets[0].instructions == "Instructions of One."


def _rename(chat: Chat, name: str) -> None:
    presets = chat.pane.sheet.presets
    presets.rename.click()
    dialog = next(one for one in presets.findChildren(QInputDialog) if one.isVisible())
    dialog.setTextValue(name)
    dialog.accept()


async def test_taking_up_a_preset_can_be_undone(chat: Chat) -> None:
    pane = chat.pane
    await pane.styling.refresh()
    pane.toggle_sheet()
    pane.sheet.instructions.setPlainText("Long thought about.")
    editor(chat, "top_k").spin.setValue(5)
    before = pane.session.options
    assert pane.sheet.undo.isHidden()
    pane.sheet.presets.box.activated.emit(0)
    assert pane.session.options == Options()
    QTest.mouseClick(pane.sheet.undo, Qt.MouseButton.LeftButton)
    assert pane.session.options == before
    assert pane.sheet.instructions.toPlainText() == "Long thought about."
    assert pane.sheet.undo.isHidden()
