"""A folder or a file on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from app.download.protocol import Latest, Reference, RemoteFile, Resolution
from app.download.selection import select
from app.download.source import Body, ContentChanged, Wanted
from app.errors import ModelNotFound, UnsafeModel, from_os_error


class FileBody:
    """A part of a file on disk; see `Body`."""

    def __init__(self, path: Path, start: int) -> None:
        self._file: BinaryIO = path.open("rb", buffering=0)
        self._file.seek(start)
        self.start = start
        self.ranged = True
        self.total: int | None = path.stat().st_size
        self.validator = identity(path)

    def read(self, limit: int) -> bytes:
        """The next bytes."""
        try:
            return self._file.read(limit)
        except OSError as error:
            raise from_os_error(error, "reading the model") from error

    def abort(self) -> None:
        """Nothing here waits for long."""

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def identity(path: Path) -> str:
    """Changes whenever the file does."""
    found = path.stat()
    return f"{found.st_size}-{found.st_mtime_ns}"


def open_file(path: Path, wanted: Wanted) -> Body:
    """Open a file on disk for `wanted`; raises as `Source.open` does."""
    try:
        body = FileBody(path, wanted.start)
    except OSError as error:
        raise from_os_error(error, "reading the model") from error
    if wanted.validator not in {"", body.validator}:
        body.close()
        raise ContentChanged
    return body


class FolderSource:
    """Models that lie on a disk already."""

    def resolve(self, reference: Reference) -> Resolution:
        """Every file below the folder; links may not lead out of it."""
        root = _root(reference)
        try:
            paths = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
            files = [RemoteFile(_inside(path, root), path.stat().st_size, None) for path in paths]
        except OSError as error:
            raise from_os_error(error, "reading the folder") from error
        selection = select(files, reference.patterns, str(root))
        return Resolution(reference, selection.files, left_out=selection.left_out)

    def latest(self, _reference: Reference) -> Latest:
        """A folder has no revisions."""
        return Latest("", False)

    def open(self, wanted: Wanted) -> Body:
        """Read a part of a file; see `Source.open`."""
        return open_file(self._path(wanted.reference, wanted.file), wanted)

    def address(self, reference: Reference, file: RemoteFile) -> str:
        """The file's path."""
        return str(self._path(reference, file))

    def _path(self, reference: Reference, file: RemoteFile) -> Path:
        root = _root(reference)
        return root if root.is_file() else root / file.path


def _root(reference: Reference) -> Path:
    root = Path(reference.name).expanduser()
    if not root.exists():
        raise ModelNotFound("There is no folder or file {path}.", "Give one that exists.", path=root)
    return root


def _inside(path: Path, root: Path) -> str:
    if path == root:
        return path.name
    if not path.resolve().is_relative_to(root.resolve()):
        raise UnsafeModel(
            "{path} is a link that leads out of the model's folder.", "Copy the file into it.", path=path
        )
    return path.relative_to(root).as_posix()
