"""Icons drawn from the Phosphor font that the package qtawesome carries.

Only the package's font and its table of glyphs are used: importing qtawesome itself pulls in OpenGL modules
through qtpy and would double the time to the first paint.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

GLYPHS = {
    "chat": "chat-circle-text",
    "models": "cube",
    "hardware": "cpu",
    "settings": "gear-six",
    "server": "broadcast",
    "offline": "shield-check",
    "connected": "globe-simple",
    "new": "note-pencil",
    "search": "magnifying-glass",
    "send": "arrow-up",
    "stop": "stop",
    "attach": "paperclip",
    "copy": "copy",
    "save": "download-simple",
    "export": "export",
    "import": "folder-notch-plus",
    "folder": "folder-simple",
    "pin": "push-pin-simple",
    "unpin": "push-pin-simple-slash",
    "rename": "pencil-simple",
    "edit": "pencil-simple",
    "delete": "trash-simple",
    "undo": "arrow-counter-clockwise",
    "redo": "arrow-clockwise",
    "regenerate": "arrows-clockwise",
    "continue": "arrow-line-down",
    "more": "dots-three",
    "close": "x",
    "check": "check",
    "task_open": "square",
    "task_done": "check-square",
    "success": "check-circle",
    "warning": "warning",
    "error": "warning-circle",
    "info": "info",
    "thinking": "brain",
    "tool": "wrench",
    "tokens": "brackets-curly",
    "file": "file-text",
    "sliders": "sliders-horizontal",
    "keyboard": "keyboard",
    "sidebar": "list",
    "down": "caret-down",
    "up": "caret-up",
    "next": "caret-right",
    "previous": "caret-left",
    "bottom": "arrow-down",
    "link": "arrow-square-out",
    "eye": "eye",
    "effort": "gauge",
    "user": "user",
    "quit": "sign-out",
    "larger": "magnifying-glass-plus",
    "smaller": "magnifying-glass-minus",
}
"""What an icon means in this program, and the glyph that shows it."""

_MIRRORED = {"next", "previous", "undo", "redo", "quit", "link", "sidebar"}

Colour = Callable[[QIcon.Mode], str]


class IconFont:
    """The icon font; it must outlive the icons made from it."""

    def __init__(self) -> None:
        folder = _font_folder()
        font, table = _only(folder, "phosphor-*.ttf"), _only(folder, "phosphor-charmap-*.json")
        self._glyphs: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
        number = QFontDatabase.addApplicationFont(str(font))
        self._family = QFontDatabase.applicationFontFamilies(number)[0]

    def icon(self, name: str, colour: Colour) -> QIcon:
        """An icon; its colour is asked for at each painting, so that it follows the theme.

        Args:
            name: a key of GLYPHS.
            colour: the colour for a mode (normal, disabled …).
        """
        glyph = chr(int(self._glyphs[GLYPHS[name]], 16))
        return QIcon(_GlyphEngine(glyph, self._family, colour, mirrored=name in _MIRRORED))


class _GlyphEngine(QIconEngine):
    def __init__(self, glyph: str, family: str, colour: Colour, *, mirrored: bool) -> None:
        super().__init__()
        self._glyph = glyph
        self._family = family
        self._colour = colour
        self._mirrored = mirrored

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        font = QFont(self._family)
        font.setPixelSize(max(1, round(rect.height() * 0.95)))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if self._mirrored and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(2 * rect.center().x() + 1, 0)
            painter.scale(-1, 1)
        painter.setFont(font)
        painter.setPen(QColor(self._colour(mode)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._glyph, self._family, self._colour, mirrored=self._mirrored)


def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "fonts"


def _only(folder: Path, pattern: str) -> Path:
    return next(iter(sorted(folder.glob(pattern))))
