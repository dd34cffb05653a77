"""Which files of a download are complete and checked, so that no later start reads them all again."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from pathlib import Path

from app.download.plain import to_json
from app.download.protocol import RemoteFile, Resolution
from app.download.selection import local_paths
from app.files import write_whole
from app.manifest import FileRecord


class CheckedFiles:
    """Notes beside the journals: the published file, and what was found on the disk.

    Args:
        folder: where the notes lie.
        resolution: what is fetched; a note on anything else does not count.
        files: where the files lie.

    Attributes:
        records: by published path; each has its path in the model's folder.
    """

    def __init__(self, folder: Path, resolution: Resolution, files: Path) -> None:
        self._folder = folder
        self._revision = resolution.reference.revision
        self._numbers = {file.path: number for number, file in enumerate(resolution.files)}
        self._local = local_paths([file.path for file in resolution.files])
        self._lock = threading.Lock()
        self.records: dict[str, FileRecord] = {}
        for file in resolution.files:
            record = self._read(file)
            if record is not None and _is_there(files / record.path, record):
                self.records[file.path] = record

    def add(self, file: RemoteFile, size: int, sha256: str) -> None:
        """A file is as it should be.

        Raises:
            OSError: the disk refused.
        """
        record = FileRecord(self._local[file.path], size, sha256)
        note = {**self._identity(file), "found": asdict(record)}
        with self._lock:
            write_whole(self._note(file), json.dumps(note))
            self.records[file.path] = record

    def _read(self, file: RemoteFile) -> FileRecord | None:
        try:
            note = json.loads(self._note(file).read_text(encoding="utf-8"))
            record = FileRecord(**note.pop("found"))
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            return None
        same = note == self._identity(file) and record.path == self._local[file.path]
        return record if same else None

    def _identity(self, file: RemoteFile) -> dict[str, object]:
        return {"revision": self._revision, "file": to_json(file)}

    def _note(self, file: RemoteFile) -> Path:
        return self._folder / f"{self._numbers[file.path]:05}.checked"


def _is_there(path: Path, record: FileRecord) -> bool:
    return path.is_file() and path.stat().st_size == record.bytes
