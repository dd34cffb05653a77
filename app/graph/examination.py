"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.checks import Checklist
from app.graph.plan import Plan
from app.graph.source import Kind
from app.graph.words import Words
from app.phrases import Phrase


@dataclass
class Examination:
    """What was found.

    Attributes:
        kind: in which form the model is there; None where that could not be told.
        checks: in order; later ones need the earlier ones, so the first that fails is often the last.
        plan: what an import would do; None when a check failed that it needs.
        words: what reads and writes text; None likewise.
    """

    kind: Kind | None = None
    checks: Checklist = field(default_factory=Checklist)
    plan: Plan | None = None
    words: Words | None = None

    def note_licence(self, licence: str) -> None:
        """Tell the licence, or that there is none; neither hinders an import."""
        unnamed = Phrase("none is named: ask the publisher before you pass it on")
        self.checks.note("licence", Phrase.of("{found}", found=licence) if licence else unnamed)


def size(count: int) -> str:
    """Bytes in words."""
    return f"{count / 1e9:,.2f} GB" if count >= 1e9 else f"{count / 1e6:,.1f} MB"
