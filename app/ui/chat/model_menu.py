"""Which model answers in the open conversation, and the menu that switches to another."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from app.library.store import InstalledModel, State
from app.ui.chat.elided_label import Refit
from app.ui.chat.model_choice import ModelChoice
from app.ui.chat.readiness import remote_name
from app.ui.theme import Theme

_ROUNDING = 2  # pixels: a width is told in whole ones
_SHORTEST = 8  # letters
_BESIDE = 8  # pixels, with the arrow and the button's own room


class ModelMenu(QPushButton):
    """Shows the model's name, with an ellipsis where there is no room; a click offers the others.

    Args:
        theme: look.

    Signals:
        opening: the menu is about to be seen; `offer` fills it.
        chosen: the id of the model that is to answer in this conversation.
        default_chosen: the id of the model that is to answer in new conversations.
        more_wanted: get other models.
    """

    opening = Signal()
    chosen = Signal(str)
    default_chosen = Signal(str)
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("kind", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.choices = QMenu(self)
        self.choices.setToolTipsVisible(True)
        self.choices.aboutToShow.connect(self.opening)
        self.setMenu(self.choices)
        Refit(self, self._fit)
        self._more_icon = theme.icon("models")

    def show_text(self, text: str) -> None:
        """Show a model's name, or how far loading it is."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(self.tr("Model: {name}").format(name=text))
        self._fit()
        self.updateGeometry()

    def offer(self, models: ModelChoice, wanted: str) -> None:
        """Fill the menu.

        Args:
            models: what there is, and what answers in new conversations.
            wanted: id of the model that this conversation has of its own; empty when it has none.
        """
        current = wanted or models.default
        self.choices.clear()
        group = QActionGroup(self.choices)
        for model in models.installed():
            action = self.choices.addAction(self._line(model))
            action.setToolTip(model.problem)
            action.setCheckable(True)
            action.setChecked(model.manifest.id == current)
            action.setEnabled(model.state is State.READY)
            action.triggered.connect(lambda _, model_id=model.manifest.id: self.chosen.emit(model_id))
            group.addAction(action)
        for remote in models.elsewhere():
            action = self.choices.addAction(remote_name(remote).replace("&", "&&"))
            action.setToolTip(self.tr("What you write leaves this computer."))
            action.setCheckable(True)
            action.setChecked(remote.id == current)
            if models.offline:
                action.setToolTip(self.tr("The offline switch is on."))
                action.setEnabled(False)
            action.triggered.connect(lambda _, model_id=remote.id: self.chosen.emit(model_id))
            group.addAction(action)
        self.choices.addSeparator()
        default = self.choices.addAction(self.tr("Use it for new conversations"))
        default.setCheckable(True)
        default.setChecked(current == models.default)
        default.setEnabled(current != models.default)
        default.triggered.connect(lambda: self.default_chosen.emit(current))
        more = self.choices.addAction(self._more_icon, self.tr("Get more models…"))
        more.triggered.connect(self.more_wanted)

    def sizeHint(self) -> QSize:
        """Qt: room for the whole name."""
        return QSize(self._width_for(self._whole) + _ROUNDING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt: room for its beginning."""
        return QSize(self._width_for(self._whole[:_SHORTEST]), super().minimumSizeHint().height())

    def _line(self, model: InstalledModel) -> str:
        name = (model.manifest.name or model.manifest.id).replace("&", "&&")
        reasons = {
            State.READY: "{name}",
            State.DAMAGED: self.tr("{name} – damaged: {problem}"),
            State.NOT_CONNECTED: self.tr("{name} – not connected: {problem}"),
        }
        return reasons[model.state].format(name=name, problem=model.problem)

    def _width_for(self, text: str) -> int:
        metrics = self.fontMetrics()
        return metrics.horizontalAdvance(text) + 2 * metrics.height() + _BESIDE

    def _fit(self) -> None:
        room = max(self.width() - self._width_for(""), 0)
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(text.replace("&", "&&"))
