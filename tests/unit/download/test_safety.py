"""No file list and no archive writes beside the model's folder, and no code comes in."""

from __future__ import annotations

import io
import pickle
import stat
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.download.protocol import DownloadState, RemoteFile
from app.download.safety import HEAD_BYTES, LONGEST_PATH, check_paths, is_code, refuse_code
from app.download.selection import local_paths, select
from app.download.transfer.unpack import Archive
from app.errors import IndoorsError, ModelDamaged, ModelNotFound, UnsafeModel
from tests.support.hub_repositories import content
from tests.unit.download.conftest import assert_complete, order

BAD_PATHS = [
    "../config.json",
    "a/../../b",
    "/etc/passwd",
    "C:/x",
    "c:x",
    "a\\b",
    "..\\b",
    "a//b",
    "./a",
    "a/.",
    "",
    "con",
    "CON.txt",
    "a/NUL.json",
    "lpt1",
    "com¹.x",
    "a.",
    "a ",
    "a\0b",
    "a\nb",
    "a:b",
    "a*",
    "\udc80",
    "x" * 300,
    "d/" * 120 + "x",
    "ü" * 140,
]


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_is_no_plain_name_is_refused(path):
    with pytest.raises(UnsafeModel):
        check_paths(["config.json", path])


@pytest.mark.parametrize(
    "paths",
    [
        ["a", "A"],
        ["Onnx/a", "onnx/b"],
        ["straße", "STRASSE"],
        ["é", "e\u0301"],
        ["a", "a"],
        ["a", "a/b"],
        ["a/b", "a"],
    ],
)
def test_two_names_for_one_file_are_refused(paths):
    with pytest.raises(UnsafeModel):
        check_paths(paths)


def test_the_usual_paths_are_allowed():
    check_paths(
        ["config.json", ".gitattributes", "onnx/model_q4f16.onnx_data_1", "a b/c (1).txt", "模型/x.json"]
    )


@given(st.lists(st.text(max_size=30), max_size=4))
def test_whatever_is_allowed_stays_inside(paths):
    try:
        check_paths(paths)
    except UnsafeModel:
        return
    for path in paths:
        assert len(path) <= LONGEST_PATH
        assert not PurePosixPath(path).is_absolute()
        windows = PureWindowsPath("C:/models/m") / path
        assert windows.is_relative_to("C:/models/m")
        assert ".." not in windows.parts


@pytest.mark.parametrize(
    "name",
    [
        "a.py",
        "x/b.PKL",
        "m.pt",
        "m.pth",
        "c.ckpt",
        "pytorch_model.bin",
        "pytorch_model-00001-of-2.bin",
        "training_args.bin",
        "libx.so",
        "libx.so.1",
        "x.dll",
        "x.dylib",
        "x.pyd",
        "run.sh",
        "a.npz",
    ],
)
def test_code_is_known_by_its_name(name):
    assert is_code(name)


@pytest.mark.parametrize("name", ["model.onnx", "weights.bin", "a.gguf", "tokenizer.json", "model.onnx.data"])
def test_data_is_not_taken_for_code(name):
    assert not is_code(name)


@pytest.mark.parametrize("value", [{"a": 1}, [1], (1, 2), "text", 3.0, print, b"x" * 300, {1, 2}])
@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_a_pickle_is_known_by_its_beginning(value, protocol):
    head = pickle.dumps(value, protocol)[:HEAD_BYTES]
    if head[2:3] in b"}](cX\x8a\x8c\x95]":
        with pytest.raises(UnsafeModel):
            refuse_code("weights.bin", head)
    else:
        assert not isinstance(value, dict | list)


@pytest.mark.parametrize(
    "head", [b"\x7fELF\x02", b"MZ\x90", b"#!/bin/sh", b"PK\x03\x04\x14", b"\xcf\xfa\xed\xfe"]
)
def test_programs_are_known_by_their_beginning(head):
    with pytest.raises(UnsafeModel, match="could run code"):
        refuse_code("model.onnx", head)


def test_code_is_left_out_and_named():
    files = [RemoteFile(path, 1, None) for path in ("model.onnx", "custom_ops.so", "model.py", "config.json")]
    selection = select(files, (), "here")
    assert [file.path for file in selection.files] == ["model.onnx", "config.json"]
    assert selection.left_out == ("custom_ops.so", "model.py")


