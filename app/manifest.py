"""`indoors.json`: what a model folder holds and where every byte came from.

Both sides read it: the exporter and the importer write it, the library lists and verifies by it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from app.errors import ModelDamaged, ModelNotFound, from_os_error

FILE_NAME = "indoors.json"
FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True)
class FileRecord:
    """One file of the folder.

    Attributes:
        path: relative to the folder, POSIX.
        bytes: its size.
        sha256: in hexadecimal.
        source: what it was fetched as or made from; empty: it came with the model's own source.
    """

    path: str
    bytes: int
    sha256: str
    source: str = ""


@dataclass(frozen=True)
class Manifest:
    """The content of `indoors.json`.

    Attributes:
        id: the name the model is listed and asked for by.
        name: the name people read.
        source: where it came from (a folder, a repository, "made by models/guide").
        revision: the source's commit or version; empty when it has none.
        base_model: what it was made from; empty when it is original.
        licence: an SPDX identifier, or empty when unknown.
        quantization: "int4", "int8", "fp16", "fp32", or "as published".
        architecture: config.json's model_type.
        parameters: number of parameters; 0 when unknown.
        context_length: in tokens.
        tool: who wrote the folder, with its version.
        files: every file except this one.
        publisher: who published the weights; empty when unknown.
        converted_by: who brought them into this format; empty when nobody did, or unknown.
        licence_file: path of the licence's text among the files; empty when there is none.
        source_kind: what kind of place `source` names: "hub", "url", "wheel" or "folder"; empty: none to ask.
        host: the host the files were fetched from; empty when they were not fetched.
        fetched: when they were fetched or imported, as an ISO 8601 date; empty when unknown.
        variant: "ENTRY/VARIANT" of the catalogue it was got as; empty when it is not from there.
        link: absolute path of the folder elsewhere that holds the files; empty: they lie beside the manifest.
    """

    id: str
    name: str
    source: str
    revision: str = ""
    base_model: str = ""
    licence: str = ""
    quantization: str = ""
    architecture: str = ""
    parameters: int = 0
    context_length: int = 0
    tool: str = ""
    files: tuple[FileRecord, ...] = field(default_factory=tuple)
    publisher: str = ""
    converted_by: str = ""
    licence_file: str = ""
    source_kind: str = ""
    host: str = ""
    fetched: str = ""
    variant: str = ""
    link: str = ""

    @property
    def bytes(self) -> int:
        """Size of all files together."""
        return sum(record.bytes for record in self.files)


def read(folder: Path) -> Manifest:
    """Read a folder's manifest.

    Raises:
        ModelNotFound: the folder has none.
        ModelDamaged: it is not what a manifest must be.
    """
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        content.pop("format", None)
        files = tuple(FileRecord(**record) for record in content.pop("files", []))
        for record in files:
            _require_inside(record.path)
        found = Manifest(**content, files=files)
        if found.link and not Path(found.link).is_absolute():
            raise ValueError(f"the link {found.link!r} is not absolute")
        return found
    except FileNotFoundError as error:
        raise ModelNotFound(
            "{folder} has no {file}.", "Import it: indoors models import PATH.", folder=folder, file=FILE_NAME
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ModelDamaged(
            "{path} cannot be read: {error}.", "Import the model again.", path=path, error=error
        ) from error
    except OSError as error:
        raise from_os_error(error, "reading the manifest") from error


def _require_inside(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute() or "\\" in path or ":" in path:
        raise ValueError(f"{path!r} leaves the folder")


def write(folder: Path, manifest: Manifest) -> None:
    """Write a folder's manifest.

    Raises:
        StorageError: the disk refused.
    """
    content: dict[str, Any] = {"format": FORMAT, **asdict(manifest)}
    try:
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (folder / FILE_NAME).write_text(text, encoding="utf-8")
    except OSError as error:
        raise from_os_error(error, "writing the manifest") from error


def sha256_of(path: Path, advance: Callable[[int], None] = lambda _: None) -> str:
    """Sha256 of a file in hexadecimal; `advance` hears the bytes read since its last call."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_CHUNK):
            digest.update(block)
            advance(len(block))
    return digest.hexdigest()


def record_files(folder: Path, advance: Callable[[int], None] = lambda _: None) -> tuple[FileRecord, ...]:
    """Record every file below a folder but the manifest itself, in order of their paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(
        FileRecord(path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path, advance))
        for path in paths
        if path != folder / FILE_NAME
    )


def damage(
    folder: Path, manifest: Manifest, advance: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[FileRecord, str]]:
    """Compare a folder with its manifest; yield each file that differs, with what is wrong in words."""
    for record in manifest.files:
        path = folder / record.path
        if not path.is_file():
            yield record, "is missing"
        elif (size := path.stat().st_size) != record.bytes:
            yield record, f"has {size:,} bytes instead of {record.bytes:,}"
        elif sha256_of(path, advance) != record.sha256:
            yield record, "has a wrong sha256"
