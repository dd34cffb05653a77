"""Signing in at the hub with an access token, for models that their publishers give only to known people."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.errors import IndoorsError
from app.ui.controls import allow, button, label
from app.ui.models.asking import asked
from app.ui.models.hub import Hub
from app.ui.theme import Theme
from app.ui.wording import told


class SignInDialog(QDialog):
    """Asks for a token, has it checked, and says who it belongs to.

    Args:
        hub: checks it; it is kept in the system's keyring.
        theme: distances.
        parent: the pane.
    """

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sign in"))
        self._hub = hub
        self._work: asyncio.Task[None] | None = None
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setAccessibleName(self.tr("Access token"))
        self.token.setPlaceholderText(self.tr("Access token"))
        self.token.textChanged.connect(self._offer)
        self.problem = label("", "danger", wrap=True, selectable=True)
        self.problem.hide()
        self.sign_in = button(self.tr("Sign in"), "primary")
        self.sign_in.setDefault(True)
        self.sign_in.clicked.connect(self._start)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.sign_in, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.m)
        said = self.tr(
            "The publisher gives this model only to people who are signed in and agreed to its terms. Agree "
            "on the model's page, make an access token in your account there, and paste it here. It is kept "
            "in this computer's keyring."
        )
        for shown in (label(said, wrap=True), self.token, self.problem, buttons):
            layout.addWidget(shown)
        width = 38 * theme.tokens.type.body
        self.resize(width, layout.totalHeightForWidth(width))
        self._offer()

    async def done_well(self) -> bool:
        """Open the dialog and wait until it is closed: whether somebody is signed in now."""
        try:
            return await asked(self) == QDialog.DialogCode.Accepted
        finally:
            if self._work is not None:
                self._work.cancel()

    def _offer(self) -> None:
        allow(self.sign_in, "" if self.token.text().strip() else self.tr("Paste an access token first."))

    def _start(self) -> None:
        self._work = asyncio.get_running_loop().create_task(self._check())

    async def _check(self) -> None:
        self.problem.hide()
        allow(self.sign_in, self.tr("The token is being checked."))
        try:
            await self._hub.sign_in(self.token.text().strip())
        except IndoorsError as error:
            self.problem.setText(told(error))
            self.problem.show()
            self._offer()
        else:
            self.accept()
