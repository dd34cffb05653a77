"""The theme in force: follows the settings and the system, live."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyle

from app.ui.preferences import Preferences
from app.ui.theme.arrows import Arrows
from app.ui.theme.icons import IconFont
from app.ui.theme.stylesheet import stylesheet
from app.ui.theme.tokens import Colours, Tokens, build

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)
_FOLLOWED = frozenset({"theme", "text-size", "motion"})


class Theme(QObject):
    """Gives the program its colours, type and icons, and keeps them up to date.

    Widgets are styled by the stylesheet; what paints by itself reads `tokens` while painting and listens to
    `changed`.

    Args:
        app: the application to dress.
        preferences: where theme, text size and motion are chosen.
        cache: the home's folder for what can be made again.
    """

    changed = Signal()

    def __init__(self, app: QApplication, preferences: Preferences, cache: Path) -> None:
        super().__init__()
        self._app = app
        self._preferences = preferences
        self._icons = IconFont()
        self._arrows = Arrows(cache)
        self._blink_ms = app.cursorFlashTime()
        self._effects = {effect: app.isEffectEnabled(effect) for effect in _EFFECTS}
        app.setStyle("fusion")
        self.tokens: Tokens = self._build()
        self._dress()
        preferences.changed.connect(self._on_preference)
        app.styleHints().colorSchemeChanged.connect(self._refresh)

    def icon(self, name: str, colour: str = "muted") -> QIcon:
        """An icon in a colour of the palette; it follows the theme by itself.

        Args:
            name: what it means: a key of `icons.GLYPHS`.
            colour: a field of `Colours`.
        """

        def at(mode: QIcon.Mode) -> str:
            faded = mode is QIcon.Mode.Disabled
            return str(getattr(self.tokens.colours, "control" if faded else colour))

        return self._icons.icon(name, at)

    def _build(self) -> Tokens:
        return build(
            dark=self._is_dark(),
            text_percent=self._preferences.number("text-size"),
            motion=self._may_move(),
        )

    def _is_dark(self) -> bool:
        chosen = self._preferences.text("theme")
        if chosen == "system":
            return self._system_is_dark()
        return chosen == "dark"

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark

    def _may_move(self) -> bool:
        chosen = self._preferences.text("motion")
        if chosen == "system":
            return bool(self._app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration))
        return chosen == "full"

    def _on_preference(self, name: str) -> None:
        if name in _FOLLOWED:
            self._refresh()

    def _refresh(self) -> None:
        tokens = self._build()
        if tokens != self.tokens:
            self.tokens = tokens
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self._move()
        self._app.setPalette(_palette(self.tokens.colours))
        colours = self.tokens.colours
        for name, colour in (("down", colours.muted), ("up", colours.muted), ("check", colours.on_accent)):
            self._arrows.draw(self._icons, name, colour)
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self._app.setStyleSheet(stylesheet(self.tokens, mono))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(self.tokens.type.body)
        # After the first stylesheet, with which Qt takes Windows' own fonts for menus and lists.
        self._app.setFont(font)

    def _move(self) -> None:
        """Let the system's own movements be, or stop them: what blinks and what slides."""
        moves = bool(self.tokens.animation_ms)
        self._app.setCursorFlashTime(self._blink_ms if moves else 0)
        for effect, usual in self._effects.items():
            self._app.setEffectEnabled(effect, usual and moves)


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    chosen = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.raised,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.PlaceholderText: colours.muted,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.Accent: colours.accent,
        role.Light: colours.raised,
        role.Midlight: colours.sunken,
        role.Mid: colours.border,
        role.Dark: colours.control,
    }
    palette = QPalette()
    for key, colour in chosen.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.control))
    return palette
