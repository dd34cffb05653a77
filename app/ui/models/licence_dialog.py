"""A licence, to be accepted before the first download of a model under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.library.licences import Terms, spdx
from app.ui.controls import button, label
from app.ui.models.asking import asked
from app.ui.theme import Theme


class LicenceDialog(QDialog):
    """Shows the terms; accepted or not.

    Args:
        terms: what has to be accepted.
        theme: distances.
        parent: the pane.
    """

    def __init__(self, terms: Terms, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Licence of {model}").format(model=terms.model))
        named = spdx(terms.licence) or self.tr("one that its publisher does not name")
        said = self.tr(
            "{model} is under the licence {licence}. It is accepted once, for every model under it."
        )
        self.text = QPlainTextEdit(terms.text or self.tr("Its text comes with the model's files."))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the licence"))
        self.accept_button = button(self.tr("Accept"), "primary")
        self.accept_button.clicked.connect(self.accept)
        buttons = QDialogButtonBox()
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        refuse = button(self.tr("Do not accept"))
        buttons.addButton(refuse, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        space, body = theme.tokens.space, theme.tokens.type.body
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.m)
        layout.addWidget(label(said.format(model=terms.model, licence=named), wrap=True))
        if terms.usage:
            layout.addWidget(label(terms.usage, "muted", wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)
        self.resize(46 * body, 36 * body)
        self.accept_button.setFocus()

    async def answer(self) -> bool:
        """Open the dialog and wait until it is closed: whether the terms were accepted."""
        return await asked(self) == QDialog.DialogCode.Accepted
