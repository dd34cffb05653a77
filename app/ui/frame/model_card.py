"""One installed model, as the models pane shows it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.library.store import InstalledModel, State
from app.manifest import Manifest
from app.ui.controls import allow, button, label
from app.ui.frame.words import count, parameters, size
from app.ui.theme import Theme


class ModelCard(QFrame):
    """Name, facts and state of a model, and the button that makes it answer.

    Args:
        model: what is shown.
        theme: look.
    """

    chosen = Signal(str)

    def __init__(self, model: InstalledModel, theme: Theme) -> None:
        super().__init__()
        self.model = model
        manifest = model.manifest
        self.setProperty("kind", "card")
        self.setAccessibleName(manifest.name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._badge = label(self.tr("Answers in the chat"), "success")
        self.use = button(self.tr("Use for chat"))
        self.use.setAccessibleName(self.tr("Use {model} for chat").format(model=manifest.name))
        self.use.clicked.connect(lambda: self.chosen.emit(manifest.id))
        space = theme.tokens.space
        texts = QVBoxLayout()
        texts.setSpacing(space.xs)
        texts.addWidget(label(manifest.name, "subtitle", wrap=True))
        texts.addWidget(label(self._facts(manifest), "muted", wrap=True))
        if model.state is State.DAMAGED:
            damage = self.tr("Damaged: {problem}").format(problem=model.problem)
            texts.addWidget(label(damage, "danger", wrap=True, selectable=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.l)
        layout.addLayout(texts, 1)
        layout.addWidget(self._badge)
        layout.addWidget(self.use)

    def show_choice(self, chosen_id: str) -> None:
        """Show whether this is the model that answers."""
        is_chosen = self.model.manifest.id == chosen_id
        self._badge.setVisible(is_chosen)
        self.use.setVisible(not is_chosen)
        damaged = self.model.state is State.DAMAGED
        allow(self.use, self.tr("A damaged model cannot answer. Import it again.") if damaged else "")

    def _facts(self, manifest: Manifest) -> str:
        context = manifest.context_length
        figures = parameters(manifest.parameters)
        facts = [
            self.tr("Built in") if self.model.built_in else manifest.id,
            self.tr("{count} parameters").format(count=figures) if figures else "",
            size(manifest.bytes) if manifest.bytes else "",
            self.tr("context of {tokens} tokens").format(tokens=count(context)) if context else "",
            manifest.quantization,
            manifest.licence or self.tr("licence unknown"),
        ]
        return " · ".join(fact for fact in facts if fact)
