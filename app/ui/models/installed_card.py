"""One installed model."""

from __future__ import annotations

from app.hardware.verdict import Verdict
from app.library.about import Known
from app.library.store import InstalledModel, State
from app.ui.controls import allow, button, label
from app.ui.frame.words import count, parameters, size
from app.ui.models import words
from app.ui.models.actions import Actions
from app.ui.models.badge import badge_of, runs
from app.ui.models.card import Card
from app.ui.theme import Theme


class InstalledCard(Card):
    """Name, facts and state of a model, and the buttons that let it answer or show more of it.

    Args:
        known: the model, and what is known of it.
        verdict: whether it runs here; None when its own files do not tell.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, known: Known, verdict: Verdict | None, actions: Actions, theme: Theme) -> None:
        model = known.model
        self.known = known
        self.model = model
        self.runs = False
        name = model.manifest.name or model.manifest.id
        super().__init__(name, theme)
        self.facts.setText(self._facts(model))
        self.answers = label(self.tr("Answers in the chat"), "success")
        self.use = button(self.tr("Use for chat"))
        self.use.setAccessibleName(self.tr("Use {model} for chat").format(model=name))
        self.use.clicked.connect(lambda: actions.use(model.manifest.id))
        self.details = button(self.tr("Details…"))
        self.details.setAccessibleName(self.tr("Details of {model}").format(model=name))
        self.details.clicked.connect(lambda: actions.show_model(model))
        allow(self.use, self._why_not(model.state))
        for shown in (self.answers, self.use, self.details):
            self.add_button(shown)
        self.show_verdict(verdict)
        if model.state is not State.READY:
            said = self.tr("Damaged: {problem}")
            if model.state is State.NOT_CONNECTED:
                said = self.tr("Not connected: {problem}")
            self.add_text(words.breakable(said.format(problem=model.problem)), "danger")
        for advisory in known.advisories:
            self.add_text(self.tr("Known problem: {title}").format(title=advisory.title), "warning")

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Say whether it runs here; of what cannot be used at all the reason is said instead."""
        if self.model.state is State.READY:
            self.runs = runs(verdict)
            self.show_badge(badge_of(verdict))

    def show_choice(self, chosen_id: str) -> None:
        """Show whether this is the model that answers."""
        is_chosen = self.model.manifest.id == chosen_id
        self.answers.setVisible(is_chosen)
        self.use.setVisible(not is_chosen)

    def _why_not(self, state: State) -> str:
        reasons = {
            State.READY: "",
            State.DAMAGED: self.tr("A damaged model cannot answer. Get or import it again."),
            State.NOT_CONNECTED: self.tr("Connect the disk that the model lies on."),
        }
        return reasons[state]

    def _facts(self, model: InstalledModel) -> str:
        manifest = model.manifest
        context = manifest.context_length
        figures = parameters(manifest.parameters)
        facts = [
            self.tr("Built in") if model.built_in else manifest.publisher or manifest.id,
            self.tr("{count} parameters").format(count=figures) if figures else "",
            size(manifest.bytes) if manifest.bytes else "",
            self.tr("context of {tokens} tokens").format(tokens=count(context)) if context else "",
            manifest.quantization,
            manifest.licence or self.tr("licence unknown"),
            self.tr("linked") if model.linked else "",
        ]
        return " · ".join(fact for fact in facts if fact)
