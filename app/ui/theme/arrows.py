"""The arrows of combo and spin boxes, and ticks: a Qt stylesheet takes images only from files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QDir, QSize

from app import __version__
from app.files import rename
from app.ui.theme.icons import IconFont
from app.ui.theme.stylesheet import ARROW, ARROWS

_SCALES = (1, 2, 3)


class Arrows:
    """Draws them into the cache, each colour once; where nothing can be written there are none.

    Args:
        cache: the home's folder for what can be made again.
    """

    def __init__(self, cache: Path) -> None:
        self._folder = cache / f"arrows-{__version__}-{ARROW}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        QDir.setSearchPaths(ARROWS, [self._folder.as_posix()])

    def draw(self, icons: IconFont, name: str, colour: str) -> None:
        """Make an icon in a colour, for screens of each density."""
        for scale in _SCALES:
            density = f"@{scale}x" if scale > 1 else ""
            file = self._folder / f"{name}-{colour[1:]}{density}.png"
            if not file.exists():
                self._save(icons, name, colour, scale, file)

    def _save(self, icons: IconFont, name: str, colour: str, scale: int, file: Path) -> None:
        unfinished = file.with_name(f".{file.name}")
        drawn = icons.icon(name, lambda _: colour).pixmap(QSize(ARROW * scale, ARROW * scale), 1.0)
        if drawn.save(str(unfinished), "PNG"):
            with suppress(OSError):
                rename(unfinished, file)
