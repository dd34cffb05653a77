"""The server pane: the models of this computer for other programs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from app.errors import IndoorsError
from app.library.store import Store
from app.settings import ALL, Value
from app.ui.controls import frame, label
from app.ui.frame.page import Page
from app.ui.frame.setting_row import SettingRow
from app.ui.preferences import Preferences
from app.ui.server.keys_card import KeysCard
from app.ui.server.requests_card import RequestsCard
from app.ui.server.snippets import snippets
from app.ui.server.snippets_card import SnippetsCard
from app.ui.server.state_card import StateCard
from app.ui.server.switch import SWITCH, Switch
from app.ui.theme import Theme

_CONTEXT = 4096
_GROUP = "Server"


class ServerPane(Page):
    """State, address, keys, how to connect, requests, and the server's settings.

    Args:
        switch: the server.
        preferences: its settings.
        store: the models.
        theme: look.
    """

    def __init__(self, switch: Switch, preferences: Preferences, store: Store, theme: Theme) -> None:
        translate = QCoreApplication.translate
        lead = translate(
            "ServerPane", "Programs that speak the Responses API can ask the models of this computer."
        )
        super().__init__(translate("ServerPane", "Server"), lead, theme)
        self._switch, self._preferences, self._store = switch, preferences, store
        self.state = StateCard(theme)
        self.state.switched.connect(lambda wanted: self._change(SWITCH, wanted))
        self.keys = KeysCard(switch, self.show_problem, theme)
        self.snippets = SnippetsCard(theme)
        self.requests = RequestsCard(switch.log, theme)
        self.rows: dict[str, SettingRow] = {}
        self.column.addWidget(self.state)
        for title, card in (
            (self.tr("Requests"), self.requests),
            (self.tr("Connect a program"), self.snippets),
            (self.tr("Keys"), self.keys),
        ):
            self.column.addWidget(label(title, "subtitle"))
            self.column.addWidget(card)
        self._add_settings(theme)
        self.column.addStretch(1)
        switch.changed.connect(self._show)
        switch.keys_changed.connect(self._show)
        preferences.changed.connect(self._on_preference)
        self._show()

    def _add_settings(self, theme: Theme) -> None:
        self.column.addWidget(label(self.tr("Settings"), "subtitle"))
        card = frame("card")
        layout = QVBoxLayout(card)
        space = theme.tokens.space
        layout.setContentsMargins(space.l, space.s, space.l, space.s)
        layout.setSpacing(0)
        for setting in ALL:
            if setting.group != _GROUP or setting.name == SWITCH:
                continue
            if self.rows:
                layout.addWidget(frame("line"))
            row = SettingRow(setting, self._preferences.get(setting.name), [], self._change, theme)
            self.rows[setting.name] = row
            layout.addWidget(row)
        self.column.addWidget(card)

    def _change(self, name: str, value: Value) -> None:
        try:
            self._preferences.set(name, value)
        except IndoorsError as error:
            self.show_problem(error)
        else:
            self.show_problem(None)

    def _on_preference(self, name: str) -> None:
        if name in self.rows:
            self.rows[name].show_value(self._preferences.get(name))
        self._show()

    def _show(self) -> None:
        try:
            keyed = bool(self._switch.keys.list())
        except IndoorsError as error:
            self.show_problem(error)
            return
        self.state.show_state(self._switch, wanted=bool(self._preferences.get(SWITCH)))
        host, port = self._preferences.text("server-host"), self._preferences.number("server-port")
        url = self._switch.url or f"http://{host}:{port}"
        model = self._preferences.text("model")
        self.snippets.offer(snippets(url, model, self._context(model), keyed=keyed))

    def _context(self, model: str) -> int:
        """Tokens that a model can read, as its manifest has it."""
        for one in self._store.models():
            if one.manifest.id == model and one.manifest.context_length:
                return one.manifest.context_length
        return _CONTEXT
