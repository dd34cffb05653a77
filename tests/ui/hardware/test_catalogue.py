"""The hardware pane says which models of the catalogue would run here, as `indoors check` does."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.hardware.computer import Computer
from app.library.fitting import Fitting
from app.ui.hardware.catalogue_card import CatalogueCard
from app.ui.hardware.judging import judge_catalogue
from app.ui.theme import Theme
from tests.support.machines import MACHINES


def test_a_line_for_each_with_the_device(qtbot: QtBot, theme: Theme) -> None:
    machine = replace(MACHINES[0].machine, system="Windows 11, AMD64")
    card = CatalogueCard(theme)
    qtbot.addWidget(card.widget)
    card.show_verdicts(judge_catalogue(lambda: Fitting(Computer.elsewhere(machine))))
    assert card.shown["gpt-oss-20b/q4f16"] == "Runs well · WebGPU"
    assert card.shown["gpt-oss-120b/checkpoint"] == "Does not run"
    card.show_verdicts({})
    assert not card.shown
