"""What can be got: the variants of an entry of the catalogue, and those in a repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.download.protocol import Reference, Resolution
from app.hardware.verdict import Verdict
from app.library.choosing import Choice
from app.library.entries import Entry, Variant
from app.library.getting import PROVIDERS, Wish, from_catalog, from_source
from app.library.naming import short_name
from app.library.store import InstalledModel
from app.ui.frame.words import size
from app.ui.models.badge import runs
from app.ui.models.judging import JudgedEntry


@dataclass(frozen=True)
class Offer:
    """One form of a model that can be got.

    Attributes:
        title: what people read.
        facts: its layout, size and whatever else is to be known before it is got.
        verdict: whether it would run here now; None when its size is not known.
        obstacle: why it cannot run here at all; empty when it can.
        reference: where it is fetched from; None when it comes with the app.
        variant: "ENTRY/VARIANT" of the catalogue; empty when it is not from there.
        base_name: what its id is made from.
        wish: what to order, given an id.
    """

    title: str
    facts: str
    verdict: Verdict | None
    obstacle: str
    reference: Reference | None
    variant: str
    base_name: str
    wish: Callable[[str], Wish]

    @property
    def runs(self) -> bool:
        """It is known to fit into this computer, and nothing speaks against it."""
        return not self.obstacle and runs(self.verdict)

    def is_installed(self, models: Iterable[InstalledModel]) -> bool:
        """Whether one of the models is this."""
        return self.reference is None or any(self._is(model) for model in models)

    def _is(self, model: InstalledModel) -> bool:
        manifest = model.manifest
        if self.variant or manifest.variant:
            return manifest.variant == self.variant
        assert self.reference is not None
        return (manifest.source, manifest.quantization) == (
            self.reference.name,
            self.title.rpartition("/")[2],
        )


def of_entry(judged: JudgedEntry) -> list[Offer]:
    """The variants of an entry: the first that runs, then the others in its order."""
    entry = judged.entry
    pairs = zip(entry.variants, judged.verdicts, strict=True)
    offers = [_of_variant(entry, variant, verdict) for variant, verdict in pairs]
    best = next((offer for offer in offers if offer.runs), offers[0])
    return [best, *(offer for offer in offers if offer is not best)]


def of_choice(resolution: Resolution, choice: Choice, called: str, verdict: Verdict | None) -> Offer:
    """One of the models in a repository."""
    known = size(choice.bytes) if choice.bytes else QCoreApplication.translate("Models", "size unknown")

    def wish(model_id: str) -> Wish:
        return from_source(resolution, choice, model_id, called)

    return Offer(
        title=choice.id,
        facts=_joined([choice.layout, known]),
        verdict=verdict,
        obstacle="",
        reference=wish("model").order.reference,
        variant="",
        base_name=short_name(resolution.reference),
        wish=wish,
    )


def _of_variant(entry: Entry, variant: Variant, verdict: Verdict | None) -> Offer:
    translate = QCoreApplication.translate
    facts = [
        variant.layout,
        size(variant.known_bytes) if variant.known_bytes else translate("Models", "size unknown"),
        translate("Models", "sign-in needed") if variant.gated else "",
        translate("Models", "is converted on this computer") if variant.needs_import else "",
        translate("Models", "by {name}").format(name=variant.converted_by) if variant.converted_by else "",
    ]
    return Offer(
        title=variant.name,
        facts=_joined(facts),
        verdict=verdict,
        obstacle=variant.obstacle(PROVIDERS),
        reference=variant.reference,
        variant=f"{entry.id}/{variant.id}",
        base_name=entry.id,
        wish=partial(from_catalog, entry, variant),
    )


def _joined(facts: Iterable[str]) -> str:
    return " · ".join(fact for fact in facts if fact)
