"""Lists the places elsewhere that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import IndoorsError
from app.remote.endpoints import Endpoint
from app.ui.controls import button, label
from app.ui.elsewhere import Elsewhere
from app.ui.endpoints.add_dialog import AddDialog
from app.ui.row_list import RowList
from app.ui.tasks import Tasks
from app.ui.theme import Theme


class EndpointsCard(QFrame):
    """The endpoints, each with a button that removes it, and a button that adds one.

    Args:
        elsewhere: keeps and asks them.
        tasks: runs what clicks start.
        tell: shows a problem, or that there is none any more.
        theme: look.
    """

    def __init__(
        self, elsewhere: Elsewhere, tasks: Tasks, tell: Callable[[IndoorsError | None], None], theme: Theme
    ) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._elsewhere, self._tasks, self._tell, self._theme = elsewhere, tasks, tell, theme
        self.add_button = button(self.tr("Add an endpoint…"))
        self.add_button.clicked.connect(self.open_dialog)
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.m, space.l, space.m)
        layout.setSpacing(space.s)
        said = self.tr(
            "Any server that speaks the Responses API: your company's deployment, or a computer of your own. "
            "Its models are not local: what you write to them is sent there. Keys are kept in this "
            "computer's keyring."
        )
        layout.addWidget(label(said, "caption", wrap=True))
        self._list = RowList[Endpoint, EndpointRow](
            lambda endpoint: EndpointRow(endpoint, self._remove, theme), spacing=0
        )
        layout.addLayout(self._list.layout)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.add_button)
        layout.addLayout(row)
        elsewhere.changed.connect(self.refresh)
        self.refresh()

    @property
    def rows(self) -> list[EndpointRow]:
        """From top to bottom."""
        return self._list.rows

    def refresh(self) -> None:
        """Show the endpoints there are."""
        try:
            self._list.show(self._elsewhere.endpoints())
        except IndoorsError as error:
            self._tell(error)

    def open_dialog(self) -> AddDialog:
        """Ask for another endpoint; gives the dialog."""
        dialog = AddDialog(self._elsewhere, self._tasks, self._theme, self)
        dialog.open()
        return dialog

    def _remove(self, endpoint: Endpoint) -> None:
        work = self._guarded(self._elsewhere.remove(endpoint))
        self._tasks.start(work).add_done_callback(lambda _: work.close())
        self.add_button.setFocus()  # the button that had the keyboard is gone

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except IndoorsError as error:
            self._tell(error)
        else:
            self._tell(None)


class EndpointRow(QWidget):
    """One endpoint: its name, its address, its models, and a button that removes it.

    Args:
        endpoint: what is shown.
        remove: called with it.
        theme: look.
    """

    def __init__(self, endpoint: Endpoint, remove: Callable[[Endpoint], None], theme: Theme) -> None:
        super().__init__()
        self.remove_button = button(self.tr("Remove"), "danger")
        self.remove_button.setAccessibleName(self.tr("Remove {name}").format(name=endpoint.name))
        self.remove_button.clicked.connect(lambda: remove(endpoint))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(endpoint.name))
        texts.addWidget(label(f"{endpoint.url} · {', '.join(endpoint.models)}", "caption", wrap=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.tokens.space.s, 0, theme.tokens.space.s)
        layout.addLayout(texts, 1)
        layout.addWidget(self.remove_button)
