"""The presets that come with the app."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.history.records import Preset


def built_in_presets() -> tuple[Preset, ...]:
    """Each is kept under its name in the window's language, and is no one's own: it cannot be deleted."""
    translate = QCoreApplication.translate
    return (
        Preset(translate("Presets", "Model's defaults")),
        Preset(translate("Presets", "Precise"), "", {"temperature": 0.0}),
        Preset(translate("Presets", "Varied"), "", {"temperature": 1.2, "indoors": {"min_p": 0.05}}),
        Preset(
            translate("Presets", "Short answers"),
            translate("Presets", "Answer in at most three sentences, without a preamble."),
        ),
        Preset(
            translate("Presets", "Code reviewer"),
            translate(
                "Presets",
                "You review code. Name each fault with its line, why it is one, and the smallest mend. "
                "Say so when there is none.",
            ),
            {"temperature": 0.2},
        ),
    )
