"""Text as it is copied: the markers of lists are kept, whatever part is selected."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from app.ui.markdown.plain import copied_text, document_text
from tests.ui.markdown.conftest import Draw


@pytest.fixture
def listed(qapp: QApplication) -> QTextDocument:
    document = QTextDocument()
    document.setMarkdown("before\n\n3. three\n4. four\n   - inner\n\nafter\n")
    return document


def test_markers_are_kept(listed: QTextDocument) -> None:
    assert [line for line in copied_text(listed).splitlines() if line] == [
        "before",
        "3. three",
        "4. four",
        "   - inner",
        "after",
    ]


def test_boxes_of_tasks_are_kept(draw: Draw) -> None:
    ((_, document),) = draw("- list\n  - [x] done\n  - [ ] open\n  - other\n")
    assert copied_text(document) == "- list\n   - [x] done\n   - [ ] open\n   - other"


def test_an_item_that_is_selected_from_its_middle_has_no_marker(listed: QTextDocument) -> None:
    text = document_text(listed)
    start, end = text.index("hree"), text.index("inner") + 2
    assert copied_text(listed, start, end).splitlines() == ["hree", "4. four", "   - in"]
    assert copied_text(listed, start, start) == ""


@pytest.mark.parametrize("markdown", ["", "a\n\nb", "> a\n>\n> b", "**😀** b"])
def test_without_lists_it_is_the_documents_text(qapp: QApplication, markdown: str) -> None:
    document = QTextDocument()
    document.setMarkdown(markdown)
    assert copied_text(document) == document_text(document)
    for start in range(document.characterCount()):
        assert copied_text(document, start) == document_text(document, start)
        assert copied_text(document, 0, start) == document_text(document, 0, start)
