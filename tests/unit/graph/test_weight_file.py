from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from app.errors import Cancelled, DiskFull
from app.graph.external_data import entry
from app.graph.quantize import Blocks
from app.graph.weight_file import WeightFile
from app.progress import silent


def never() -> bool:
    return False


def test_tensors_lie_where_the_graph_says(tmp_path: Path) -> None:
    small = np.arange(5, dtype=np.float32)
    large = np.random.RandomState(0).randint(0, 256, (3, 1 << 19)).astype(np.uint8)
    pieces = [Blocks(large[:1], small[:1]), Blocks(large[1:], small[1:3])]
    file = WeightFile("data")
    file.tensor("small", small.dtype, small.shape, lambda: [small[:2], small[2:]])
    file.blocks("matrix", large.shape, (3,), lambda: iter(pieces))
    file.tensor("transposed", small.dtype, (2, 2), lambda: [small[:4].reshape(2, 2).T])
    file.write(tmp_path, silent, never)
    assert (tmp_path / "data").stat().st_size == file.bytes
    expected = {
        "small": small,
        "matrix.weight": large,
        "matrix.scales": small[:3],
        "transposed": small[:4].reshape(2, 2).T,
    }
    assert [tensor.name for tensor in file.initializers] == list(expected)
    for tensor in file.initializers:
        found = onnx.numpy_helper.to_array(tensor, str(tmp_path))
        np.testing.assert_array_equal(found, expected[tensor.name])


def test_large_tensors_start_on_a_page(tmp_path: Path) -> None:
    file = WeightFile("data")
    for name, size in (("a", 3), ("b", 1 << 20), ("c", 3), ("d", 100)):
        file.tensor(name, np.dtype(np.uint8), (size,), lambda size=size: [np.ones(size, np.uint8)])
    offsets = [int(entry(tensor, "offset")) for tensor in file.initializers]
    assert offsets == [0, 1 << 16, (1 << 16) + (1 << 20), (1 << 16) + (1 << 20) + 64]


def test_cancel_is_asked_before_each_piece(tmp_path: Path) -> None:
    file, asked = WeightFile("data"), iter([False, False, True])
    file.tensor("a", np.dtype(np.uint8), (9,), lambda: [np.ones(1, np.uint8)] * 9)
    heard: list[int] = []
    with pytest.raises(Cancelled):
        file.write(tmp_path, lambda phase, done, total: heard.append(done), lambda: next(asked))
    assert heard == [1, 2]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk() -> None:
    file = WeightFile("full")
    file.tensor("a", np.dtype(np.uint8), (9,), lambda: [np.ones(9, np.uint8)])
    with pytest.raises(DiskFull, match="disk is full"):
        file.write(Path("/dev"), silent, never)
