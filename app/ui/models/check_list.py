"""Checks of a model, each with what came out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.checks import Check
from app.ui.controls import label
from app.ui.models import words
from app.ui.theme import Theme
from app.ui.wording import said, told


class CheckList(QWidget):
    """A line for each check: whether it passed, what was looked at, what was found.

    Args:
        checks: in the order they were made.
        theme: distances.
    """

    def __init__(self, checks: Iterable[Check], theme: Theme) -> None:
        super().__init__()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.tokens.space.l)
        layout.setVerticalSpacing(theme.tokens.space.s)
        layout.setColumnStretch(2, 1)
        for row, check in enumerate(checks):
            found = words.breakable(told(check.error) if check.error else said(check.found))
            shown = (
                label(_outcome(check), "success" if check.passed else "danger"),
                label(words.check(check.name)),
                label(found, "muted" if check.passed else "", wrap=True, selectable=True),
            )
            for column, each in enumerate(shown):
                layout.addWidget(each, row, column, Qt.AlignmentFlag.AlignTop)


def _outcome(check: Check) -> str:
    translate = QCoreApplication.translate
    return translate("CheckList", "Passed") if check.passed else translate("CheckList", "Failed")