def test_nothing_but_code_is_refused():
    with pytest.raises(UnsafeModel, match="could run code"):
        select([RemoteFile("pytorch_model.bin", 1, None)], (), "here")


def test_patterns_choose():
    files = [RemoteFile(path, 1, None) for path in ("a/x.onnx", "a/y.json", "b/x.onnx")]
    assert [file.path for file in select(files, ("a/",), "here").files] == ["a/x.onnx", "a/y.json"]
    assert [file.path for file in select(files, ("*.onnx",), "here").files] == ["a/x.onnx", "b/x.onnx"]
    with pytest.raises(ModelNotFound):
        select(files, ("c/*",), "here")


def test_a_folder_around_everything_falls_away():
    assert local_paths(["a/b/x", "a/b/c/y"]) == {"a/b/x": "x", "a/b/c/y": "c/y"}
    assert local_paths(["onnx/x", "config.json"]) == {"onnx/x": "onnx/x", "config.json": "config.json"}


def test_a_hostile_file_list_ends_before_a_byte_comes(downloads, hub, model):
    model.commit({"config.json": b"{}", "../../evil.onnx": content(20_000)})
    failed = downloads.get(order())
    assert failed.error
    assert failed.error["code"] == "unsafe_model"
    assert hub.sent_bytes() == 0


def test_code_under_another_name_is_refused_as_it_comes(downloads, hub, model):
    model.commit({"config.json": b"{}", "model.onnx": b"\x7fELF" + content(500_000)})
    failed = downloads.get(order())
    assert failed.state is DownloadState.FAILED
    assert failed.error
    assert failed.error["code"] == "unsafe_model"
    assert not downloads.model().exists()


def zipped(path: Path, files: dict[str, bytes], **attributes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = attributes.get("mode", 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize("name", ["../evil.onnx", "/evil.onnx", "a\\..\\..\\evil.onnx", "C:evil.onnx"])
def test_an_archive_cannot_leave_the_folder(tmp_path, name):
    with pytest.raises(UnsafeModel):
        Archive(zipped(tmp_path / "a.zip", {"model.onnx": b"1", name: b"2"}), ())


def test_a_link_in_an_archive_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", {"model.onnx": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777)
    with pytest.raises(UnsafeModel, match="link"):
        Archive(path, ())


def test_code_in_an_archive_is_refused_whatever_it_is_called(tmp_path):
    path = zipped(tmp_path / "a.zip", {"model.onnx": b"\x7fELF" + bytes(100)})
    with pytest.raises(UnsafeModel, match="could run code"):
        Archive(path, ()).unpack(tmp_path / "out", {"model.onnx": "model.onnx"}, lambda _: None)


def test_a_zip_bomb_is_refused(tmp_path):
    with pytest.raises(UnsafeModel, match="trap"):
        Archive(zipped(tmp_path / "a.zip", {"model.onnx": bytes(80 << 20)}), ())


def test_an_archive_that_lies_about_a_size_is_damaged(tmp_path):
    path = zipped(tmp_path / "a.zip", {"model.onnx": b"x" * 1000})
    data = path.read_bytes()
    path.write_bytes(data.replace((1000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(ModelDamaged):
        Archive(path, ()).unpack(tmp_path / "out", {"model.onnx": "model.onnx"}, lambda _: None)
    assert not (tmp_path / "out").exists()


@given(st.binary(max_size=300))
def test_any_bytes_are_an_archive_or_an_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("zip") / "a.zip"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("model.onnx", b"12345")
    path.write_bytes(buffer.getvalue()[: len(data)] + data)
    try:
        Archive(path, ()).unpack(path.parent / "out", {"model.onnx": "model.onnx"}, lambda _: None)
    except IndoorsError:
        return


def test_a_zipped_model_at_an_address_is_unpacked(downloads, hub, tmp_path):
    files = {
        "m/config.json": b"{}",
        "m/model.onnx": content(30_000),
        "m/run.py": b"import os",
        "m/LICENSE": b"MIT",
    }
    hub.plain["model.zip"] = zipped(tmp_path / "a.zip", files).read_bytes()
    done = downloads.get(order(f"{hub.url}/plain/model.zip", source="url"))
    assert_complete(
        downloads, done, {"config.json": b"{}", "model.onnx": files["m/model.onnx"], "LICENSE": b"MIT"}
    )
