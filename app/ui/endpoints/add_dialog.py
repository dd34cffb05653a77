"""Asks for an endpoint: name, address, key, and which of its models."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import IndoorsError
from app.remote.endpoints import Endpoint
from app.ui.controls import allow, button, label
from app.ui.elsewhere import Elsewhere
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.ui.wording import told


class AddDialog(QDialog):
    """Adds an endpoint; where no model is named, it is asked which ones it has.

    Args:
        elsewhere: keeps and asks it.
        tasks: runs the asking.
        theme: distances.
        parent: over which it appears.
    """

    def __init__(self, elsewhere: Elsewhere, tasks: Tasks, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add an endpoint"))
        self._elsewhere, self._tasks = elsewhere, tasks
        self.name = self._line(self.tr("Name"))
        self.address = self._line(self.tr("Address"), "https://…/v1")
        self.key = self._line(self.tr("Key"), self.tr("None"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.models = self._line(self.tr("Models"), self.tr("All that it offers; or their names"))
        self.problem = label("", "danger", wrap=True, selectable=True)
        self.problem.hide()
        self.add_button = button(self.tr("Add"), "primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._start)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.add_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        for line in (self.name, self.address, self.key, self.models):
            line.textChanged.connect(self._offer)
            form.addRow(line.accessibleName(), line)
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.m)
        said = self.tr("Its models are not local: what you write to them leaves this computer.")
        layout.addWidget(label(said, wrap=True))
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.resize(38 * theme.tokens.type.body, self.sizeHint().height())
        self._offer()

    def _line(self, name: str, hint: str = "") -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        return made

    def _offer(self) -> None:
        missing = not self.name.text().strip() or not self.address.text().strip()
        allow(self.add_button, self.tr("Give a name and an address first.") if missing else "")

    def _start(self) -> None:
        work = self._add()
        task = self._tasks.start(work)
        task.add_done_callback(lambda _: work.close())
        self.finished.connect(lambda _: task.cancel())

    async def _add(self) -> None:
        self.problem.hide()
        allow(self.add_button, self.tr("It is being asked."))
        try:
            await self._elsewhere.add(await self._described(), self.key.text().strip())
        except IndoorsError as error:
            self.problem.setText(told(error))
            self.problem.show()
            self._grow()
            self._offer()
        else:
            self.accept()

    def _grow(self) -> None:
        """Make room for the problem."""
        needed = self.heightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed))

    async def _described(self) -> Endpoint:
        url, key = self.address.text().strip().rstrip("/"), self.key.text().strip()
        models = tuple(self.models.text().replace(",", " ").split())
        return Endpoint(self.name.text().strip(), url, models or await self._elsewhere.look(url, key))
