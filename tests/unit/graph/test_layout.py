"""Model folders of every layout are opened as one kind of thing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import ModelDamaged, ModelNotFound, NotADecoder, UnsupportedModel
from app.graph.layout import Layout, open_folder
from tests.support.graphs import TinyDecoder, make_decoder, save_external

GPT_OSS = {"model_type": "gpt_oss", "max_position_embeddings": 131072, "eos_token_id": 200002}


def write(folder: Path, **files: Any) -> Path:
    """Files by name; two underscores stand for a dot, an object becomes JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def graphs(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"")
    return folder


def test_genai_folder(tmp_path: Path) -> None:
    genai = {
        "model": {
            "type": "gptoss",
            "context_length": 131072,
            "eos_token_id": [200002, 199999],
            "decoder": {"filename": "decoder.onnx"},
        },
        "search": {"max_length": 8192},
    }
    opened = open_folder(write(graphs(tmp_path, "decoder.onnx", "other.onnx"), genai_config__json=genai))
    assert (opened.layout, opened.graph) == (Layout.GENAI, tmp_path / "decoder.onnx")
    assert (opened.architecture, opened.context_length) == ("gptoss", 131072)
    assert opened.eos_ids == (200002, 199999, 200012)


def test_transformers_js_folder(tmp_path: Path) -> None:
    graphs(tmp_path / "onnx", "model_q4f16.onnx")
    opened = open_folder(write(tmp_path, config__json=GPT_OSS, tokenizer__json={"added_tokens": []}))
    assert (opened.layout, opened.graph) == (Layout.TRANSFORMERS_JS, tmp_path / "onnx" / "model_q4f16.onnx")
    assert (opened.architecture, opened.context_length) == ("gpt_oss", 131072)
    assert opened.tokenizer == tmp_path / "tokenizer.json"


@pytest.mark.parametrize("inside", ["onnx", "onnx/model_q4.onnx"])
def test_a_path_inside_opens_the_folder(tmp_path: Path, inside: str) -> None:
    graphs(tmp_path / "onnx", "model_q4.onnx")
    opened = open_folder(write(tmp_path, config__json=GPT_OSS) / inside)
    assert (opened.root, opened.graph.name) == (tmp_path, "model_q4.onnx")


def test_optimum_folder(tmp_path: Path) -> None:
    opened = open_folder(write(graphs(tmp_path, "model.onnx"), config__json={"n_positions": 1024}))
    assert (opened.layout, opened.context_length) == (Layout.OPTIMUM, 1024)
    assert (opened.architecture, opened.eos_ids, opened.chat_template) == ("", (), None)


@pytest.mark.parametrize(
    ("names", "config", "chosen"),
    [
        (["model.onnx", "model_fp16.onnx", "model_q4.onnx", "model_q4f16.onnx"], {}, "model_q4.onnx"),
        (["model.onnx", "model_q4f16.onnx", "model_quantized.onnx"], {}, "model_q4f16.onnx"),
        (["model.onnx", "model_fp16.onnx", "model_bnb4.onnx"], {}, "model_fp16.onnx"),
        (["model.onnx", "model_bnb4.onnx"], {}, "model.onnx"),
        (["decoder_model_merged.onnx", "decoder_model.onnx"], {}, "decoder_model_merged.onnx"),
        (["model_q4.onnx", "model_q4f16.onnx"], {"dtype": "q4f16"}, "model_q4f16.onnx"),
        (["model_q4.onnx", "model_quantized.onnx"], {"dtype": "q8"}, "model_quantized.onnx"),
        (["model_q4.onnx"], {"dtype": "fp16"}, "model_q4.onnx"),
        (["model_q4.onnx"], {"dtype": {"model": "fp16"}}, "model_q4.onnx"),
    ],
)
def test_best_variant(tmp_path: Path, names: list[str], config: dict[str, Any], chosen: str) -> None:
    graphs(tmp_path / "onnx", *names)
    opened = open_folder(write(tmp_path, config__json={"transformers.js_config": config}))
    assert opened.graph.name == chosen


def test_a_folder_above_one_model_opens_it(tmp_path: Path) -> None:
    graphs(tmp_path / "snapshots" / "abc" / "onnx", "model_q4.onnx")
    assert open_folder(tmp_path).root == tmp_path / "snapshots" / "abc"


def test_a_folder_above_two_models_names_both(tmp_path: Path) -> None:
    write(tmp_path / "cpu" / "int4", genai_config__json={})
    write(tmp_path / "webgpu" / "int4", genai_config__json={})
    with pytest.raises(ModelNotFound, match=r"cpu.int4, webgpu.int4"):
        open_folder(tmp_path)


def test_graphs_that_cannot_be_told_apart_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"a\.onnx, b\.onnx"):
        open_folder(graphs(tmp_path, "a.onnx", "b.onnx"))


