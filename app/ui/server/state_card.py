"""The switch, and how the server is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from app.addresses import stays_here
from app.ui.controls import icon_button, label
from app.ui.server.switch import Phase, Switch
from app.ui.theme import Theme
from app.ui.wording import told


class StateCard(QFrame):
    """One switch, one sentence, and the address to copy.

    Args:
        theme: look.

    Signals:
        switched: the user wants it on, or off.
    """

    switched = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.switch = QCheckBox(self.tr("Let other programs ask the models"))
        self.switch.toggled.connect(self.switched)
        self.state = label("", "muted", wrap=True, selectable=True)
        self.state.setAccessibleName(self.tr("State of the server"))
        self.address = label("", "code", selectable=True)
        self.address.setAccessibleName(self.tr("Address"))
        self.copy_button = icon_button(self.tr("Copy the address"), theme.icon("copy"))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.address.text()))
        self.problem = label("", "notice-warning", wrap=True, selectable=True)
        self.problem.setMargin(theme.tokens.space.m)
        self.problem.setAccessibleName(self.tr("Problem"))
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.m, space.l, space.m)
        layout.setSpacing(space.s)
        row = QHBoxLayout()
        row.addWidget(self.address)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        layout.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.state)
        layout.addLayout(row)
        layout.addWidget(self.problem)

    def show_state(self, switch: Switch, *, wanted: bool) -> None:
        """Show how the server is.

        Args:
            switch: knows it.
            wanted: the setting says that it shall be on.
        """
        blocked = self.switch.blockSignals(True)
        self.switch.setChecked(wanted)
        self.switch.blockSignals(blocked)
        self.state.setText(self._said(switch))
        self.address.setText(f"{switch.url}/v1" if switch.url else "")
        self.address.setVisible(bool(switch.url))
        self.copy_button.setVisible(bool(switch.url))
        self.problem.setText(self._problem(switch))
        self.problem.setVisible(switch.problem is not None)

    def _said(self, switch: Switch) -> str:
        texts = {
            Phase.OFF: self.tr("It is off: nothing listens."),
            Phase.STARTING: self.tr("It is being started."),
            Phase.BROKEN: self.tr("It is being started again."),
            Phase.FAILED: self.tr("It could not be started: nothing listens."),
        }
        if switch.phase is not Phase.ON:
            return texts[switch.phase]
        keyed = bool(switch.keys.list())
        if not stays_here(switch.url):
            return self.tr("It is on. Other computers reach it with a key. What you ask goes first.")
        if keyed:
            return self.tr(
                "It is on, for programs of this computer that have a key. What you ask goes first."
            )
        return self.tr("It is on, for every program of this computer. What you ask goes first.")

    def _problem(self, switch: Switch) -> str:
        if switch.problem is None:
            return ""
        if switch.phase is Phase.ON:
            return self.tr("It was started again: {problem}").format(problem=told(switch.problem))
        return told(switch.problem)
