"""The window speaks of its own controls, never of the command line's options."""

from __future__ import annotations

import re
from string import Formatter

from PySide6.QtWidgets import QApplication

from app.errors import UnsupportedModel
from app.ui.window_hints import IN_THE_WINDOW
from app.ui.wording import told
from tests.support.phrases import sentences

_OF_THE_COMMAND_LINE = re.compile(r"--[a-z]|\bindoors [a-z{]|INDOORS_HOME")


def _values(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_hint_that_names_an_option_has_words_for_the_window() -> None:
    found = {
        sentence.text
        for sentence in sentences()
        if sentence.text and _OF_THE_COMMAND_LINE.search(sentence.text)
    }
    assert found == set(IN_THE_WINDOW)


def test_the_windows_words_name_no_option_and_lack_no_value() -> None:
    for template, words in IN_THE_WINDOW.items():
        assert not _OF_THE_COMMAND_LINE.search(words)
        assert _values(words) <= _values(template)


def test_an_error_is_told_with_the_windows_hint(qapp: QApplication) -> None:
    error = UnsupportedModel("It fails.", "Use --context {most} or less.", most=2048)
    assert error.hint == "Use --context 2,048 or less."
    assert told(error) == "It fails. Choose a context of 2,048 or less in the settings."
