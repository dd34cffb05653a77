"""Whether models run here, looked up in files: for a thread of its own, without anything of Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.download.protocol import Resolution
from app.hardware.verdict import Verdict
from app.library.about import Known, about
from app.library.choosing import Choice, choices
from app.library.entries import Entry
from app.library.fitting import Fitting
from app.library.store import Store
from app.ui.models.lists import Lists


@dataclass(frozen=True)
class JudgedModel:
    """An installed model.

    Attributes:
        known: the model, and what is known of it.
        verdict: whether it runs here; None where its own files do not tell.
    """

    known: Known
    verdict: Verdict | None


@dataclass(frozen=True)
class JudgedEntry:
    """An entry of the catalogue.

    Attributes:
        entry: the entry.
        verdicts: on each of its variants; None while a size is not known.
    """

    entry: Entry
    verdicts: tuple[Verdict | None, ...]


@dataclass(frozen=True)
class Judged:
    """All that the models pane lists besides downloads.

    Attributes:
        models: the installed ones.
        entries: those of the catalogue that do not come with the app.
    """

    models: list[JudgedModel]
    entries: list[JudgedEntry]


def judge_all(store: Store, lists: Lists, fit: Callable[[], Fitting]) -> Judged:
    """Read what is installed, and judge it and the catalogue.

    Args:
        store: what is installed.
        lists: the catalogue and the advisories.
        fit: gives what judges, by what is free now.
    """
    fitting = fit()
    models = [
        JudgedModel(about(model, lists.catalog, lists.advisories), fitting.of_model(model))
        for model in store.models()
    ]
    entries = [entry for entry in lists.catalog.entries if not all(one.built_in for one in entry.variants)]
    return Judged(models, [_judge_entry(entry, fitting) for entry in entries])


def judge_resolution(
    resolution: Resolution, called: str, fit: Callable[[], Fitting]
) -> list[tuple[Choice, Verdict | None]]:
    """The models in a repository, each with a verdict; `fit` as above."""
    fitting = fit()
    return [(choice, fitting.of_choice(choice, called)) for choice in choices(resolution.files)]


def _judge_entry(entry: Entry, fitting: Fitting) -> JudgedEntry:
    return JudgedEntry(entry, tuple(fitting.of_variant(entry, variant) for variant in entry.variants))
