"""The window's language.

Translations lie in `resources/translations` as Qt's .ts files. A packaged program carries them compiled; from
a source checkout they are compiled when they are first needed, by the lrelease that PySide6 brings.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import QCryptographicHash, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app import paths
from app.paths import Paths

_LOG = logging.getLogger(__name__)
_SECONDS = 30
SOURCE_LANGUAGE = "en"


def install(app: QApplication, choice: str, places: Paths) -> str:
    """Translate the program; gives the language that is now spoken.

    Args:
        app: what is translated.
        choice: a language's code, or "system".
        places: compiled translations are kept in its cache.
    """
    language = wanted(choice, QLocale.system().uiLanguages())
    system = QLocale.system()
    QLocale.setDefault(system if system.name().startswith(language) else QLocale(language))
    if language != SOURCE_LANGUAGE:
        _add(app, compiled(source_of(language), places.cache / "translations"))
        _add(
            app, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{language}.qm"
        )
    app.setLayoutDirection(QLocale(language).textDirection())
    return language


def wanted(choice: str, system: list[str]) -> str:
    """The language to speak: the choice, or the first of the system's that there is."""
    known = [SOURCE_LANGUAGE, *languages()]
    asked = system if choice == "system" else [choice]
    codes = (language.replace("_", "-").split("-")[0].lower() for language in asked)
    return next((code for code in codes if code in known), SOURCE_LANGUAGE)


def languages() -> list[str]:
    """Languages there is a translation for."""
    return sorted(path.stem.removeprefix("indoors_") for path in paths.translations().glob("indoors_*.ts"))


def source_of(language: str) -> Path:
    """A language's .ts file."""
    return paths.translations() / f"indoors_{language}.ts"


def compiled(source: Path, cache: Path) -> Path:
    """The .qm file of a .ts file: the one that was packaged beside it, or one made in the cache."""
    packaged = source.with_suffix(".qm")
    if packaged.is_file():
        return packaged
    digest = QCryptographicHash.hash(source.read_bytes(), QCryptographicHash.Algorithm.Sha256)
    target = cache / f"{source.stem}-{digest.toHex().toStdString()[:16]}.qm"
    return target if target.is_file() else _compile(source, target)


def _compile(source: Path, target: Path) -> Path:
    """Compile into the cache, or into a temporary folder where the cache cannot be written."""
    import subprocess
    import tempfile

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        target = Path(tempfile.mkdtemp(prefix="indoors-")) / target.name
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    command = [str(tool), "-silent", str(source), "-qm", str(target)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        _LOG.warning("%s could not be compiled: %s", source.name, error)
    return target


def _add(app: QApplication, path: Path) -> None:
    translator = QTranslator(app)
    if translator.load(str(path)):
        app.installTranslator(translator)
    else:
        _LOG.warning("the translation %s cannot be read", path)
