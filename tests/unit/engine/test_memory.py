from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest

from app.engine.memory import available_bytes, check_room, choose_context, private_bytes
from app.errors import InferenceFailed, UsageError
from tests.support.wine import UNDER_WINE


@pytest.mark.parametrize(
    ("wanted", "longest", "free", "chosen"),
    [
        (None, 8192, 10**10, 8192),
        (None, 131072, 4 * 10**9, 9984),
        (None, 131072, 1000, 2048),
        (None, 512, 1000, 512),
        (4096, 8192, 10**9, 4096),
        (2, 8192, 10**9, 2),
    ],
)
def test_context(wanted, longest, free, chosen):
    assert choose_context(wanted, longest, 100_000, free) == chosen


@pytest.mark.parametrize("wanted", [0, 1, 8193])
def test_a_context_the_model_was_not_made_for(wanted):
    with pytest.raises(UsageError, match="8,192"):
        choose_context(wanted, 8192, 1, 10**9)


def test_a_cache_that_does_not_fit():
    with pytest.raises(UsageError, match=r"10\.0 GB") as raised:
        choose_context(100_000, 131_072, 100_000, 10**9)
    assert "--context 5000" in raised.value.hint


def test_weights_that_do_not_fit():
    assert check_room(Path("m.onnx"), 6, 10) == 4
    with pytest.raises(InferenceFailed, match=r"m\.onnx needs 13\.0 GB"):
        check_room(Path("m.onnx"), 13 * 10**9, 8 * 10**9)


@pytest.mark.skipif(UNDER_WINE, reason="Wine counts the address space")
def test_private_memory_grows_with_what_is_written(tmp_path):
    before = private_bytes()
    written = np.ones(1 << 26, np.uint8)
    assert private_bytes() - before > 0.9 * written.nbytes
    assert available_bytes() > 0


def test_mapped_files_are_not_private(tmp_path):
    path = tmp_path / "data"
    path.write_bytes(b"x" * (1 << 26))
    before = private_bytes()
    mapped = np.memmap(path, np.uint8, "r")
    assert int(mapped[::4096].sum()) > 0
    assert private_bytes() - before < 1 << 24


def test_a_system_that_does_not_tell_its_swap_space(monkeypatch):
    def refuse():
        raise RuntimeError("PdhAddEnglishCounterW failed. Performance counters may be disabled.")

    monkeypatch.setattr(psutil, "swap_memory", refuse)
    assert available_bytes() > 0
