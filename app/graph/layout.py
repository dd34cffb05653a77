"""Model folders as they are found in the wild, opened as one kind of thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from app import manifest
from app.errors import ModelDamaged, ModelNotFound, NotADecoder, UnsupportedModel, from_os_error
from app.graph import sidecars
from app.graph.external_data import required_bytes
from app.graph.header import read_header
from app.manifest import Manifest

_GENAI = "genai_config.json"
_DEPTH = 2
_SIDECARS = (
    "config.json",
    "generation_config.json",
    _GENAI,
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
    "chat_template.json",
    "LICENSE",
    "README.md",
)
# Names transformers.js gives its variants, the one that suits a CPU best first: weights of 4 bits
# with fp32 activations, then fp16 ones, then 8 bits; unquantised after that.
_STEMS = ("model", "decoder_model_merged", "decoder_with_past_model")
_DTYPES = ("q4", "q4f16", "int8", "quantized", "uint8", "fp16", "fp32", "bnb4")
_SUFFIX = {"fp32": "", "q8": "_quantized"}


class Layout(StrEnum):
    """How a model folder is laid out."""

    GENAI = "onnxruntime-genai"
    TRANSFORMERS_JS = "transformers.js"
    OPTIMUM = "optimum"


@dataclass(frozen=True)
class ModelFolder:
    """A model folder whose settings have been read; its graph has not.

    Attributes:
        root: the folder.
        graph: the `.onnx` file.
        layout: which of the layouts it follows.
        config: config.json; {} when absent.
        generation: generation_config.json; {} when absent.
        genai: genai_config.json; {} when absent.
        tokenizer_config: tokenizer_config.json; {} when absent.
        tokenizer: tokenizer.json, if there is one.
        chat_template: the template's source, if there is one.
        manifest: indoors.json, if there is one.
    """

    root: Path
    graph: Path
    layout: Layout
    config: Mapping[str, Any]
    generation: Mapping[str, Any]
    genai: Mapping[str, Any]
    tokenizer_config: Mapping[str, Any]
    tokenizer: Path | None
    chat_template: str | None
    manifest: Manifest | None

    @property
    def architecture(self) -> str:
        """config.json's model_type, else genai's model type; empty when neither says."""
        return str(self.config.get("model_type") or self._genai_model.get("type") or "")

    @property
    def context_length(self) -> int:
        """In tokens: what genai or config.json promise; 2048 when nothing does."""
        text = self.config.get("text_config") or {}
        promises = (
            self._genai_model.get("context_length"),
            self.config.get("max_position_embeddings"),
            text.get("max_position_embeddings"),
            self.config.get("n_positions"),
            (self.genai.get("search") or {}).get("max_length"),
            self.manifest.context_length if self.manifest else None,
        )
        return next((value for value in promises if isinstance(value, int) and value > 0), 2048)

    @cached_property
    def eos_ids(self) -> tuple[int, ...]:
        """Ids that end an answer, from every file that names one."""
        settings = [self.generation, self.config, self._genai_model]
        return sidecars.eos_ids(settings, self.architecture, self.tokenizer_config, self.tokenizer)

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file the model needs: the graph, its external data, the settings and the tokenizer.

        Raises:
            ModelError, StorageError: the graph cannot be read.
        """
        needed = required_bytes(read_header(self.graph), self.graph)
        data = [self.graph.parent / location for location in needed]
        beside = [self.root / name for name in (*_SIDECARS, manifest.FILE_NAME)]
        return (self.graph, *data, *(path for path in beside if path.is_file()))

    @property
    def _genai_model(self) -> Mapping[str, Any]:
        return self.genai.get("model") or {}


def open_folder(path: Path) -> ModelFolder:
    """Open a model folder: ONNX Runtime GenAI's, transformers.js', optimum's or our own.

    Args:
        path: the folder, an `.onnx` file in it, or a folder above it that holds just one model.

    Raises:
        ModelNotFound: no model there, or several to choose from.
        ModelDamaged: a settings file is unreadable, or names a graph that is not there.
        NotADecoder: the settings describe something else.
        StorageError: the file system refused.
    """
    try:
        return _open(path.expanduser().absolute())
    except OSError as error:
        raise from_os_error(error, "reading the model's folder") from error


