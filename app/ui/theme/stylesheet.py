"""The Qt stylesheet, made from the tokens.

A widget says what it is with the dynamic property `kind`; nothing else in the program sets colours.

| widget | kinds |
|---|---|
| QLabel | display, title, subtitle, caption, muted, code, danger, warning, success |
| QPushButton, QToolButton | primary, quiet, danger, rail |
| QFrame, QWidget | rail, surface, card, popup, sunken, footer, notice-danger, notice-warning, notice-info |
| QFrame | bar-warning |
"""

from __future__ import annotations

from app.ui.theme.tokens import Tokens

ARROWS = "arrows"
"""The search path under which the arrows of combo and spin boxes and the ticks lie, as `down-rrggbb.png`."""
ARROW = 12
"""Their size in device-independent pixels."""


def stylesheet(tokens: Tokens, mono: str) -> str:
    """The whole stylesheet.

    Args:
        tokens: the theme.
        mono: family of the monospaced font.
    """
    parts = (_text(tokens, mono), _areas(tokens), _buttons(tokens), _rail(tokens))
    return "\n".join((*parts, _inputs(tokens), _popups(tokens), _lists(tokens), _scrolling(tokens)))


def _text(t: Tokens, mono: str) -> str:
    c, size = t.colours, t.type
    return f"""
QLabel {{ background: transparent; }}
QLabel[kind="display"] {{ font-size: {size.display}px; font-weight: 600; }}
QLabel[kind="title"] {{ font-size: {size.title}px; font-weight: 600; }}
QLabel[kind="subtitle"] {{ font-size: {size.subtitle}px; font-weight: 600; }}
QLabel[kind="caption"] {{ font-size: {size.caption}px; color: {c.muted}; }}
QLabel[kind="muted"] {{ color: {c.muted}; }}
QLabel[kind="danger"] {{ color: {c.danger}; }}
QLabel[kind="warning"] {{ color: {c.warning}; }}
QLabel[kind="success"] {{ color: {c.success}; }}
QLabel[kind="code"] {{ font-family: "{mono}"; font-size: {size.body - 1}px; }}
QLabel:focus {{ border: 1px solid {c.accent}; border-radius: {t.radius.small}px; }}
"""


def _areas(t: Tokens) -> str:
    c, r = t.colours, t.radius
    return f"""
QMainWindow, QDialog {{ background: {c.window}; }}
*[kind="surface"] {{ background: {c.surface}; }}
*[kind="card"] {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: {r.medium}px; }}
*[kind="popup"] {{ background: {c.raised}; border: 1px solid {c.control}; }}
*[kind="sunken"] {{ background: {c.sunken}; border-radius: {r.small}px; }}
*[kind="footer"] {{ background: {c.window}; border-top: 1px solid {c.border}; }}
*[kind="notice-danger"] {{ background: {c.danger_soft}; border-radius: {r.small}px; }}
*[kind="notice-warning"] {{ background: {c.warning_soft}; border-radius: {r.small}px; }}
*[kind="bar-warning"] {{ background: {c.warning_soft}; }}
*[kind="notice-info"] {{ background: {c.accent_soft}; border-radius: {r.small}px; }}
QFrame[kind="line"] {{ background: {c.border}; border: none; max-height: 1px; min-height: 1px; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.control}; padding: 5px 7px; }}
"""


def _buttons(t: Tokens) -> str:
    c, r, s = t.colours, t.radius, t.space
    return f"""
QPushButton, QToolButton {{
  background: {c.raised}; color: {c.text}; border: 1px solid {c.control};
  border-radius: {r.small}px; padding: 6px {s.m}px; icon-size: {t.type.body + 2}px;
}}
QPushButton:hover, QToolButton:hover {{ background: {c.accent_soft}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.sunken}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; padding: 5px {s.m - 1}px; }}
QPushButton:disabled, QToolButton:disabled {{
  color: {c.control}; border-color: {c.border}; background: {c.window};
}}
QPushButton[kind="primary"], QToolButton[kind="primary"] {{
  background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600;
}}
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover {{ background: {c.accent_hover}; }}
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus {{
  border: 2px solid {c.text}; padding: 5px {s.m - 1}px;
}}
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {{
  background: {c.sunken}; color: {c.control}; border-color: {c.border};
}}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{
  background: transparent; border: 2px solid transparent; padding: 4px {s.s}px;
}}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover,
QToolButton[kind="quiet"]:checked {{ background: {c.accent_soft}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{ border-color: {c.accent}; }}
QPushButton[kind="danger"] {{ color: {c.danger}; border-color: {c.danger}; }}
QToolButton::menu-indicator {{ image: none; }}
"""


