"""LaTeX mathematics as SVG, by the library ziamath."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 2_000
_PRECISION = 2


@dataclass(frozen=True)
class FormulaKey:
    """What a formula's picture depends on.

    Attributes:
        latex: the source.
        size: font size in pixels.
        colour: `#rrggbb`.
        display: drawn large, on a line of its own.
    """

    latex: str
    size: int
    colour: str
    display: bool


@dataclass(frozen=True)
class Formula:
    """A formula that is drawn.

    Attributes:
        svg: an SVG 1.1 document; empty when the source could not be understood.
        width: in pixels.
        ascent: pixels above the baseline.
        descent: pixels below the baseline.
    """

    svg: bytes = b""
    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0


def typeset(key: FormulaKey) -> Formula:
    """Draw a formula. Takes milliseconds, the first time a second: not for the thread that paints."""
    from ziamath import zmath
    from ziamath.config import config

    config.svg2 = False  # Qt's SVG knows no symbols with a view box
    config.precision = _PRECISION
    try:
        drawn = zmath.Latex(key.latex.strip(), size=key.size, color=key.colour, inline=not key.display)
        width, height = drawn.getsize()
        return Formula(drawn.svg().encode(), width, height + drawn.getyofst(), -drawn.getyofst())
    except Exception:
        return Formula()
