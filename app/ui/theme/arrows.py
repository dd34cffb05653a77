"""The arrows of combo and spin boxes, and ticks: a Qt stylesheet takes images only from files."""

from __future__ import annotations

import weakref

from PySide6.QtCore import QDir, QSize, QTemporaryDir

from app.ui.theme.icons import IconFont
from app.ui.theme.stylesheet import ARROW, ARROWS

_SCALES = (1, 2, 3)


class Arrows:
    """Draws them into a temporary folder that goes with this object, or at the program's end."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir()
        weakref.finalize(self, self._folder.remove)
        QDir.setSearchPaths(ARROWS, [self._folder.path()])

    def draw(self, icons: IconFont, name: str, colour: str) -> None:
        """Make an icon in a colour, for screens of each density."""
        icon = icons.icon(name, lambda _: colour)
        for scale in _SCALES:
            density = f"@{scale}x" if scale > 1 else ""
            file = self._folder.filePath(f"{name}-{colour[1:]}{density}.png")
            icon.pixmap(QSize(ARROW * scale, ARROW * scale), 1.0).save(file)
