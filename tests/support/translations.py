"""Finds every text of the window that can be translated.

`python -m tests.support.translations` brings the .ts files up to date.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass, fields
from pathlib import Path

import PySide6

from app import paths, settings
from app.history.transfer.words import Words
from app.ui.frame.words import NAMES
from app.ui.window_hints import IN_THE_WINDOW
from tests.support.phrases import sentences

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Entry:
    """One text of a .ts file.

    Attributes:
        context: usually the class that shows it.
        source: in English.
        translation: empty when there is none.
        finished: somebody says that the translation is right.
    """

    context: str
    source: str
    translation: str
    finished: bool


def entries(path: Path) -> list[Entry]:
    """What a .ts file holds."""
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            text = "".join(translation.itertext()).strip()
            finished = translation.get("type") is None
            source = message.findtext("source", "")
            found.append(Entry(context.findtext("name", ""), source, text, finished))
    return found


def update(target: Path) -> None:
    """Bring a .ts file up to date with the sources, keeping its translations."""
    tool = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    with tempfile.TemporaryDirectory() as folder:
        declared = Path(folder) / "declared.py"
        declared.write_text(_declarations(), encoding="utf-8")
        sources = sorted(str(path) for path in (ROOT / "app" / "ui").rglob("*.py"))
        command = [
            str(tool),
            *sources,
            str(declared),
            "-ts",
            str(target),
            "-no-obsolete",
            "-locations",
            "none",
        ]
        subprocess.run(command, check=True, capture_output=True)


def _declarations() -> str:
    """The texts of the settings and of the parts below the window in a form that lupdate understands."""
    texts = {text for setting in settings.ALL for text in (setting.label, setting.help, setting.group)}
    choices = {choice for setting in settings.ALL for choice in setting.choices}
    texts |= {choice.capitalize() for choice in choices - NAMES.keys()}
    below = {found.text for found in sentences() if found.text}
    below = below - IN_THE_WINDOW.keys() | set(IN_THE_WINDOW.values())
    below |= {str(word.default) for word in fields(Words)}
    declared = [("Settings", text) for text in sorted(texts)] + [("Phrases", text) for text in sorted(below)]
    return "\n".join(f"QCoreApplication.translate({context!r}, {text!r})" for context, text in declared)


if __name__ == "__main__":
    for file in sorted(paths.translations().glob("indoors_*.ts")):
        update(file)
