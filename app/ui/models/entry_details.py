"""All that is known of an entry of the catalogue."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.library.entries import Entry, Variant
from app.library.licences import Acceptances, Terms
from app.ui.frame.words import count, parameters, size
from app.ui.models.details import DetailsDialog
from app.ui.theme import Theme


class EntryDetails(DetailsDialog):
    """Facts, lineage, licence, and each form with what runs it.

    Args:
        entry: what is shown.
        acceptances: the licences that were accepted.
        theme: distances.
        parent: the pane.
    """

    def __init__(self, entry: Entry, acceptances: Acceptances, theme: Theme, parent: QWidget) -> None:
        super().__init__(entry.name, theme, parent)
        self.add_text(entry.summary)
        self.add_facts(self._facts(entry))
        if entry.lineage:
            self.add_heading(self.tr("Where it comes from"))
            self.add_text(" → ".join(f"{one.model} ({one.relation})" for one in entry.lineage))
        self.add_heading(self.tr("Licence"))
        terms = Terms(entry.licence, entry.id, entry.usage_terms)
        accepted = acceptances.of(terms)
        self.add_facts(
            {
                self.tr("Licence"): entry.licence,
                self.tr("Terms"): entry.usage_terms,
                self.tr("Accepted"): accepted.day if accepted else self.tr("not yet"),
            }
        )
        self.add_licence_text(terms.text)
        for variant in entry.variants:
            self.add_heading(variant.name)
            self.add_facts(self._variant(variant))
            head = (self.tr("Runs on"), self.tr("Works"), self.tr("Why"))
            rows = [(one.name, one.runs, one.why) for one in variant.providers]
            self.add_table(self.tr("What runs {form}").format(form=variant.name), head, rows)
        self.column.addStretch(1)

    def _facts(self, entry: Entry) -> dict[str, str]:
        context = entry.context_length
        return {
            self.tr("Publisher"): entry.publisher,
            self.tr("Parameters"): parameters(entry.parameters or 0),
            self.tr("Active parameters"): parameters(entry.active_parameters or 0),
            self.tr("Context"): self.tr("{tokens} tokens").format(tokens=count(context)) if context else "",
            self.tr("Base model"): entry.base_model or "",
            self.tr("Facts from"): "\n".join(entry.source),
        }

    def _variant(self, variant: Variant) -> dict[str, str]:
        reference = variant.reference
        return {
            self.tr("Size"): size(variant.known_bytes) if variant.known_bytes else self.tr("unknown"),
            self.tr("Memory, measured"): size(variant.memory_bytes) if variant.memory_bytes else "",
            self.tr("From"): f"{reference.name} {reference.revision}".strip() if reference else "",
            self.tr("Converted by"): variant.converted_by or "",
            self.tr("Sign-in"): self.tr("needed") if variant.gated else "",
            self.tr("Facts from"): "\n".join(variant.source),
        }
