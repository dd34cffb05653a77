"""What the parts below the window say, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from app.errors import IndoorsError
from app.phrases import Phrase
from app.ui.window_hints import IN_THE_WINDOW


def said(phrase: Phrase) -> str:
    """A phrase in the user's language; in English where there is no translation."""
    return phrase.said(translated, QLocale().toString)


def told(error: IndoorsError) -> str:
    """An error's cause and remedy."""
    return f"{said(error.cause)} {said(error.remedy)}".strip()


def translated(template: str) -> str:
    """The translation of a sentence, or the sentence itself; hints name the window's own controls."""
    return QCoreApplication.translate("Phrases", IN_THE_WINDOW.get(template, template)) if template else ""