def _open(path: Path) -> ModelFolder:
    if path.suffix == ".onnx" and path.is_file():
        return _read(path.parent.parent if path.parent.name == "onnx" else path.parent, path)
    if not path.is_dir():
        raise ModelNotFound(
            "There is no model folder {path}.", "Check the path: indoors models list.", path=path
        )
    if path.name == "onnx" and (path.parent / "config.json").is_file():
        path = path.parent
    return _read(_descend(path), None)


def _read(root: Path, graph: Path | None) -> ModelFolder:
    config = sidecars.read_json(root / "config.json")
    genai = sidecars.read_json(root / _GENAI)
    tokenizer_config = sidecars.read_json(root / "tokenizer_config.json")
    tokenizer = root / "tokenizer.json"
    layout, found = _locate(root, config, genai)
    _refuse_encoder_decoder(root, config)
    return ModelFolder(
        root=root,
        graph=graph or found,
        layout=layout,
        config=config,
        generation=sidecars.read_json(root / "generation_config.json"),
        genai=genai,
        tokenizer_config=tokenizer_config,
        tokenizer=tokenizer if tokenizer.is_file() else None,
        chat_template=sidecars.chat_template(root, tokenizer_config),
        manifest=manifest.read(root) if (root / manifest.FILE_NAME).is_file() else None,
    )


def _locate(root: Path, config: Mapping[str, Any], genai: Mapping[str, Any]) -> tuple[Layout, Path]:
    if genai:
        return Layout.GENAI, _genai_graph(root, genai)
    inside = root / "onnx"
    if graphs := sorted(inside.glob("*.onnx")):
        return Layout.TRANSFORMERS_JS, _best_variant(inside, graphs, config)
    if graphs := sorted(root.glob("*.onnx")):
        return Layout.OPTIMUM, _best_variant(root, graphs, config)
    raise ModelNotFound("{root} holds no .onnx file.", "Give the folder that holds the model.", root=root)


def _genai_graph(root: Path, genai: Mapping[str, Any]) -> Path:
    decoder = (genai.get("model") or {}).get("decoder") or {}
    if decoder.get("pipeline"):
        raise UnsupportedModel(
            "{path} describes a pipeline of several graphs.",
            "Choose a variant made for the CPU.",
            path=root / _GENAI,
        )
    name = decoder.get("filename")
    if not isinstance(name, str) or not name:
        raise NotADecoder(
            "{path} names no decoder.", "Choose a model that generates text.", path=root / _GENAI
        )
    if not (graph := root / name).is_file():
        raise ModelDamaged(
            "{graph} is missing; {file} names it.", "Fetch the model again.", graph=graph, file=_GENAI
        )
    return graph


def _best_variant(folder: Path, graphs: list[Path], config: Mapping[str, Any]) -> Path:
    wanted = (config.get("transformers.js_config") or {}).get("dtype")
    dtypes = (wanted, *_DTYPES) if isinstance(wanted, str) else _DTYPES
    names = (f"{stem}{_SUFFIX.get(dtype, f'_{dtype}')}.onnx" for stem in _STEMS for dtype in dtypes)
    found = next((folder / name for name in names if folder / name in graphs), None)
    if found is None and len(graphs) > 1:
        listed = ", ".join(graph.name for graph in graphs[:8])
        raise ModelNotFound(
            "{folder} holds several graphs: {listed}.", "Name the one to use.", folder=folder, listed=listed
        )
    return found or graphs[0]


def _descend(path: Path) -> Path:
    if _holds_model(path):
        return path
    level = [path]
    for _ in range(_DEPTH):
        level = [child for folder in level for child in _subfolders(folder)]
        models = [folder for folder in level if _holds_model(folder)]
        if len(models) == 1:
            return models[0]
        if models:
            listed = ", ".join(str(folder.relative_to(path)) for folder in models[:8])
            raise ModelNotFound(
                "{path} holds several models: {listed}.",
                "Give the folder of one of them.",
                path=path,
                listed=listed,
            )
    raise ModelNotFound("{path} holds no .onnx file.", "Give the folder that holds the model.", path=path)


def _subfolders(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith(".")]


def _holds_model(folder: Path) -> bool:
    if (folder / _GENAI).is_file() or any(folder.glob("*.onnx")):
        return True
    return any((folder / "onnx").glob("*.onnx"))


def _refuse_encoder_decoder(root: Path, config: Mapping[str, Any]) -> None:
    if config.get("is_encoder_decoder"):
        raise NotADecoder(
            "{root} holds an encoder-decoder model ({kind}).",
            "Choose a decoder-only model: one that continues text.",
            root=root,
            kind=config.get("model_type", "unknown"),
        )
