"""What a reader sees of a block."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from app.ui.markdown.look import DONE, OPEN, TASK
from app.ui.markdown.maths import Maths
from app.ui.markdown.plain import document_text
from tests.ui.markdown.conftest import Draw
from tests.ui.markdown.test_stream import FRAGMENTS, HOSTILE


def _text(draw: Draw, source: str) -> str:
    return "\n".join(document_text(document) for _, document in draw(source))


def _anchors(document: QTextDocument) -> list[str]:
    found = []
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            if href := fragments.fragment().charFormat().anchorHref():
                found.append(href)
            fragments += 1
        block = block.next()
    return found


def test_marks_become_formats(draw: Draw) -> None:
    assert _text(draw, "a *b* **c** `d` ~~e~~ \\*f\\* &lt;") == "a b c d e *f* <"


def test_html_is_text(draw: Draw) -> None:
    source = '<script>alert("x")</script> <img src=x> <b>no</b>'
    assert _text(draw, source) == source


def test_headings_have_levels(draw: Draw) -> None:
    ((_, document),) = draw("## Two")
    assert document.begin().blockFormat().headingLevel() == 2


def test_web_links_are_links_and_others_show_where_they_wanted_to_lead(draw: Draw) -> None:
    ((_, document),) = draw(
        r"[a](https://x.org/) [b](file:///etc) [c](//server/share) <javascript:x> www.y.org"
    )
    assert _anchors(document) == ["https://x.org/", "http://www.y.org"]
    assert "b (file:///etc)" in document.toPlainText()
    assert "c (//server/share)" in document.toPlainText()


def test_unc_link_is_inert(draw: Draw) -> None:
    ((_, document),) = draw("[x](<\\\\\\\\server\\share>)")
    assert not _anchors(document)
    assert "server" in document.toPlainText()


def test_later_definition_makes_a_link(draw: Draw) -> None:
    first, *_ = draw("see [x]\n\n[x]: https://x.org/\n")
    assert _anchors(first[1]) == ["https://x.org/"]


def test_task_list_has_boxes(draw: Draw) -> None:
    tasks = [d.begin().blockFormat().intProperty(TASK) for _, d in draw("- [x] a\n- [ ] b\n- c\n")]
    assert tasks == [DONE, OPEN, 0]


def test_ordered_list_starts_where_it_says(draw: Draw) -> None:
    texts = [d.begin().textList().itemText(d.begin()) for _, d in draw("7. a\n7. b\n")]
    assert texts == ["7.", "8."]


def test_table_is_a_table(draw: Draw) -> None:
    ((_, document),) = draw("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    table = document.rootFrame().childFrames()[0]
    assert (table.rows(), table.columns()) == (2, 2)


def test_bands_of_a_table_have_columns_of_the_same_width(draw: Draw) -> None:
    rows = "".join(f"| {'long ' * 9} {row} | {row} |\n" for row in range(120))
    drawn = draw(f"| a | b |\n|---|--:|\n{rows}")
    assert len(drawn) > 1
    formats = [made.rootFrame().childFrames()[0].format().toTableFormat() for _, made in drawn]
    assert [made.headerRowCount() for made in formats] == [1] + [0] * (len(drawn) - 1)
    widths = {tuple(x.rawValue() for x in made.columnWidthConstraints()) for made in formats}
    assert len(widths) == 1
    assert sum(widths.pop()) == pytest.approx(100)


def test_remote_image_is_not_loaded(draw: Draw) -> None:
    assert "http://x.org/a.png" in _text(draw, "![alt](http://x.org/a.png)")
    assert "not loaded" in _text(draw, "![](file:///etc/x.png)")


def _png(width: int) -> str:
    image = QImage(width, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return base64.b64encode(bytes(buffer.data().data())).decode()


def test_embedded_image_is_shown_no_wider_than_the_column(draw: Draw) -> None:
    ((_, document),) = draw(f"![alt](data:image/png;base64,{_png(2000)})")
    assert document.toPlainText() == "\ufffc"
    assert document.idealWidth() <= 610


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml;base64,"
        + base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(),
        "data:image/png;base64,AAAA",
        "data:image/png,raw",
        "data:text/html;base64,AAAA",
    ],
)
def test_what_is_no_harmless_picture_is_not_shown(draw: Draw, address: str) -> None:
    assert "not loaded" in _text(draw, f"![x]({address})")


@pytest.mark.parametrize("source", ["a $x^2$ b", r"a \(x^2\) b", "$$\nx^2\n$$", "\\[\nx^2\n\\]"])
def test_formula_is_drawn_once_it_is_known(draw: Draw, maths: Maths, qtbot: QtBot, source: str) -> None:
    assert "x^2" in _text(draw, source)
    with qtbot.waitSignal(maths.drawn, timeout=60_000):
        pass
    ((_, document),) = draw(source)
    assert "\ufffc" in document.toPlainText()
    assert "x^2$" in document_text(document)


def test_prices_are_no_formulas(draw: Draw) -> None:
    assert _text(draw, "It costs $5 or $6.") == "It costs $5 or $6."


def test_wrong_formula_keeps_its_source(draw: Draw, maths: Maths, qtbot: QtBot) -> None:
    draw(r"$\begin{nonsense}$")
    with qtbot.waitSignal(maths.drawn, timeout=60_000):
        pass
    assert "nonsense" in _text(draw, r"$\begin{nonsense}$")


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30))
def test_anything_can_be_drawn(draw: Draw, maths: Maths, fragments: list[str]) -> None:
    for _, document in draw("".join(fragments)):
        document.setTextWidth(500)
        assert document.size().height() >= 0


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_can_be_drawn(draw: Draw, text: str) -> None:
    draw(text)


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - {"no space", "one line", "fence"}))
def test_hostile_blocks_are_drawn_in_bounded_time(draw: Draw, name: str) -> None:
    began = time.thread_time()
    drawn = draw(HOSTILE[name])
    assert (time.thread_time() - began) / max(len(drawn), 20) < 0.5


def test_ten_thousand_quotes_stay_text(draw: Draw) -> None:
    shown = _text(draw, ">" * 10_000 + " end")
    assert "end" in shown
    assert shown.count(">") == 10_000
