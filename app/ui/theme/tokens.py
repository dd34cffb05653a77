"""The one place where colours, sizes and durations are written down.

Every pair of foreground and background that `READABLE` names reaches WCAG 2.2 level AA: 4.5:1 for text, 3:1
for the borders of controls and the focus ring (`VISIBLE`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """The palette of one scheme, as `#rrggbb`.

    Attributes:
        window: behind everything; the rail and the sidebar.
        surface: behind a pane's content.
        raised: cards, inputs, menus, popups.
        sunken: code, tracks, the user's own messages.
        border: quiet lines that part areas.
        control: the outline of a control, and a scroll bar's handle.
        text: what is read.
        muted: what is read second.
        accent: the one accent: primary buttons, links, the focus ring, what is selected.
        accent_hover: the accent under the pointer.
        on_accent: text on the accent.
        accent_soft: the background of what is selected or hovered.
        danger: errors and what destroys.
        danger_soft: the background of an error.
        warning: what needs attention.
        warning_soft: the background of a warning.
        success: what is well.
        selection: the background of selected text.
        code_comment: comments in code, on `sunken`.
        code_keyword: keywords in code, on `sunken`.
        code_string: strings in code, on `sunken`.
        code_number: numbers in code, on `sunken`.
        code_name: names of functions and classes in code, on `sunken`.
        hit: the background of a search hit.
    """

    window: str
    surface: str
    raised: str
    sunken: str
    border: str
    control: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    selection: str
    code_comment: str
    code_keyword: str
    code_string: str
    code_number: str
    code_name: str
    hit: str


LIGHT = Colours(
    window="#f4f3ef",
    surface="#fbfaf8",
    raised="#ffffff",
    sunken="#f0eee9",
    border="#e1ded7",
    control="#86827a",
    text="#22211e",
    muted="#625f57",
    accent="#1f6757",
    accent_hover="#185446",
    on_accent="#ffffff",
    accent_soft="#dfece7",
    danger="#ad2a20",
    danger_soft="#fbeae7",
    warning="#805300",
    warning_soft="#fbf0d9",
    success="#2a6a2e",
    selection="#bfdcd3",
    code_comment="#68655d",
    code_keyword="#8a3280",
    code_string="#2c692c",
    code_number="#944a00",
    code_name="#20559b",
    hit="#fbe59a",
)

DARK = Colours(
    window="#171716",
    surface="#1d1d1b",
    raised="#272725",
    sunken="#252523",
    border="#363532",
    control="#85827a",
    text="#ecebe6",
    muted="#aaa79e",
    accent="#72c5b0",
    accent_hover="#8ad3c1",
    on_accent="#0c211b",
    accent_soft="#243a34",
    danger="#f28b80",
    danger_soft="#3d211e",
    warning="#e5b65c",
    warning_soft="#3a2f17",
    success="#84ca8a",
    selection="#2f5a4e",
    code_comment="#a09d94",
    code_keyword="#d9a3e0",
    code_string="#9fd193",
    code_number="#e8ad72",
    code_name="#93bdf1",
    hit="#5f4d12",
)

_GROUNDS = ("window", "surface", "raised", "sunken")
READABLE: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "muted", "accent", "danger") for ground in _GROUNDS),
    *((ink, "accent_soft") for ink in ("text", "muted", "accent", "danger")),
    *(("success", ground) for ground in _GROUNDS),
    *(("warning", ground) for ground in _GROUNDS),
    *((f"code_{ink}", "sunken") for ink in ("comment", "keyword", "string", "number", "name")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("text", "selection"),
    ("text", "hit"),
    ("danger", "danger_soft"),
    ("text", "danger_soft"),
    ("warning", "warning_soft"),
    ("text", "warning_soft"),
)
"""Text and what it stands on: at least 4.5:1."""

VISIBLE: tuple[tuple[str, str], ...] = tuple(
    (line, ground)
    for line in ("control", "accent")
    for ground in (*_GROUNDS, "accent_soft", "danger_soft", "warning_soft")
)
"""Outlines and what they stand on: at least 3:1."""


@dataclass(frozen=True)
class Type:
    """The type scale, in device-independent pixels."""

    caption: int
    body: int
    reading: int
    subtitle: int
    title: int
    display: int


@dataclass(frozen=True)
class Space:
    """Distances, in device-independent pixels."""

    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741
    xl: int = 24
    xxl: int = 40


@dataclass(frozen=True)
class Radius:
    """Corners, in device-independent pixels."""

    small: int = 6
    medium: int = 10
    large: int = 14


@dataclass(frozen=True)
class Tokens:
    """Everything a widget needs to know to look right.

    Attributes:
        dark: whether the scheme is dark.
        colours: the palette.
        type: the type scale, at the chosen text size.
        space: distances.
        radius: corners.
        animation_ms: how long a movement takes; 0 where the user wants none.
        column: the widest a column of text gets, so that lines stay readable.
    """

    dark: bool
    colours: Colours
    type: Type
    space: Space
    radius: Radius
    animation_ms: int
    column: int


def build(*, dark: bool, text_percent: int = 100, motion: bool = True) -> Tokens:
    """The tokens of a scheme.

    Args:
        dark: the dark scheme instead of the light one.
        text_percent: text size in percent of the normal one.
        motion: whether things may move.
    """

    def scaled(pixels: int) -> int:
        return max(8, round(pixels * text_percent / 100))

    return Tokens(
        dark=dark,
        colours=DARK if dark else LIGHT,
        type=Type(scaled(12), scaled(14), scaled(15), scaled(16), scaled(21), scaled(28)),
        space=Space(),
        radius=Radius(),
        animation_ms=140 if motion else 0,
        column=scaled(760),
    )


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
