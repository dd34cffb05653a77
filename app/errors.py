"""Every error a user can meet, in one tree.

    IndoorsError                 a sentence, a hint (the next action), a code; never shown as a traceback
    ├── UsageError               the command or the request asks for something that does not exist   exit 2
    ├── ModelError               a model folder cannot be used                                       exit 3
    │   ├── ModelNotFound        no such model or folder
    │   ├── ModelDamaged         a file is missing, cut short, or its checksum is wrong
    │   ├── NotADecoder          the ONNX graph is not a decoder with a KV cache
    │   ├── UnsupportedModel     an operator, architecture, data type or template we cannot run
    │   └── TemplateFailed       the chat template raised
    ├── RequestError             the request cannot be answered as it is                             exit 4
    │   ├── ContextExceeded      prompt longer than the context
    │   └── QueueFull            too many requests wait already
    ├── InferenceFailed          the engine failed while answering (NaN logits, a kernel's error)    exit 5
    ├── WorkerDied               the worker process ended while it was needed                        exit 6
    ├── StorageError             the disk or the file system refused                                 exit 7
    │   ├── DiskFull
    │   ├── AccessDenied
    │   └── NewerVersion         a file was written by a later version of the app
    └── Cancelled                the user stopped it                                                 exit 130

`code` is stable and travels over the worker's pipe; `from_code` turns it back into the class.
"""

from __future__ import annotations

import errno
from typing import ClassVar


class IndoorsError(Exception):
    """Base of the tree: one sentence with the cause, and a hint that names the next action.

    Args:
        message: one sentence that names what failed (a file, a request) and why.
        hint: what the user can do now; empty only where nothing can be done.
    """

    code: ClassVar[str] = "indoors_error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


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


class InferenceFailed(IndoorsError):
    """The engine failed while answering."""

    code = "inference_failed"
    exit_code = 5


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


class Cancelled(IndoorsError):
    """The user stopped it."""

    code = "cancelled"
    exit_code = 130


def _tree(root: type[IndoorsError]) -> dict[str, type[IndoorsError]]:
    found = {root.code: root}
    for child in root.__subclasses__():
        found |= _tree(child)
    return found


def from_code(code: str, message: str, hint: str) -> IndoorsError:
    """Rebuild an error that came over the worker's pipe; an unknown code gives the base class."""
    return _tree(IndoorsError).get(code, IndoorsError)(message, hint)


def from_os_error(error: OSError, doing: str) -> StorageError:
    """Explain an operating system's refusal.

    Args:
        error: what was raised.
        doing: what was attempted, as a gerund phrase: "writing the model".
    """
    where = f" {error.filename}" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"The disk is full: {doing}{where} failed.", "Free some space and try again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return AccessDenied(
            f"Access was refused: {doing}{where} failed.",
            "Change the permissions, or choose another folder with --home or INDOORS_HOME.",
        )
    reason = error.strerror or str(error)
    return StorageError(f"{doing.capitalize()}{where} failed: {reason}.", "Check the disk and try again.")
