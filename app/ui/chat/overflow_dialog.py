"""Asks what is to be done when a conversation does not fit into the context."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from app.ui.controls import allow


class Choice(StrEnum):
    """What the user wants."""

    SHORTEN = "shorten"
    ENLARGE = "enlarge"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Overflow:
    """What does not fit.

    Attributes:
        needed: tokens of the conversation.
        context: tokens there are, answer included.
        bigger: the context that would do; 0 where the model has none.
        longest: the most the model can read.
        turns: how many times the user spoke; the last is never left out.
        shortened: the oldest turns are left out already.
    """

    needed: int
    context: int
    bigger: int
    longest: int
    turns: int
    shortened: bool


class OverflowDialog(QMessageBox):
    """Leave out the oldest messages, a bigger context, or neither.

    Args:
        overflow: what does not fit.
        parent: the pane.
    """

    def __init__(self, overflow: Overflow, parent: QWidget) -> None:
        super().__init__(parent)
        number, role = QLocale().toString, QMessageBox.ButtonRole.AcceptRole
        self.setObjectName("overflow")
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("The context is full"))
        fits_not = self.tr(
            "The conversation takes {needed} tokens; the context holds {size}, answer included."
        )
        self.setText(fits_not.format(needed=number(overflow.needed), size=number(overflow.context)))
        self.setInformativeText(
            self.tr(
                "Messages that are left out stay in the conversation; a line there says so, and undoes it. "
                "A bigger context takes more memory and loads the model again."
            )
        )
        self.shorten = self.addButton(self.tr("Leave out the oldest messages"), role)
        bigger = self.tr("Context of {size} tokens").format(size=number(overflow.bigger))
        self.enlarge = self.addButton(bigger if overflow.bigger else self.tr("Bigger context"), role)
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self._allow(overflow)
        self.finished.connect(self.deleteLater)

    async def ask(self) -> Choice:
        """Show it and wait for the answer."""
        chosen: asyncio.Future[Choice] = asyncio.get_running_loop().create_future()
        self.finished.connect(lambda: None if chosen.done() else chosen.set_result(self._choice()))
        self.open()
        return await chosen

    def _choice(self) -> Choice:
        clicked = self.clickedButton()
        if clicked is self.shorten:
            return Choice.SHORTEN
        return Choice.ENLARGE if clicked is self.enlarge else Choice.CANCEL

    def _allow(self, overflow: Overflow) -> None:
        alone = ""
        if overflow.shortened or overflow.turns < 2:
            alone = self.tr("The last message alone is too long.")
        allow(self.shorten, alone)
        limit = self.tr("The model reads at most {size} tokens.")
        allow(
            self.enlarge, "" if overflow.bigger else limit.format(size=QLocale().toString(overflow.longest))
        )
        usable = next((one for one in (self.shorten, self.enlarge) if one.isEnabled()), self.cancel)
        assert isinstance(usable, QPushButton)
        self.setDefaultButton(usable)
        self.setEscapeButton(self.cancel)
