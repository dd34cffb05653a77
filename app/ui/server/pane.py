"""The server pane: the models of this computer for other programs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.errors import IndoorsError
from app.library.store import Store
from app.settings import ALL
from app.ui.controls import label
from app.ui.frame.page import Page
from app.ui.frame.settings_card import SettingsCard
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
        self.state.switched.connect(lambda wanted: preferences.change(SWITCH, wanted, self.show_problem))
        self.keys = KeysCard(switch, self.show_problem, theme)
        self.snippets = SnippetsCard(theme)
        self.requests = RequestsCard(switch.log, theme)
        members = [one for one in ALL if one.group == _GROUP and one.name != SWITCH]
        self.settings = SettingsCard(members, preferences, self.show_problem, theme)
        self.column.addWidget(self.state)
        for title, card in (
            (self.tr("Requests"), self.requests),
            (self.tr("Connect a program"), self.snippets),
            (self.tr("Keys"), self.keys),
            (self.tr("Settings"), self.settings),
        ):
            self.column.addWidget(label(title, "subtitle"))
            self.column.addWidget(card)
        self.column.addStretch(1)
        switch.changed.connect(self._show)
        switch.keys_changed.connect(self._show)
        preferences.changed.connect(lambda _: self._show())
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
