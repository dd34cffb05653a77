"""The token file: contrast and scale."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.ui.theme import tokens
from app.ui.theme.stylesheet import stylesheet
from app.ui.theme.tokens import DARK, LIGHT, READABLE, VISIBLE, Colours, build, contrast

SCHEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@pytest.mark.parametrize(
    ("first", "second", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_what_wcag_says(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


@SCHEMES
def test_text_reaches_aa(colours: Colours) -> None:
    ratios = {pair: contrast(*(getattr(colours, name) for name in pair)) for pair in READABLE}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@SCHEMES
def test_outlines_reach_aa(colours: Colours) -> None:
    ratios = {pair: contrast(*(getattr(colours, name) for name in pair)) for pair in VISIBLE}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def test_every_ink_is_checked() -> None:
    grounds = {ground for _, ground in (*READABLE, *VISIBLE)}
    checked = grounds | {ink for ink, _ in (*READABLE, *VISIBLE)}
    assert set(vars(LIGHT)) - checked == {"border"}


def test_every_pair_of_the_stylesheet_is_checked() -> None:
    """Text inherits the usual ink; disabled controls and mere graphics need no contrast."""
    names = list(vars(LIGHT))
    numbered = Colours(**{name: f"#{place:06x}" for place, name in enumerate(names)})
    sheet = stylesheet(replace(build(dark=False), colours=numbered), "Mono")
    found = set()
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        ground = re.search(r"background: #(\w{6})", body)
        ink = re.search(r"(?<!-)color: #(\w{6})", body)
        if ground and not re.search(r"disabled|handle|chunk|Progress|line|separator", selector):
            found.add((names[int(ink[1], 16)] if ink else "text", names[int(ground[1], 16)]))
    assert len(found) > 8
    assert found - {("text", "accent_hover")} <= set(READABLE)


def test_text_size_scales_the_type_and_the_column() -> None:
    usual, large = build(dark=False), build(dark=False, text_percent=150)
    assert large.type.body == round(usual.type.body * 1.5)
    assert large.column == round(usual.column * 1.5)
    assert large.space == usual.space


def test_no_motion_means_no_time() -> None:
    assert tokens.build(dark=False, motion=False).animation_ms == 0 < tokens.build(dark=False).animation_ms
