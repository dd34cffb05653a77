"""From the files of a download to a model folder, or to what an import makes one of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.download.protocol import Resolution, is_archive
from app.download.selection import local_paths
from app.download.transfer import space
from app.download.transfer.hand_over import hand_over, is_model, manifest_for
from app.download.transfer.record import Record, delete_files, unpacking_folder
from app.download.transfer.surroundings import Surroundings
from app.download.transfer.unpack import Archive
from app.manifest import FileRecord, record_files, write


@dataclass(frozen=True)
class Installed:
    """What was made.

    Attributes:
        folder: where it lies.
        bytes: size of its files.
        needs_import: it is no model yet.
    """

    folder: Path
    bytes: int
    needs_import: bool


def install(
    record: Record,
    resolution: Resolution,
    records: Mapping[str, FileRecord],
    around: Surroundings,
    advance: Callable[[int], None],
) -> Installed:
    """Unpack what has to be unpacked, write the manifest, and move a model into its place.

    Args:
        record: the download, all of whose files are there.
        resolution: where they came from.
        records: the files that were fetched.
        around: what the download needs.
        advance: hears bytes; raises to end the work.

    Raises:
        IndoorsError: it is no model, or the disk refused.
    """
    folder, files = _unpacked(record, records, around, advance)
    content = manifest_for(record.order, resolution, files)
    size = sum(file.bytes for file in files)
    if is_model([file.path for file in files]):
        target = around.models / record.order.id
        hand_over(folder, target, content)
        return Installed(target, size, needs_import=False)
    write(folder, content)  # the import passes on what it says of the origin
    return Installed(folder, size, needs_import=True)


def clear(record: Record, installed: Installed) -> None:
    """Delete what is not needed any more; the record was written."""
    if not installed.needs_import:
        delete_files(record)
    elif installed.folder != Path(record.files):
        shutil.rmtree(record.files, ignore_errors=True)


def _unpacked(
    record: Record,
    records: Mapping[str, FileRecord],
    around: Surroundings,
    advance: Callable[[int], None],
) -> tuple[Path, tuple[FileRecord, ...]]:
    """The folder that becomes the model, and its files: what is in an archive, where one was fetched."""
    fetched = Path(record.files)
    files = tuple(sorted(records.values(), key=lambda file: file.path))
    archives = [fetched / file.path for file in files if is_archive(file.path)]
    if not archives:
        return fetched, files
    folder = unpacking_folder(record)
    shutil.rmtree(folder, ignore_errors=True)
    for path in archives:
        archive = Archive(path, record.order.reference.patterns)
        space.require(folder, archive.bytes, around.free(folder))
        local = local_paths([file.path for file in archive.selection.files])
        archive.unpack(folder, local, advance)
    return folder, record_files(folder, advance)
