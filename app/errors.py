"""Every error a user can meet, in one tree.

    IndoorsError                 a sentence, a hint (the next action), a code; never shown as a traceback
    ├── UsageError               the command or the request asks for something that does not exist   exit 2
    ├── ModelError               a model folder cannot be used                                       exit 3
    │   ├── ModelNotFound        no such model or folder
    │   ├── ModelDamaged         a file is missing, cut short, or its checksum is wrong
    │   │   └── ChecksumMismatch a fetched file is not the one its publisher announced
    │   ├── UnsafeModel          a file of it could run code, or be written outside its folder
    │   ├── NotADecoder          the ONNX graph is not a decoder with a KV cache
    │   ├── UnsupportedModel     an operator, architecture, data type or template we cannot run
    │   └── TemplateFailed       the chat template raised
    ├── RequestError             the request cannot be answered as it is                             exit 4
    │   ├── ContextExceeded      prompt longer than the context
    │   ├── QueueFull            too many requests wait already
    │   └── HttpRefusal          the server does not take a request, with the status it answers
    ├── InferenceFailed          the engine failed while answering (NaN logits, a kernel's error)    exit 5
    │   ├── NotEnoughMemory      the model does not fit into the memory that is free
    │   └── DeviceFailed         a graphics adapter, its driver or its runtime is missing, or failed
    ├── WorkerDied               the worker process ended while it was needed                        exit 6
    ├── StorageError             the disk or the file system refused                                 exit 7
    │   ├── DiskFull
    │   ├── AccessDenied
    │   └── NewerVersion         a file was written by a later version of the app
    ├── NetworkError             a connection failed                                                 exit 8
    │   ├── Unreachable          nobody answers, or the answer breaks off again and again
    │   ├── RefusedByHost        the host refuses: gated, private, gone, too many requests
    │   └── Offline              the offline switch is on; nothing was attempted
    └── Cancelled                the user stopped it                                                 exit 130

`code` is stable and travels over the worker's pipe, and so do the sentences as phrases: `to_json`
and `from_json`. Whoever shows an error can thereby say it in another language.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Any, ClassVar

from app.phrases import Phrase


class IndoorsError(Exception):
    """Base of the tree: one sentence with the cause, and a hint that names the next action.

    Args:
        message: one sentence that names what failed (a file, a request) and why; a `Phrase` template.
        hint: what the user can do now; empty only where nothing can be done; a template too, or a phrase.
        values: what goes into the braces of both.
    """

    code: ClassVar[str] = "indoors_error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str | Phrase = "", /, **values: object) -> None:
        self.cause = Phrase.of(message, **values)
        self.remedy = hint if isinstance(hint, Phrase) else Phrase.of(hint, **values)
        super().__init__(str(self.cause))

    @property
    def message(self) -> str:
        """The cause in English."""
        return str(self.cause)

    @property
    def hint(self) -> str:
        """The next action in English."""
        return str(self.remedy)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def to_json(self) -> dict[str, Any]:
        """The error as JSON: its code, its sentences in English, and what they were made from."""
        return {
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "phrases": [phrase.to_json() for phrase in (self.cause, self.remedy)],
        }


class UsageError(IndoorsError):
    """The command or the request asks for something that does not exist."""

    code = "usage_error"
    exit_code = 2


class ModelError(IndoorsError):
    """A model folder cannot be used."""

    code = "model_error"
    exit_code = 3


class ModelNotFound(ModelError):
    """No such model or folder."""

    code = "model_not_found"


class ModelDamaged(ModelError):
    """A file is missing, cut short, or its checksum is wrong."""

    code = "model_damaged"


class ChecksumMismatch(ModelDamaged):
    """A fetched file is not the one its publisher announced."""

    code = "checksum_mismatch"


class UnsafeModel(ModelError):
    """A file of it could run code, or be written outside its folder."""

    code = "unsafe_model"


class NotADecoder(ModelError):
    """The ONNX graph is not a decoder with a KV cache."""

    code = "not_a_decoder"


class UnsupportedModel(ModelError):
    """An operator, architecture, data type or template that cannot run here."""

    code = "unsupported_model"


class TemplateFailed(ModelError):
    """The chat template raised."""

    code = "template_failed"


class RequestError(IndoorsError):
    """The request cannot be answered as it is."""

    code = "invalid_request"
    exit_code = 4


class ContextExceeded(RequestError):
    """The prompt is longer than the context."""

    code = "context_length_exceeded"


class QueueFull(RequestError):
    """Too many requests wait already."""

    code = "queue_full"


class HttpRefusal(RequestError):
    """The server does not take a request.

    Args:
        message: one sentence, as everywhere.
        hint: the next action.
        status: of HTTP.
        kind: the code that clients of the API look at.
        param: the field it is about; empty for none.
        values: what goes into the braces of both.
    """

    code = "http_refusal"

    def __init__(
        self,
        message: str,
        hint: str | Phrase = "",
        /,
        *,
        status: int = 400,
        kind: str = "invalid_request",
        param: str = "",
        **values: object,
    ) -> None:
        super().__init__(message, hint, **values)
        self.status = status
        self.kind = kind
        self.param = param


class InferenceFailed(IndoorsError):
    """The engine failed while answering."""

    code = "inference_failed"
    exit_code = 5


class NotEnoughMemory(InferenceFailed):
    """The model does not fit into the memory that is free."""

    code = "not_enough_memory"


class DeviceFailed(InferenceFailed):
    """A graphics adapter, its driver or its runtime is missing, or failed."""

    code = "device_failed"


class WorkerDied(IndoorsError):
    """The worker process ended while it was needed."""

    code = "worker_died"
    exit_code = 6


class StorageError(IndoorsError):
    """The disk or the file system refused."""

    code = "storage_error"
    exit_code = 7


class DiskFull(StorageError):
    """No room for what was to be written."""

    code = "disk_full"


class AccessDenied(StorageError):
    """The file system refused access."""

    code = "access_denied"


class NewerVersion(StorageError):
    """A file was written by a later version of the app."""

    code = "newer_version"


class NetworkError(IndoorsError):
    """A connection failed."""

    code = "network_error"
    exit_code = 8


class Unreachable(NetworkError):
    """Nobody answers, or the answer breaks off again and again."""

    code = "unreachable"


class RefusedByHost(NetworkError):
    """The host refuses: gated, private, gone, too many requests."""

    code = "refused_by_host"


class Offline(NetworkError):
    """The offline switch is on; nothing was attempted."""

    code = "offline"


class Cancelled(IndoorsError):
    """The user stopped it."""

    code = "cancelled"
    exit_code = 130


def _tree(root: type[IndoorsError]) -> dict[str, type[IndoorsError]]:
    found = {root.code: root}
    for child in root.__subclasses__():
        found |= _tree(child)
    return found


def from_json(data: Mapping[str, Any]) -> IndoorsError:
    """Rebuild an error that came from another process; an unknown code gives the base class."""
    kind = _tree(IndoorsError).get(str(data.get("code")), IndoorsError)
    error = kind(str(data.get("message", "")), str(data.get("hint", "")))
    if "phrases" in data:
        error.cause, error.remedy = map(Phrase.from_json, data["phrases"])
    return error


_IN_USE = {32, 33}
"""Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""


def from_os_error(error: OSError, doing: str, /, **values: object) -> StorageError:
    """Explain an operating system's refusal.

    Args:
        error: what was raised.
        doing: what was attempted, as a gerund phrase: "writing the model".
        values: what goes into the braces of `doing`.
    """
    where = f" {error.filename}" if error.filename else ""
    attempt = Phrase.of(doing, **values)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(
            "The disk is full: {doing}{where} failed.",
            "Free some space and try again.",
            doing=attempt,
            where=where,
        )
    if getattr(error, "winerror", 0) in _IN_USE:
        return AccessDenied(
            "Another program has it open: {doing}{where} failed.",
            "Close that program, or wait a moment, and try again.",
            doing=attempt,
            where=where,
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return AccessDenied(
            "Access was refused: {doing}{where} failed.",
            "Change the permissions, or choose another folder with --home or INDOORS_HOME.",
            doing=attempt,
            where=where,
        )
    return StorageError(
        "The file system refused: {doing}{where} failed ({reason}).",
        "Check the disk and try again.",
        doing=attempt,
        where=where,
        reason=error.strerror or str(error),
    )
