"""The ids models are listed by: unique, and good as the name of a folder on every system."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from app.errors import UsageError
from app.library.installed import InstalledModel

_ALLOWED = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_NOT_ALLOWED = re.compile(r"[^a-z0-9._-]+")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def check_id(text: str) -> None:
    """Raise UsageError when a text cannot be a model's id, which is also its folder's name."""
    reserved = text.split(".")[0].casefold() in _RESERVED
    if reserved or text.endswith(".") or not _ALLOWED.fullmatch(text):
        raise UsageError(
            "{id} cannot be a model's id.",
            "Use up to 100 letters, digits, '-', '_' and '.', beginning with a letter or a digit.",
            id=repr(text),
        )


def suggest(name: str, taken: Collection[str]) -> str:
    """An id made from a name that no model has: "My Model" gives "my-model", then "my-model-2"."""
    base = _NOT_ALLOWED.sub("-", name.casefold()).strip("-._")[:90].rstrip("-._") or "model"
    if base.split(".")[0] in _RESERVED:
        base = f"model-{base}"
    known = {model_id.casefold() for model_id in taken}
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(known) + 2))
    return next(candidate for candidate in numbered if candidate not in known)


def distinct(models: Iterable[InstalledModel], taken: Collection[str]) -> Iterator[InstalledModel]:
    """Give every model an id of its own.

    Two folders can claim one id when somebody copied or renamed one by hand. The one whose folder bears the
    id keeps it; another is listed by its folder's name.
    """
    known = set(taken)
    by_right = sorted(models, key=lambda model: (model.manifest.id != model.entry.name, model.entry.name))
    for model in by_right:
        model_id = model.manifest.id
        if model_id.casefold() in {one.casefold() for one in known}:
            model_id = suggest(model.entry.name, known)
        known.add(model_id)
        yield model if model_id == model.manifest.id else model.named(model_id)
