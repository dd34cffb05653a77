"""Every text of the window has a German translation, and the window speaks it."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app import paths
from app.errors import StorageError, UsageError, from_os_error
from app.paths import Paths
from app.phrases import Phrase
from app.ui import translation
from app.ui.shell import Shell
from app.ui.wording import said, told
from app.worker.client import WorkerClient
from tests.support.models_pane import filled
from tests.support.phrases import sentences
from tests.support.translations import Entry, entries, update

GERMAN = translation.source_of("de")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """The .ts file as it would be if it were brought up to date now."""
    fresh = tmp_path_factory.mktemp("translations") / GERMAN.name
    shutil.copy(GERMAN, fresh)
    update(fresh)
    return entries(fresh)


@pytest.fixture
def german(qapp: QApplication, places: Paths) -> Iterator[None]:
    before = QLocale()
    assert translation.install(qapp, "de", places) == "de"
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


def test_nothing_is_untranslated(texts: list[Entry]) -> None:
    assert [(e.context, e.source) for e in texts if not e.finished or not e.translation] == []


def test_the_file_is_up_to_date(texts: list[Entry]) -> None:
    assert {(e.context, e.source) for e in texts} == {(e.context, e.source) for e in entries(GERMAN)}


def test_placeholders_are_kept(texts: list[Entry]) -> None:
    pattern = re.compile(r"\{(\w*)[^}]*\}|(%n)")
    for entry in texts:
        assert sorted(pattern.findall(entry.source)) == sorted(pattern.findall(entry.translation)), entry


def test_every_context_is_one_that_the_program_asks_for(texts: list[Entry]) -> None:
    assert [entry.context for entry in texts if not entry.context.isidentifier()] == []


async def test_the_window_speaks_german_everywhere(
    german: None, qtbot: QtBot, shell: Shell, texts: list[Entry]
) -> None:
    window = shell.window
    for key in ("models", "hardware", "settings"):
        await filled(window.open_pane(key))
    dialogs = (shell.dialogs.open_shortcuts(), shell.dialogs.open_diagnostics(), shell.dialogs.open_palette())
    english = {e.source for e in texts if e.source != e.translation} - {e.translation for e in texts}
    shown = {text.text() for text in window.findChildren(QLabel)}
    shown |= {button.text() for button in window.findChildren(QAbstractButton)}
    shown |= {action.text() for action in window.findChildren(QAction)}
    shown |= {widget.accessibleName() for widget in QApplication.allWidgets()}
    assert shown & english == set()
    assert {"Einstellungen", "Beenden", "Offline: Nichts verlässt diesen Rechner"} <= shown
    for dialog in dialogs:
        dialog.close()


def test_every_error_is_made_so_that_it_can_be_translated() -> None:
    assert [found.place for found in sentences() if found.text is None] == []


async def test_an_error_of_the_worker_is_told_in_german(german: None, places: Paths) -> None:
    async with WorkerClient(places.home) as worker:
        with pytest.raises(UsageError) as caught:
            await worker.call("load", {"model": str(places.home), "device": "abacus", "context": 4096})
    known = "auto, cpu, webgpu[:N], directml[:N], coreml"
    assert (
        told(caught.value)
        == f"Es gibt kein Gerät „abacus“. Wählen Sie in den Einstellungen ein anderes Gerät: {known}."
    )
    assert str(caught.value) == f"There is no device 'abacus'. Use --device {known}."


def test_numbers_and_attempts_inside_an_error_are_german_too(german: None) -> None:
    error = from_os_error(PermissionError(errno.EACCES, "", "x"), "saving the code")
    assert said(error.cause) == "Der Zugriff wurde verweigert: das Speichern des Codes x ist fehlgeschlagen."
    assert said(Phrase.of("{waiting} requests wait already.", waiting=1000)) == "1.000 Anfragen warten schon."


def test_what_is_not_translated_is_told_in_english(german: None) -> None:
    assert told(StorageError("{path} is odd.", "Look at it.", path="x")) == "x is odd. Look at it."


def test_qts_own_texts_are_german_too(german: None) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.parametrize(
    ("choice", "system", "expected"),
    [
        ("de", ["fr-FR"], "de"),
        ("en", ["de-DE"], "en"),
        ("system", ["de-AT", "en-US"], "de"),
        ("system", ["fr-FR", "de"], "de"),
        ("system", ["fr_FR"], "en"),
        ("system", [], "en"),
    ],
)
def test_the_language_is_the_choice_or_the_systems_first(
    choice: str, system: list[str], expected: str
) -> None:
    assert translation.wanted(choice, system) == expected


def test_a_compiled_translation_is_made_once(places: Paths) -> None:
    first = translation.compiled(GERMAN, places.cache)
    stamp = first.stat().st_mtime_ns
    assert translation.compiled(GERMAN, places.cache) == first
    assert first.stat().st_mtime_ns == stamp


def test_a_packaged_translation_needs_no_compiler(tmp_path: Path, places: Paths) -> None:
    source = Path(shutil.copy(GERMAN, tmp_path))
    packaged = source.with_suffix(".qm")
    packaged.write_bytes(b"")
    assert translation.compiled(source, places.cache) == packaged
    assert not places.cache.exists()


def test_a_cache_that_cannot_be_written_is_no_obstacle(places: Paths) -> None:
    places.home.mkdir()
    places.cache.write_text("in the way", encoding="utf-8")
    assert translation.compiled(GERMAN, places.cache / "translations").is_file()


def test_a_broken_translation_leaves_english(
    tmp_path: Path,
    places: Paths,
    expect_log: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> None:
    expect_log("could not be compiled")
    expect_log("cannot be read")
    (tmp_path / "indoors_xx.ts").write_text("<TS", encoding="utf-8")
    monkeypatch.setattr(paths, "translations", lambda: tmp_path)
    translation.install(qapp, "xx", places)
    QLocale.setDefault(QLocale("en_US"))
    assert QCoreApplication.translate("Panes", "Settings") == "Settings"
    for translator in qapp.findChildren(QTranslator):
        translator.deleteLater()
