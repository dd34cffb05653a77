"""An ONNX model that lies elsewhere becomes an installed one: copied, moved or linked."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from app import __version__, manifest
from app.errors import Cancelled, ModelDamaged, from_os_error
from app.graph.layout import ModelFolder
from app.graph.plan import Description, Mode, Target, as_id
from app.graph.staging import staged_folder
from app.manifest import FileRecord, Manifest
from app.progress import Progress

_CHUNK = 4 << 20
_ROOM_FOR_MANIFEST = 1 << 20
_LICENCE_FILE = "LICENSE"
_LICENCE = re.compile(r"^licen[sc]e:\s*[\"']?([\w.+-]+)", re.MULTILINE)


@dataclass(frozen=True)
class FolderPlan:
    """The files of an ONNX model are taken as they are.

    Attributes:
        folder: the model.
        files: of it, without its manifest.
    """

    folder: ModelFolder
    files: tuple[Path, ...]

    @classmethod
    def of(cls, folder: ModelFolder) -> FolderPlan:
        """The plan for a folder; errors as in `ModelFolder.files`."""
        return cls(folder, tuple(path for path in folder.files if path.name != manifest.FILE_NAME))

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(path.stat().st_size for path in self.files)

    def describe(self) -> Description:
        """What the folder will be."""
        known = self.folder.manifest or Manifest("", self.folder.root.name, "")
        return Description(
            id=as_id(known.id or known.name),
            name=known.name,
            architecture=self.folder.architecture,
            parameters=known.parameters,
            context_length=self.folder.context_length,
            bytes=self.bytes,
            quantization=known.quantization or "as published",
            licence=known.licence or card_licence(self.folder.root),
        )

    def accept(self, mode: Mode) -> None:
        """Every mode goes with files that are taken as they are; see `app.graph.plan.Plan`."""

    def carry_out(self, target: Target, progress: Progress, cancelled: Callable[[], bool]) -> Manifest:
        """Copy, move or link it; see `app.graph.plan.Plan`."""
        reader = _Reader(self.folder, self.bytes, progress, cancelled)
        needed = self.bytes if target.mode is Mode.COPY or not self._same_disk(target.folder) else 0
        with staged_folder(
            target.folder, (needed if target.mode is not Mode.LINK else 0) + _ROOM_FOR_MANIFEST
        ) as stage:
            records = [
                reader.take(path, self._place(path, stage, target.mode), target.mode) for path in self.files
            ]
            record = self._describe(target, records)
            manifest.write(stage, record)
            target.try_out(self.folder.root if target.mode is Mode.LINK else stage)
        if target.mode is Mode.MOVE:
            self._remove_source()
        return record

    def _place(self, path: Path, stage: Path, mode: Mode) -> Path | None:
        return None if mode is Mode.LINK else stage / path.relative_to(self.folder.root)

    def _same_disk(self, destination: Path) -> bool:
        parent = next(path for path in destination.absolute().parents if path.exists())
        return {path.stat().st_dev for path in self.files} == {parent.stat().st_dev}

    def _describe(self, target: Target, records: Iterable[FileRecord]) -> Manifest:
        files = tuple(sorted(records, key=lambda record: record.path))
        link = str(self.folder.root) if target.mode is Mode.LINK else ""
        if self.folder.manifest is not None:
            return replace(self.folder.manifest, id=target.identity.id, files=files, link=link)
        identity = target.identity.filled(licence=card_licence(self.folder.root))
        return Manifest(
            **asdict(identity),
            quantization="as published",
            architecture=self.folder.architecture,
            context_length=self.folder.context_length,
            tool=f"indoors {__version__}",
            licence_file=_LICENCE_FILE if any(record.path == _LICENCE_FILE for record in files) else "",
            files=files,
            link=link,
        )

    def _remove_source(self) -> None:
        """Delete what was moved, and folders that are empty now; other files stay."""
        root = self.folder.root
        try:
            for path in (*self.files, root / manifest.FILE_NAME):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise from_os_error(error, "removing what was moved") from error
        for folder in sorted({path.parent for path in self.files} | {root}, reverse=True):
            with suppress(OSError):
                folder.rmdir()


class _Reader:
    """Takes files of a model, and hashes them on the way.

    Args:
        folder: the model; if it has a manifest, its checksums must hold.
        total: bytes of all files.
        progress: hears "copy".
        cancelled: asked for every few megabytes.
    """

    def __init__(
        self, folder: ModelFolder, total: int, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self._root = folder.root
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0
        known = folder.manifest.files if folder.manifest else ()
        self._checksums = {record.path: record.sha256 for record in known}

    def take(self, path: Path, target: Path | None, mode: Mode) -> FileRecord:
        """Record a file, and put it at its place where it has one."""
        name = path.relative_to(self._root).as_posix()
        try:
            checksum = self._take(path, target, mode)
        except OSError as error:
            raise from_os_error(error, "reading the model") from error
        if self._checksums.get(name, checksum) != checksum:
            raise ModelDamaged("{path} has a wrong sha256.", "Fetch the model again.", path=path)
        return FileRecord(name, path.stat().st_size, checksum)

    def _take(self, path: Path, target: Path | None, mode: Mode) -> str:
        if target is None:
            return manifest.sha256_of(path, self._advance)
        target.parent.mkdir(parents=True, exist_ok=True)
        if mode is Mode.MOVE and _second_name(path, target):
            return manifest.sha256_of(target, self._advance)
        return self._copy(path, target)

    def _copy(self, path: Path, target: Path) -> str:
        digest = hashlib.sha256()
        with path.open("rb") as reader, target.open("wb") as writer:
            while block := reader.read(_CHUNK):
                writer.write(block)
                digest.update(block)
                self._advance(len(block))
        return digest.hexdigest()

    def _advance(self, count: int) -> None:
        if self._cancelled():
            raise Cancelled("Importing was cancelled.")
        self._done += count
        self._progress("copy", self._done, self._total)


def _second_name(path: Path, target: Path) -> bool:
    """Give a file a second name, so that moving takes neither time nor room and can still be undone."""
    try:
        os.link(path.resolve(), target)
    except OSError:  # another disk, or a file system without second names
        return False
    return True


def card_licence(folder: Path) -> str:
    """The licence a model card names in its front matter; empty when it names none."""
    try:
        card = (folder / "README.md").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = _LICENCE.search(card.split("\n---", 1)[0]) if card.startswith("---") else None
    return found[1] if found else ""
