"""What a person typed to name a model, as a reference."""

from __future__ import annotations

import re
from pathlib import Path

from app.download.protocol import Reference, SourceKind
from app.errors import ModelNotFound
from app.library.store import looks_like_path

_WHEEL = re.compile(r"pip:(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(==(?P<version>[A-Za-z0-9.!+_-]+))?")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")


def read_reference(text: str, revision: str = "", patterns: tuple[str, ...] = ()) -> Reference:
    """A repository id, an https address, "pip:PACKAGE" or a path as a reference.

    What exists on the disk is taken for a path.

    Raises:
        ModelNotFound: it is none of them, or a path where nothing is.
    """
    if (found := read_address(text, revision, patterns)) is not None:
        return found
    path = Path(text).expanduser()
    if text and path.exists():
        return Reference(SourceKind.FOLDER, str(path.absolute()), revision, patterns)
    if _REPOSITORY.fullmatch(text) and not text.startswith("."):
        return Reference(SourceKind.HUB, text, revision, patterns)
    if looks_like_path(text):
        raise ModelNotFound("There is nothing at {path}.", "Check the path.", path=path)
    raise ModelNotFound(
        "{text} names no model.",
        "Give an id of the catalogue (indoors models search), PUBLISHER/NAME of a repository, "
        "an https address, pip:PACKAGE or a folder.",
        text=repr(text),
    )


def read_address(text: str, revision: str = "", patterns: tuple[str, ...] = ()) -> Reference | None:
    """An address or "pip:PACKAGE" as a reference; None where it is neither."""
    if text.startswith(("https://", "http://")):
        return Reference(SourceKind.URL, text, revision, patterns)
    if wheel := _WHEEL.fullmatch(text):
        return Reference(SourceKind.WHEEL, wheel["name"], revision or wheel["version"] or "", patterns)
    return None


def host_of(reference: Reference) -> str:
    """The host in an address; empty for what is not fetched from an address."""
    return reference.name.split("/")[2].rpartition("@")[2] if reference.source == SourceKind.URL else ""


def short_name(reference: Reference) -> str:
    """What to call a model that has no other name: the repository's, the package's, the file's."""
    name = reference.name.split("?")[0].rstrip("/\\")
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"\.(gguf|onnx|zip|whl)$", "", last) or "model"


def publisher(reference: Reference) -> str:
    """Who owns a repository; empty for other sources."""
    return reference.name.split("/")[0] if reference.source == SourceKind.HUB else ""
