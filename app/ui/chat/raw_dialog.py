"""Shows what a model really read and wrote: control tokens, channels, ids."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from app.history.items import Item
from app.ui.chat.token_table import Spelling, TokenTable
from app.ui.controls import label
from app.ui.markdown.look import mono_family
from app.ui.markdown.safe_text import neutralise

_SIZE = (760, 560)


class RawDialog(QDialog):
    """The prompt and the answer, each as text and token by token, and the answer's items.

    Args:
        prompt: what the model read, rendered anew.
        answer: what it wrote; none where that is not known.
        items: of the answer.
        read: how many tokens the model read back then; None where that is not known.
        parent: the pane.
    """

    def __init__(
        self, prompt: Spelling, answer: Spelling, items: Sequence[Item], read: int | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Raw tokens"))
        self.resize(*_SIZE)
        self.tabs = QTabWidget()
        self._add_tokens(prompt, self.tr("Prompt"), self.tr("Prompt, token by token"))
        self._add_tokens(answer, self.tr("Answer"), self.tr("Answer, token by token"))
        content = json.dumps(list(items), indent=2, ensure_ascii=False)
        self._add(self._page(neutralise(content)), self.tr("Answer by channel"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label(self._counts(prompt, answer, read), "muted", wrap=True))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)

    def _add_tokens(self, tokens: Spelling, name: str, one_by_one: str) -> None:
        if not tokens.ids:
            self._add(self._page(self.tr("The tokens are not known: the program ended before the answer did, "
                                         "or it comes from elsewhere.")), name)  # fmt: skip
            return
        self._add(self._page(neutralise(tokens.text)), name)
        self._add(TokenTable(tokens, one_by_one), one_by_one)

    def _add(self, page: QWidget, name: str) -> None:
        page.setAccessibleName(name)
        self.tabs.addTab(page, name)

    def _counts(self, prompt: Spelling, answer: Spelling, read: int | None) -> str:
        text = self.tr("The prompt has {0} tokens, the answer {1}.")
        words = text.format(f"{len(prompt.ids):,}", f"{len(answer.ids):,}")
        if read is not None and read != len(prompt.ids):
            changed = self.tr("The model read {0} back then: date, settings or model are others now.")
            words += " " + changed.format(f"{read:,}")
        return words

    def _page(self, text: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setReadOnly(True)
        made.setTabChangesFocus(True)
        font = made.font()
        font.setFamilies([mono_family()])
        made.setFont(font)
        made.setPlainText(text)
        return made