def test_files_are_all_a_model_needs(tmp_path: Path) -> None:
    save_external(make_decoder(TinyDecoder()), tmp_path / "onnx" / "model_q4.onnx", files=3)
    graphs(tmp_path / "onnx", "model_fp16.onnx")
    folder = write(tmp_path, config__json={}, tokenizer__json={}, notes__txt="")
    found = {path.relative_to(folder).as_posix() for path in open_folder(folder).files}
    data = {f"onnx/model_q4.onnx_data{suffix}" for suffix in ("", "_1", "_2")}
    assert found == {"onnx/model_q4.onnx", "config.json", "tokenizer.json"} | data


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"chat_template__jinja": "own", "tokenizer_config__json": {"chat_template": "other"}}, "own"),
        ({"chat_template__json": {"chat_template": "json"}}, "json"),
        ({"tokenizer_config__json": {"chat_template": "plain"}}, "plain"),
        (
            {"tokenizer_config__json": {"chat_template": [
                {"name": "tool_use", "template": "tools"}, {"name": "default", "template": "usual"},
            ]}},
            "usual",
        ),
        ({"tokenizer_config__json": {"chat_template": [{"name": "rag", "template": "only"}]}}, "only"),
        ({"tokenizer_config__json": {"chat_template": 7}}, None),
    ],
)  # fmt: skip
def test_chat_template(tmp_path: Path, files: dict[str, Any], expected: str | None) -> None:
    assert open_folder(write(graphs(tmp_path, "model.onnx"), **files)).chat_template == expected


def test_eos_ids_are_a_union(tmp_path: Path) -> None:
    folder = write(
        graphs(tmp_path, "model.onnx"),
        config__json={"eos_token_id": 2},
        generation_config__json={"eos_token_id": [5, 2, None]},
    )
    assert open_folder(folder).eos_ids == (5, 2)


STOPS = {7: "<|return|>", 8: "<|end|>", 9: "<|call|>"}


@pytest.mark.parametrize(
    "tokens",
    [
        {"tokenizer__json": {"added_tokens": [{"id": i, "content": t} for i, t in STOPS.items()]}},
        {"tokenizer_config__json": {"added_tokens_decoder": {i: {"content": t} for i, t in STOPS.items()}}},
    ],
)
def test_harmony_stops_by_name(tmp_path: Path, tokens: dict[str, Any]) -> None:
    config = {"model_type": "gpt_oss", "eos_token_id": 7}
    assert open_folder(write(graphs(tmp_path, "model.onnx"), config__json=config, **tokens)).eos_ids == (7, 9)


def test_harmony_stops_without_a_tokenizer(tmp_path: Path) -> None:
    folder = write(graphs(tmp_path, "model.onnx"), config__json=GPT_OSS)
    assert set(open_folder(folder).eos_ids) == {200002, 200012, 199999}


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="nowhere"):
        open_folder(tmp_path / "nowhere")


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"holds no \.onnx file"):
        open_folder(write(tmp_path, config__json={}))


@pytest.mark.parametrize("content", ["{", "[1]", "\x00"])
def test_unreadable_settings(tmp_path: Path, content: str) -> None:
    with pytest.raises(ModelDamaged, match=r"config\.json"):
        open_folder(write(graphs(tmp_path, "model.onnx"), config__json=content))


def test_template_that_is_no_text(tmp_path: Path) -> None:
    (graphs(tmp_path, "model.onnx") / "chat_template.jinja").write_bytes(b"\xff\xfe\x80")
    with pytest.raises(ModelDamaged, match=r"chat_template\.jinja"):
        open_folder(tmp_path)


def test_genai_graph_that_is_missing(tmp_path: Path) -> None:
    genai = {"model": {"decoder": {"filename": "gone.onnx"}}}
    with pytest.raises(ModelDamaged, match=r"gone\.onnx is missing"):
        open_folder(write(tmp_path, genai_config__json=genai))


def test_genai_pipeline(tmp_path: Path) -> None:
    genai = {"model": {"decoder": {"pipeline": [{}]}}}
    with pytest.raises(UnsupportedModel, match="pipeline"):
        open_folder(write(tmp_path, genai_config__json=genai))


def test_genai_without_a_decoder(tmp_path: Path) -> None:
    with pytest.raises(NotADecoder, match="names no decoder"):
        open_folder(write(tmp_path, genai_config__json={"model": {"type": "whisper"}}))


def test_encoder_decoder(tmp_path: Path) -> None:
    config = {"is_encoder_decoder": True, "model_type": "t5"}
    with pytest.raises(NotADecoder, match="t5"):
        open_folder(write(graphs(tmp_path, "model.onnx"), config__json=config))
