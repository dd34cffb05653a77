"""The models pane: what is installed, which one answers, import by a real worker, search and filter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.paths import Paths
from app.ui.models.installed_card import InstalledCard
from app.ui.models.offer_card import EntryCard
from app.ui.models.pane import ModelsPane
from app.ui.preferences import Preferences
from app.ui.theme import Theme
from tests.support.models_pane import Parts, install, words_of


def card_of(parts: Parts, model_id: str) -> InstalledCard:
    cards = [card for card in parts.pane.installed.cards if isinstance(card, InstalledCard)]
    return next(card for card in cards if card.model.manifest.id == model_id)


def entry_of(parts: Parts, entry_id: str) -> EntryCard:
    cards = [card for card in parts.pane.catalogue.cards if isinstance(card, EntryCard)]
    return next(card for card in cards if card.entry.id == entry_id)


async def test_a_card_tells_size_parameters_context_and_licence(parts: Parts, places: Paths) -> None:
    install(places, "large")
    await parts.pane.refresh()
    words = words_of(card_of(parts, "large"))
    for fact in ("20.9 B parameters", "2.0 MB", "131,072", "Apache-2.0", "Runs well"):
        assert fact in words


async def test_use_for_chat_chooses_the_model(
    qtbot: QtBot, parts: Parts, places: Paths, preferences: Preferences
) -> None:
    install(places, "one")
    install(places, "two")
    await parts.pane.refresh()
    qtbot.mouseClick(card_of(parts, "two").use, Qt.MouseButton.LeftButton)
    assert preferences.text("model") == "two"
    assert "Answers in the chat" in words_of(card_of(parts, "two"))
    assert card_of(parts, "two").use.isHidden()
    assert not card_of(parts, "one").use.isHidden()


async def test_cards_of_models_that_are_as_they_were_stay(parts: Parts, places: Paths) -> None:
    install(places, "one")
    await parts.pane.refresh()
    first = card_of(parts, "one")
    install(places, "two")
    await parts.pane.refresh()
    assert card_of(parts, "one") is first
    assert card_of(parts, "two").runs
    (places.models / "one" / "model.onnx").unlink()
    await parts.pane.refresh()
    assert card_of(parts, "one") is not first
    assert not card_of(parts, "one").runs


async def test_a_damaged_model_says_so_and_cannot_be_used(parts: Parts, places: Paths) -> None:
    (install(places, "broken") / "model.onnx").unlink()
    await parts.pane.refresh()
    card = card_of(parts, "broken")
    assert "Damaged: model.onnx is missing" in words_of(card)
    assert not card.use.isEnabled()
    assert "damaged" in card.use.toolTip()


async def test_a_model_on_a_disk_that_is_gone_says_so(parts: Parts, places: Paths, tmp_path: Path) -> None:
    install(places, "far", link=str(tmp_path / "gone"))
    await parts.pane.refresh()
    card = card_of(parts, "far")
    assert "Not connected" in words_of(card)
    assert not card.use.isEnabled()


async def test_the_catalogue_is_listed_and_nobody_is_asked(parts: Parts) -> None:
    card = entry_of(parts, "gpt-oss-20b")
    words = words_of(card)
    assert "OpenAI" in words
    assert "Apache-2.0" in words
    assert "131,072" in words
    assert parts.services.downloads.client.pid is None
    assert parts.connections.log == []


async def test_the_forms_of_an_entry_are_shown_on_demand(qtbot: QtBot, parts: Parts) -> None:
    card = entry_of(parts, "gpt-oss-20b")
    assert sum(not row.isHidden() for row in card.rows.rows) == 1
    qtbot.mouseClick(card.more, Qt.MouseButton.LeftButton)
    assert all(not row.isHidden() for row in card.rows.rows)
    cuda = next(row for row in card.rows.rows if row.offer.variant.endswith("genai-cuda"))
    assert not cuda.get.isEnabled()
    assert "cannot run on this computer" in words_of(cuda)
    assert cuda.get.toolTip()


async def test_search_and_filter_narrow_the_lists(qtbot: QtBot, parts: Parts, places: Paths) -> None:
    install(places, "mine")
    await parts.pane.refresh()
    parts.pane.search.words.setText("smollm")
    shown = [card.name for card in parts.pane.catalogue.cards if not card.isHidden()]
    assert len(shown) == 2
    assert all("SmolLM" in name for name in shown)
    assert card_of(parts, "mine").isHidden()
    parts.pane.search.words.clear()
    parts.pane.search.only_running.setChecked(True)
    shown_running = [card.entry.id for card in parts.pane.catalogue.cards if not card.isHidden()]
    assert "gpt-oss-120b" not in shown_running
    assert "smollm2-135m-instruct" in shown_running
    parts.pane.search.words.setText("nothing is called so")
    assert not parts.pane.catalogue.nothing.isHidden()


async def test_nothing_of_the_pane_is_a_window_of_its_own(parts: Parts, places: Paths, theme: Theme) -> None:
    install(places, "one")
    shown: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch, app = Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    pane = ModelsPane(parts.services, theme)
    await pane.refresh()
    app.removeEventFilter(watch)
    pane.deleteLater()
    assert shown == []
