"""Reading GGUF files, sound ones and hostile ones."""

from __future__ import annotations

import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import IndoorsError, ModelDamaged, ModelNotFound, UnsupportedModel
from app.graph.gguf.file import read_gguf
from app.graph.gguf.parts import open_gguf
from tests.support.gguf_files import Stored, TinyGguf, write, write_gguf

MODEL = TinyGguf(type="Q8_0", layers=1)
HEAD = b"GGUF" + struct.pack("<I", 3)


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def head(tensors: int = 0, values: int = 0) -> bytes:
    return HEAD + struct.pack("<QQ", tensors, values)


def place(name: str = "t", shape: tuple[int, ...] = (32,), kind: int = 0, offset: int = 0) -> bytes:
    sizes = struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
    return text(name) + sizes + struct.pack("<IQ", kind, offset)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def make(content: bytes) -> Path:
        path = tmp_path / "model.gguf"
        path.write_bytes(content)
        return path

    return make


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_gguf(tmp_path_factory.mktemp("sound") / "model.gguf", MODEL)


def test_everything_is_read_as_ggml_reads_it(sound: Path) -> None:
    found, expected = read_gguf(sound), gguf.GGUFReader(sound)
    for key, value in expected.fields.items():
        if not key.startswith("GGUF."):
            assert found.metadata[key] == value.contents(), key
    assert list(found.tensors) == [tensor.name for tensor in expected.tensors]
    for tensor in expected.tensors:
        mine = found.tensors[tensor.name]
        assert mine.shape == tuple(int(extent) for extent in tensor.shape[::-1])
        assert mine.format.name == tensor.tensor_type.name
        assert mine.rows.read().tobytes() == tensor.data.tobytes()


def test_all_kinds_of_values(tmp_path: Path) -> None:
    values = {
        "a": True,
        "b": "ünïcode",
        "c": 7,
        "d": 0.5,
        "e": ["x", "", "z"],
        "f": [1, -2, 3],
        "g": [0.5, 1.5],
        "h": [True, False],
    }
    path = write(tmp_path / "v.gguf", "llama", values, {})
    found = read_gguf(path).metadata
    assert {key: found[key] for key in values} == values
    assert isinstance(found["h"][0], bool)


def test_version_2_is_laid_out_alike(sound: Path, file: Callable[[bytes], Path]) -> None:
    content = bytearray(sound.read_bytes())
    content[4] = 2
    assert read_gguf(file(bytes(content))).metadata == read_gguf(sound).metadata


def test_a_split_model_is_one(tmp_path: Path) -> None:
    tensors = list(MODEL.stored().items())
    half = len(tensors) // 2
    for number, part in enumerate((tensors[:half], tensors[half:]), 1):
        metadata = MODEL.metadata() if number == 1 else {}
        more = {"split.no": number - 1, "split.count": 2, "split.tensors.count": len(tensors)}
        write(tmp_path / f"m-{number:05}-of-00002.gguf", "llama", {**metadata, **more}, dict(part))
    for number in (1, 2):
        opened = open_gguf(tmp_path / f"m-{number:05}-of-00002.gguf")
        assert list(opened.file.tensors) == [name for name, _ in tensors]
    (tmp_path / "m-00002-of-00002.gguf").unlink()
    with pytest.raises(ModelDamaged, match=r"m-00002-of-00002\.gguf is missing: the model is split into 2"):
        read_gguf(tmp_path / "m-00001-of-00002.gguf")


OTHERS = [b"", b"GG", b"GGML" + bytes(100), b"\x80\x04}q\x00.", b"PK\x03\x04" + bytes(99)]


@pytest.mark.parametrize("content", OTHERS)
def test_what_is_no_gguf_file(content: bytes, file: Callable[[bytes], Path]) -> None:
    with pytest.raises(ModelDamaged, match=r"model\.gguf is not a") as caught:
        read_gguf(file(content))
    assert caught.value.hint


