from __future__ import annotations

import errno
import json
import sys

import pytest

from app import errors


def every(root: type[errors.IndoorsError]) -> list[type[errors.IndoorsError]]:
    return [root, *(deeper for child in root.__subclasses__() for deeper in every(child))]


def test_codes_are_unique_and_lead_back_to_the_class() -> None:
    kinds = every(errors.IndoorsError)
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert type(errors.from_json(kind("m", "h").to_json())) is kind


def test_an_unknown_code_gives_the_base_class() -> None:
    error = errors.from_json({"code": "of a newer version", "message": "It failed.", "hint": "Try again."})
    assert type(error) is errors.IndoorsError
    assert str(error) == "It failed. Try again."


def test_a_sentence_crosses_the_pipe_as_a_template_and_its_values() -> None:
    refusal = OSError(errno.EIO, "reason", "model.onnx")
    sent = errors.from_os_error(refusal, "the request {method}", method="load")
    got = errors.from_json(json.loads(json.dumps(sent.to_json())))
    assert (got.cause, got.remedy) == (sent.cause, sent.remedy)
    assert got.message == "The file system refused: the request load model.onnx failed (reason)."
    assert got.cause.said(lambda template: template.upper().lower(), str) == got.message.lower()


def test_the_docstring_draws_the_whole_tree() -> None:
    assert errors.__doc__ is not None
    for kind in every(errors.IndoorsError):
        assert kind.__name__ in errors.__doc__.split()


def test_a_file_that_another_program_has_open() -> None:
    refusal = OSError(errno.EACCES, "reason", "model.onnx", 32)
    if sys.platform != "win32":
        refusal.winerror = 32
    error = errors.from_os_error(refusal, "removing the model")
    assert error.message == "Another program has it open: removing the model model.onnx failed."
    assert "Close that program" in error.hint


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EACCES, errors.AccessDenied),
        (errno.EROFS, errors.AccessDenied),
        (errno.EIO, errors.StorageError),
    ],
)
def test_an_operating_systems_refusal_is_explained(number: int, kind: type[errors.IndoorsError]) -> None:
    error = errors.from_os_error(OSError(number, "reason", "model.onnx"), "writing the model")
    assert type(error) is kind
    assert "model.onnx" in error.message
    assert error.hint
