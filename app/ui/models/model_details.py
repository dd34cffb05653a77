"""All that is known of an installed model, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.hardware.verdict import Verdict
from app.library.about import Known
from app.library.licences import Acceptances, Terms, text_of
from app.library.lineage import Origin, Step, origin_of
from app.library.store import InstalledModel
from app.ui.controls import allow, button, label
from app.ui.frame.words import count, parameters, size
from app.ui.hardware import words as hardware_words
from app.ui.models.badge import badge_of
from app.ui.models.details import DetailsDialog
from app.ui.models.work_bar import WorkBar
from app.ui.theme import Theme


class ModelDetails(DetailsDialog):
    """Facts, advisories, lineage, licence and files of an installed model.

    Args:
        known: the model, and what is known of it.
        acceptances: the licences that were accepted.
        verdict: whether it runs here, and how fast; None when its own files do not tell.
        theme: distances.
        parent: the pane.

    Signals:
        newer_wanted: ask whether there is a newer revision.
        check_wanted: compare every file with its checksum.
        remove_wanted: remove it.
    """

    newer_wanted = Signal()
    check_wanted = Signal()
    remove_wanted = Signal()

    def __init__(
        self,
        known: Known,
        acceptances: Acceptances,
        verdict: Verdict | None,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        model = known.model
        super().__init__(model.manifest.name or model.manifest.id, theme, parent)
        self.outcome = label("", wrap=True, selectable=True)
        self.outcome.hide()
        self.bar = WorkBar(self.tr("Progress of the check"), theme)
        self.column.addWidget(self.outcome)
        self.column.addWidget(self.bar)
        self._add_advisories(known)
        self.add_facts(self._facts(model, verdict))
        self.add_heading(self.tr("Where it comes from"))
        self.add_facts({self._origin(step): _said(step) for step in known.lineage})
        self._add_licence(known, acceptances)
        self.add_heading(self.tr("Files"))
        listed = model.manifest.files
        head = (self.tr("File"), self.tr("Size"), "SHA-256", self.tr("From"))
        rows = [(record.path, size(record.bytes), record.sha256, record.source) for record in listed]
        self.add_table(self.tr("Files"), head, rows)
        self.column.addStretch(1)
        self._add_buttons(model)

    def say(self, text: str, kind: str = "") -> None:
        """Tell what came of an action."""
        self.outcome.setText(text)
        self.outcome.setProperty("kind", kind)
        self.outcome.style().polish(self.outcome)
        self.outcome.show()

    def _add_buttons(self, model: InstalledModel) -> None:
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.newer = button(self.tr("Look for a newer revision"))
        self.check = button(self.tr("Check the files"))
        self.folder = button(self.tr("Open the folder"))
        self.remove = button(self.tr("Remove…"), "danger")
        self.newer.clicked.connect(self.newer_wanted)
        self.check.clicked.connect(self.check_wanted)
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(model.folder))))
        self.remove.clicked.connect(self.remove_wanted)
        for shown in (self.newer, self.check, self.folder, self.remove):
            self.buttons.addButton(shown, role)
        unknown = "" if origin_of(model.manifest) else self.tr("It is not known where this model came from.")
        allow(self.newer, unknown)
        allow(self.remove, self.tr("This model is part of the app.") if model.built_in else "")

    def _add_advisories(self, known: Known) -> None:
        for advisory in known.advisories:
            title = self.tr("Known problem: {title}").format(title=advisory.title)
            self.add_text(f"{title}\n{advisory.text} {advisory.action}\n{advisory.source}", "warning")

    def _add_licence(self, known: Known, acceptances: Acceptances) -> None:
        manifest = known.model.manifest
        accepted = acceptances.of(Terms(manifest.licence, manifest.source))
        self.add_heading(self.tr("Licence"))
        self.add_facts(
            {
                self.tr("Licence"): manifest.licence or self.tr("unknown"),
                self.tr("Terms"): known.usage,
                self.tr("Accepted"): accepted.day if accepted else "",
            }
        )
        self.add_licence_text(text_of(known.model))

    def _facts(self, model: InstalledModel, verdict: Verdict | None) -> dict[str, str]:
        manifest = model.manifest
        context = manifest.context_length
        return {
            self.tr("Id"): manifest.id,
            self.tr("Problem"): model.problem,
            self.tr("On this computer"): _whether(verdict),
            self.tr("Measured speed"): _measured(verdict),
            self.tr("Publisher"): manifest.publisher,
            self.tr("Parameters"): parameters(manifest.parameters),
            self.tr("Context"): self.tr("{tokens} tokens").format(tokens=count(context)) if context else "",
            self.tr("Architecture"): manifest.architecture,
            self.tr("Quantisation"): manifest.quantization,
            self.tr("Size"): size(manifest.bytes),
            self.tr("On the disk"): self.tr("nothing: it is linked")
            if model.linked
            else size(model.disk_bytes),
            self.tr("Folder"): str(model.folder),
        }

    def _origin(self, step: Step) -> str:
        names = {
            Origin.ANCESTOR: self.tr("Made from"),
            Origin.CONVERTED: self.tr("Converted by"),
            Origin.SOURCE: self.tr("Fetched from"),
            Origin.WRITTEN: self.tr("Written by"),
        }
        return names[step.origin]


def _whether(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    badge = badge_of(verdict)
    return f"{badge.text}. {badge.why}".strip()


def _measured(verdict: Verdict | None) -> str:
    if verdict is None or not verdict.measured or verdict.tokens_per_s is None:
        return ""
    return hardware_words.speed(verdict.tokens_per_s)


def _said(step: Step) -> str:
    return f"{step.what}\n{step.detail}".strip()