@pytest.mark.parametrize("version", [0, 1, 4, 0x03000000])
def test_other_versions(version: int, file: Callable[[bytes], Path]) -> None:
    with pytest.raises(UnsupportedModel, match="versions 2 and 3, little-endian"):
        read_gguf(file(b"GGUF" + struct.pack("<I", version) + bytes(64)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"none\.gguf"):
        read_gguf(tmp_path / "none.gguf")


def test_a_file_cut_anywhere(sound: Path, file: Callable[[bytes], Path]) -> None:
    content = sound.read_bytes()
    places = np.unique(np.linspace(0, len(content) - 1, 150).astype(int))
    for cut in places:
        with pytest.raises(ModelDamaged):
            read_gguf(file(content[:cut]))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (head(tensors=2**63), "announces"),
        (head(values=2**63), "announces"),
        (head(tensors=2**40, values=2**40), "announces"),
        (head(values=1) + struct.pack("<Q", 2**63) + bytes(64), "ends inside its head"),
        (head(values=1) + text("k") + struct.pack("<IQ", 8, 2**62) + bytes(64), "ends inside its head"),
        (head(values=1) + text("k") + struct.pack("<IIQ", 9, 8, 2**62) + bytes(64), "announces a list"),
        (head(values=1) + text("k") + struct.pack("<IIQ", 9, 4, 2**23) + bytes(64), "ends inside its head"),
        (head(values=1) + text("k") + struct.pack("<IIQ", 9, 9, 1) + bytes(64), "unknown type 9"),
        (head(values=1) + text("k") + struct.pack("<I", 99) + bytes(64), "unknown type 99"),
        (head(values=2) + 2 * (text("k") + struct.pack("<IB", 0, 1)), "twice"),
        (head(values=1) + text("general.alignment") + struct.pack("<II", 4, 33), "alignment"),
        (head(values=1) + text("general.alignment") + struct.pack("<II", 4, 2**31), "alignment"),
        (head(values=1) + text("general.alignment") + struct.pack("<II", 4, 0), "alignment"),
        (head(tensors=1) + place(shape=()) + bytes(512), "0 dimensions"),
        (head(tensors=1) + place(shape=(1,) * 5) + bytes(512), "5 dimensions"),
        (head(tensors=1) + place(shape=(0,)) + bytes(512), "empty dimension"),
        (head(tensors=1) + place(shape=(2**40, 2**40)) + bytes(512), "cut short"),
        (head(tensors=1) + place(offset=2**60) + bytes(512), "cut short"),
        (head(tensors=1) + place(offset=3) + bytes(512), "multiple of 32"),
        (head(tensors=1) + place(shape=(33,), kind=8) + bytes(512), "blocks of Q8_0 32"),
        (head(tensors=2) + 2 * place() + bytes(512), "twice"),
    ],
)
def test_numbers_that_cannot_be_right(content: bytes, words: str, file: Callable[[bytes], Path]) -> None:
    path = file(content)
    tracemalloc.start()
    with pytest.raises(ModelDamaged, match=words) as caught:
        read_gguf(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(path) in caught.value.message
    assert peak < 1 << 20


UNKNOWN = [(10, "Q2_K"), (22, "IQ2_S"), (4, "number 4"), (200, "number 200")]


@pytest.mark.parametrize(("kind", "name"), UNKNOWN)
def test_an_unknown_block_type_is_named(kind: int, name: str, file: Callable[[bytes], Path]) -> None:
    with pytest.raises(UnsupportedModel, match=f"stores t in the block type {name},") as caught:
        read_gguf(file(head(tensors=1) + place(shape=(256,), kind=kind) + bytes(512)))
    assert "Q4_K" in caught.value.hint


@settings(max_examples=400)
@given(changes=st.lists(st.tuples(st.integers(0, 4095), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_never_break_out(
    changes: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory, sound: Path
) -> None:
    """Whatever the head says: it is read, or refused in words; every tensor lies inside the file."""
    content = bytearray(sound.read_bytes())
    for position, value in changes:
        content[position] = value
    path = tmp_path_factory.getbasetemp() / "fuzzed.gguf"
    path.write_bytes(content)
    try:
        opened = open_gguf(path)
    except IndoorsError:
        return
    for tensor in opened.file.tensors.values():
        assert tensor.rows.offset + int(np.prod(tensor.rows.shape)) <= len(content)


@given(content=st.binary(max_size=400))
def test_random_bytes_are_refused(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "random.gguf"
    path.write_bytes(HEAD + content)
    with pytest.raises(IndoorsError):
        open_gguf(path)


def test_an_unknown_architecture(tmp_path: Path) -> None:
    path = write(tmp_path / "m.gguf", "mamba", {"mamba.block_count": 1}, MODEL.stored())
    with pytest.raises(UnsupportedModel, match="architecture 'mamba'") as caught:
        open_gguf(path)
    assert "llama, qwen2, qwen3, gpt-oss" in caught.value.hint


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"llama.block_count": None}, "llama.block_count must be a whole number from 1 to 12, found nothing"),
        ({"llama.block_count": 2**31}, "llama.block_count must be"),
        ({"llama.attention.key_length": 2**31}, "llama.attention.key_length must be"),
        ({"llama.context_length": 2**31}, "llama.context_length must be"),
        ({"llama.block_count": 0}, "llama.block_count must be"),
        ({"llama.block_count": 2}, r"lacks the tensor blk\.1\.attn_norm"),
        ({"llama.embedding_length": 128}, "has the shape"),
        ({"llama.attention.layer_norm_rms_epsilon": "small"}, "must be a number above 0"),
        ({"llama.rope.freq_base": 1.0}, "base of its rotary embedding"),
    ],
)
def test_metadata_that_cannot_be_right(extra: dict[str, object], words: str, tmp_path: Path) -> None:
    model = TinyGguf(type="Q8_0", layers=1, extra=extra)
    with pytest.raises(ModelDamaged, match=words):
        open_gguf(write_gguf(tmp_path / "m.gguf", model))


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"llama.expert_count": 8}, "a mixture of experts"),
        ({"llama.rope.dimension_count": 32}, "only a part of each head"),
        ({"llama.rope.scaling.type": "longrope"}, "'longrope'"),
        ({"llama.attention.value_length": 32}, "another width"),
        ({"llama.attention.head_count_kv": 3}, "not a multiple of its 3 key-value heads"),
    ],
)
def test_variants_without_a_graph(extra: dict[str, object], words: str, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedModel, match=words):
        open_gguf(write_gguf(tmp_path / "m.gguf", TinyGguf(type="Q8_0", layers=1, extra=extra)))


def test_a_tensor_that_the_graph_would_leave_out(tmp_path: Path) -> None:
    tensors = MODEL.stored() | {"blk.0.ffn_up.bias": Stored("F32", np.zeros(512, np.float32))}
    path = write(tmp_path / "m.gguf", "llama", MODEL.metadata(), tensors)
    with pytest.raises(UnsupportedModel, match=r"blk\.0\.ffn_up\.bias"):
        open_gguf(path)
