"""Numbers and settings in words, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

NAMES = {
    "en": "English",
    "de": "Deutsch",
    "cpu": "CPU",
    "webgpu": "WebGPU",
    "directml": "DirectML",
    "coreml": "CoreML",
}
"""Choices that are called the same in every language; a language by its own name."""


def size(number: int) -> str:
    """Bytes in words, counted as the system's file manager counts most often: in thousands."""
    return QLocale().formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def count(number: int) -> str:
    """A whole number with separators."""
    return QLocale().toString(number)


def parameters(number: int) -> str:
    """A number of parameters in words; empty when it is not known."""
    if not number:
        return ""
    amount, unit = (number / 1e9, "B") if number >= 1e9 else (number / 1e6, "M")
    return f"{QLocale().toString(amount, 'f', 1)} {unit}"


def setting_text(text: str) -> str:
    """A label, help, group or choice of `app.settings` in the user's language."""
    return QCoreApplication.translate("Settings", text)


def choice_text(choice: str) -> str:
    """What a form calls a choice."""
    return NAMES.get(choice) or setting_text(choice.capitalize())
