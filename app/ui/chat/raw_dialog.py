"""Shows what a model really read and wrote: control tokens, channels, ids."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from app.history.items import Item
from app.ui.controls import label
from app.ui.markdown.look import mono_family
from app.ui.markdown.safe_text import neutralise

_IDS_A_LINE = 12
_SIZE = (760, 560)


class RawDialog(QDialog):
    """The prompt as text and as token ids, and the items of the answer.

    Args:
        rendered: what the worker's `render` gave: text and token_ids.
        items: of the answer.
        parent: the pane.
    """

    def __init__(self, rendered: Mapping[str, Any], items: Sequence[Item], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Raw tokens"))
        self.resize(*_SIZE)
        ids = [int(number) for number in rendered["token_ids"]]
        tabs = QTabWidget()
        tabs.addTab(_page(neutralise(str(rendered["text"]))), self.tr("Prompt"))
        tabs.addTab(_page(_lines(ids)), self.tr("Prompt as token ids"))
        answer = json.dumps(list(items), indent=2, ensure_ascii=False)
        tabs.addTab(_page(neutralise(answer)), self.tr("Answer by channel"))
        count = label(self.tr("The prompt has {0} tokens.").format(f"{len(ids):,}"), "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(count)
        layout.addWidget(tabs, 1)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)


def _page(text: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    font = made.font()
    font.setFamilies([mono_family()])
    made.setFont(font)
    made.setPlainText(text)
    return made


def _lines(ids: Sequence[int]) -> str:
    rows = (ids[start : start + _IDS_A_LINE] for start in range(0, len(ids), _IDS_A_LINE))
    return "\n".join(" ".join(f"{number:>6}" for number in row) for row in rows)
