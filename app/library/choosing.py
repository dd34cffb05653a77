"""The models in a repository: one that holds several is never fetched whole."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from app.download.protocol import Order, RemoteFile, Resolution, is_archive
from app.errors import UsageError
from app.library.licences import spdx
from app.library.naming import publisher, short_name

_SIDECAR = re.compile(
    r"(.*\.(json|jinja|txt|md|model)|(LICEN[SC]E|COPYING|NOTICE|USAGE_POLICY)[^/]*)", re.IGNORECASE
)
_INDEX = "model.safetensors.index.json"
_SHARD = re.compile(r"-\d{5}-of-\d{5}$")
_GRAPH_STEMS = re.compile(r"^(decoder_)?(model_merged|with_past_model|model)_?")


@dataclass(frozen=True)
class Choice:
    """One model of a repository.

    Attributes:
        id: how it is chosen: a quantisation, a folder or a file's name.
        layout: as in the catalogue; "archive": a zip file or wheel, whose content is not known yet.
        files: what has to be fetched.
    """

    id: str
    layout: str
    files: tuple[RemoteFile, ...]

    @property
    def bytes(self) -> int | None:
        """Size of all files; None when one is unknown."""
        sizes = [file.bytes for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size is not None)

    @property
    def quantization(self) -> str:
        """As its id says; empty for an archive, whose content is not known."""
        return "" if self.layout == "archive" else self.id.rpartition("/")[2]

    @property
    def patterns(self) -> tuple[str, ...]:
        """The files as a reference names them; none, which means all, for what is in an archive."""
        return () if self.layout == "archive" else tuple(glob.escape(file.path) for file in self.files)


def choices(files: Sequence[RemoteFile]) -> tuple[Choice, ...]:
    """Every model among the files, by id."""
    return tuple(sorted(_all(files), key=lambda choice: choice.id))


def choose(found: Sequence[Choice], wanted: str, source: str) -> Choice:
    """The model of that id, or the only one when none is named.

    Raises:
        UsageError: there is none of that id, or none is named where there are several, or no model at all.
    """
    if not found:
        raise UsageError(
            "{source} holds no model that can be read: no .onnx, .gguf or .safetensors file.",
            "Look for its ONNX form: indoors models search.",
            source=source,
        )
    if not wanted and len(found) == 1:
        return found[0]
    chosen = next((choice for choice in found if choice.id == wanted), None)
    if chosen is None:
        said = "{source} has no variant {wanted}." if wanted else "{source} holds several variants."
        raise UsageError(
            said,
            "Choose one with --variant: {known}.",
            source=source,
            wanted=repr(wanted),
            known=", ".join(_described(choice) for choice in found),
        )
    return chosen


def order_for(resolution: Resolution, choice: Choice, model_id: str) -> Order:
    """What to ask the downloader for, for a model that is not in the catalogue."""
    reference = resolution.reference
    return Order(
        replace(reference, patterns=choice.patterns),
        model_id,
        name=short_name(reference),
        licence=spdx(resolution.licence),
        base_model=resolution.base_model,
        quantization=choice.quantization,
        publisher=publisher(reference),
        expected=choice.files,
    )


def _described(choice: Choice) -> str:
    return f"{choice.id} ({choice.bytes / 1e9:,.2f} GB)" if choice.bytes else choice.id


def _all(files: Sequence[RemoteFile]) -> Iterator[Choice]:
    yield from (Choice(_path(file).stem, "archive", (file,)) for file in files if is_archive(file.path))
    root = [file for file in files if "/" not in file.path and _SIDECAR.fullmatch(file.path)]
    genai = {str(_path(file).parent) for file in files if _path(file).name == "genai_config.json"}
    for folder in genai:
        yield _of_folder(folder, files, root)
    yield from _graphs(files, genai)
    yield from _ggufs(files, root)
    weights = [file for file in files if "/" not in file.path and file.path.endswith(".safetensors")]
    if weights:
        yield Choice("checkpoint", "checkpoint", (*_sorted([*root, *weights]),))


def _of_folder(folder: str, files: Iterable[RemoteFile], root: list[RemoteFile]) -> Choice:
    inside = [file for file in files if str(_path(file).parent) == folder]
    terms = [file for file in root if not file.path.endswith((".json", ".jinja"))] if folder != "." else []
    return Choice("genai" if folder == "." else folder, "onnxruntime-genai", (*_sorted([*inside, *terms]),))


def _graphs(files: Sequence[RemoteFile], genai: set[str]) -> Iterator[Choice]:
    for graph in files:
        folder = _path(graph).parent
        if not graph.path.endswith(".onnx") or str(folder) in genai:
            continue
        home = folder.parent if folder.name == "onnx" else folder
        beside = [file for file in files if _path(file).parent == home and _SIDECAR.fullmatch(file.path)]
        sidecars = [file for file in beside if _path(file).name != _INDEX]
        data = [file for file in files if file.path != graph.path and file.path.startswith(graph.path)]
        layout = "optimum" if home == folder else "transformers.js"
        model_id = str(home / _dtype(graph))
        yield Choice(model_id, layout, (*_sorted([*sidecars, graph, *data]),))


def _dtype(graph: RemoteFile) -> str:
    stem = _path(graph).stem
    return _GRAPH_STEMS.sub("", stem) or ("fp32" if stem == "model" else stem)


def _ggufs(files: Iterable[RemoteFile], root: list[RemoteFile]) -> Iterator[Choice]:
    groups: dict[str, list[RemoteFile]] = {}
    for file in files:
        path = _path(file)
        if path.suffix == ".gguf" and "mmproj" not in path.name:
            groups.setdefault(_SHARD.sub("", path.stem), []).append(file)
    terms = [file for file in root if not file.path.endswith((".json", ".jinja"))]
    for stem, parts in groups.items():
        yield Choice(stem, "gguf", (*_sorted([*parts, *terms]),))


def _sorted(files: Iterable[RemoteFile]) -> list[RemoteFile]:
    return sorted(files, key=lambda file: file.path)


def _path(file: RemoteFile) -> PurePosixPath:
    return PurePosixPath(file.path)