def _rail(t: Tokens) -> str:
    c, r, size = t.colours, t.radius, t.type
    return f"""
*[kind="rail"] {{ background: {c.window}; }}
QToolButton[kind="rail-item"] {{
  background: transparent; border: 2px solid transparent; border-radius: {r.medium}px;
  padding: 8px 4px; color: {c.muted}; font-size: {size.caption}px;
}}
QToolButton[kind="rail-item"]:hover {{ background: {c.sunken}; }}
QToolButton[kind="rail-item"]:checked {{
  background: {c.accent_soft}; color: {c.accent}; font-weight: 600;
}}
QToolButton[kind="rail-item"]:focus {{ border-color: {c.accent}; }}
"""


def _inputs(t: Tokens) -> str:
    c, r, s = t.colours, t.radius, t.space
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
  background: {c.raised}; color: {c.text}; border: 1px solid {c.control}; border-radius: {r.small}px;
  padding: 6px {s.s}px; selection-background-color: {c.selection}; selection-color: {c.text};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus,
QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
  border: 2px solid {c.accent}; padding: 5px {s.s - 1}px;
}}
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled {{ color: {c.control}; border-color: {c.border}; }}
QLineEdit[kind="bare"], QPlainTextEdit[kind="bare"], QTextEdit[kind="bare"],
QTextBrowser[kind="bare"] {{ border: none; background: transparent; padding: 0; }}
QComboBox::drop-down, QSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
  background: transparent; border: none; width: 24px; subcontrol-origin: border;
}}
QComboBox::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{
  image: url({ARROWS}:down-{c.muted[1:]}.png); width: {ARROW}px; height: {ARROW}px;
}}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{
  image: url({ARROWS}:up-{c.muted[1:]}.png); width: {ARROW}px; height: {ARROW}px;
}}
QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; }}
QSpinBox::down-button, QDoubleSpinBox::down-button {{ subcontrol-position: bottom right; }}
QCheckBox, QRadioButton {{ spacing: {s.s}px; padding: 3px; border: 2px solid transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; border-radius: {r.small}px; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: {ARROW}px; height: {ARROW}px; background: {c.raised}; border: 1px solid {c.control};
}}
QCheckBox::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {ARROW // 2 + 1}px; }}
QCheckBox::indicator:checked {{
  background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
  image: url({ARROWS}:check-{c.on_accent[1:]}.png);
}}
QRadioButton::indicator:checked {{ width: 4px; height: 4px; border: 5px solid {c.accent}; }}
QProgressBar {{
  background: {c.sunken}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
}}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
QSlider:focus {{ border: 2px solid {c.accent}; border-radius: {r.small}px; }}
"""


def _popups(t: Tokens) -> str:
    c, r, s = t.colours, t.radius, t.space
    return f"""
QMenuBar {{ background: {c.window}; color: {c.text}; padding: 2px {s.s}px; }}
QMenuBar::item {{ background: transparent; padding: 4px {s.s}px; border-radius: {r.small}px; }}
QMenuBar::item:selected {{ background: {c.accent_soft}; }}
QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: {s.xs}px; }}
QMenu::item {{ padding: 6px {s.xl}px 6px {s.m}px; border-radius: {r.small}px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.control}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: {s.xs}px {s.s}px; }}
QMenu {{ icon-size: {t.type.body + 2}px; }}
QMenu::icon {{ padding-left: {s.s}px; padding-right: {s.s}px; }}
QComboBox QAbstractItemView {{
  background: {c.raised}; color: {c.text}; border: 1px solid {c.border};
  selection-background-color: {c.accent_soft}; selection-color: {c.text};
}}
"""


def _lists(t: Tokens) -> str:
    c, r, s = t.colours, t.radius, t.space
    return f"""
QAbstractItemView {{
  background: transparent; border: 2px solid transparent; border-radius: {r.small}px;
  selection-background-color: {c.accent_soft}; selection-color: {c.text};
}}
QAbstractItemView:focus {{ border-color: {c.accent}; }}
QHeaderView, QHeaderView::section {{ background: {c.sunken}; color: {c.muted}; border: none; }}
QHeaderView::section {{ padding: {s.xs}px {s.s}px; }}
QListView::item, QTreeView::item {{ padding: 6px {s.s}px; border-radius: {r.small}px; color: {c.text}; }}
QListView::item:hover, QTreeView::item:hover {{ background: {c.sunken}; }}
QListView::item:selected, QTreeView::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
"""


def _scrolling(t: Tokens) -> str:
    c = t.colours
    return f"""
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[kind="plain"] {{ background: transparent; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {c.control}; border: 3px solid {c.surface}; border-radius: 6px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {c.border}; }}
"""
