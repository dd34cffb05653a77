"""The keys that open the server: created, shown once, revoked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import IndoorsError
from app.serving.keys import Key
from app.ui.controls import allow, button, label
from app.ui.row_list import RowList
from app.ui.server.switch import Switch
from app.ui.theme import Theme


class KeysCard(QFrame):
    """Lists the keys by their names.

    Args:
        switch: makes and revokes them.
        tell: shows a problem, or that there is none any more.
        theme: look.
    """

    def __init__(self, switch: Switch, tell: Callable[[IndoorsError | None], None], theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._switch, self._tell = switch, tell
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of a new key"))
        self.name.setAccessibleName(self.tr("Name of a new key"))
        self.name.textChanged.connect(self._offer)
        self.name.returnPressed.connect(self.create_key)
        self.create_button = button(self.tr("Create the key"))
        self.create_button.clicked.connect(self.create_key)
        self.empty = label(self.tr("There is none: the server asks nobody for a key."), "caption", wrap=True)
        self.fresh = FreshKey(theme)
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.m, space.l, space.m)
        layout.setSpacing(space.s)
        layout.addWidget(self.empty)
        self._list = RowList[Key, KeyRow](lambda key: KeyRow(key, self.revoke_key, theme), spacing=0)
        layout.addLayout(self._list.layout)
        layout.addWidget(self.fresh)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.create_button)
        layout.addLayout(row)
        switch.keys_changed.connect(self.refresh)
        self.refresh()
        self._offer()

    @property
    def rows(self) -> list[KeyRow]:
        """From top to bottom."""
        return self._list.rows

    def refresh(self) -> None:
        """Show the keys there are."""
        try:
            keys = self._switch.keys.list()
        except IndoorsError as error:
            self._tell(error)
            return
        self._list.show(keys)
        self.empty.setVisible(not keys)

    def create_key(self) -> None:
        """Make the key whose name was typed, and show it this once."""
        if not self.name.text().strip():
            return
        try:
            key = self._switch.create_key(self.name.text())
        except IndoorsError as error:
            self._tell(error)
            return
        self._tell(None)
        self.name.clear()
        self.fresh.show_key(key)

    def revoke_key(self, name: str) -> None:
        """Let a key open nothing any more."""
        try:
            self._switch.revoke_key(name)
        except IndoorsError as error:
            self._tell(error)
            return
        self.fresh.hide()
        self.name.setFocus()  # the button that had the keyboard is gone

    def _offer(self) -> None:
        allow(self.create_button, "" if self.name.text().strip() else self.tr("Name the key first."))


class KeyRow(QWidget):
    """One key: its name, its day, and a button that ends it.

    Args:
        key: what is shown.
        revoke: called with its name.
        theme: look.
    """

    def __init__(self, key: Key, revoke: Callable[[str], None], theme: Theme) -> None:
        super().__init__()
        self.revoke_button = button(self.tr("Revoke"), "danger")
        self.revoke_button.setAccessibleName(self.tr("Revoke the key {name}").format(name=key.name))
        self.revoke_button.clicked.connect(lambda: revoke(key.name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.tokens.space.xs, 0, theme.tokens.space.xs)
        layout.addWidget(label(key.name))
        layout.addWidget(label(self.tr("created on {day}").format(day=key.created), "caption"), 1)
        layout.addWidget(self.revoke_button)


class FreshKey(QFrame):
    """A key that was just made: it is seen here once, and kept nowhere.

    Args:
        theme: look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "notice-info")
        self.key = label("", "code", wrap=True, selectable=True)
        self.key.setAccessibleName(self.tr("The new key"))
        self.copy_button = button(self.tr("Copy the key"), icon=theme.icon("copy"))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.key.text()))
        self.close_button = button(self.tr("Done"))
        self.close_button.clicked.connect(self._end)
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.m, space.m, space.m, space.m)
        said = self.tr("Copy it now: it is not shown again, for only a hash of it is kept.")
        layout.addWidget(label(said, wrap=True))
        layout.addWidget(self.key)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.close_button)
        row.addStretch(1)
        layout.addLayout(row)
        self.hide()

    def show_key(self, key: str) -> None:
        """Show a key, and let the keyboard copy it."""
        self.key.setText(key)
        self.show()
        self.copy_button.setFocus()

    def _end(self) -> None:
        self.key.clear()
        self.hide()
