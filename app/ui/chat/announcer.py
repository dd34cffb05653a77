"""Tells a screen reader of an answer, without flooding it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from app.history.records import Message, Status
from app.ui.markdown.safe_text import neutralise

_PAUSE_SECONDS = 4.0
_LONGEST = 400
_SENTENCE_END = re.compile(r"[.!?:。！？]\s|\n")

Say = Callable[[QWidget, str], None]


class Announcer:
    """Announces the beginning and the end of an answer and, every few seconds, the sentences since.

    Args:
        widget: on whose behalf it speaks.
        say: speaks; None for the system's screen reader.
        clock: seconds.
    """

    def __init__(
        self, widget: QWidget, say: Say | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._widget = widget
        self._say = say or announce
        self._clock = clock
        self._text = ""
        self._last = 0.0

    def begin(self) -> None:
        """An answer begins."""
        translate = QCoreApplication.translate
        self._text, self._last = "", self._clock()
        self._speak(translate("Announcer", "The model is answering."))

    def extend(self, text: str) -> None:
        """More of the answer's visible text."""
        self._text += text
        if self._clock() - self._last < _PAUSE_SECONDS:
            return
        ends = [match.end() for match in _SENTENCE_END.finditer(self._text)]
        if ends:
            self._speak(neutralise(self._text[: ends[-1]]).strip()[:_LONGEST])
            self._text = self._text[ends[-1] :]

    def end(self, message: Message) -> None:
        """The answer has ended."""
        rest = neutralise(self._text).strip()[:_LONGEST]
        translate = QCoreApplication.translate
        words = {
            Status.COMPLETE: translate("Announcer", "The answer is complete."),
            Status.CANCELLED: translate("Announcer", "The answer was stopped."),
            Status.FAILED: message.answer.error or translate("Announcer", "The answer failed."),
        }
        ending = words.get(message.status, translate("Announcer", "The answer was cut."))
        self._speak(f"{rest} {ending}".strip())

    def _speak(self, text: str) -> None:
        self._last = self._clock()
        if text:
            self._say(self._widget, text)


def announce(widget: QWidget, text: str) -> None:
    """Let the system's screen reader say something."""
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)
