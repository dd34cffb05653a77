"""A model as the fit sees it: its sizes, read from JSON files and file sizes alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from app.errors import ModelDamaged, from_os_error
from app.manifest import Manifest

_CONFIG, _GENAI, _TOKENIZER = "config.json", "genai_config.json", "tokenizer.json"
_NO_WEIGHTS = frozenset(
    (".json", ".jinja", ".md", ".txt", ".model", ".py", ".pdf", ".png", ".jpg", "", ".gitattributes")
)
_HALF = re.compile(r"(?:^|[^a-z0-9])(?:q\d+)?b?f(?:loat)?p?16(?:[^0-9]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Geometry:
    """Sizes of a decoder's layers.

    Attributes:
        layers: number of them.
        hidden: width of a token.
        heads: query heads.
        kv_heads: key/value heads.
        head_dim: width of one.
        intermediate: width inside the feed-forward block, or inside one expert.
        experts: experts of a layer; 1 for a dense block.
        chosen: experts a token goes through.
        vocabulary: number of tokens.
        windows: for each layer the tokens it looks back at most; None for all of them.
    """

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    intermediate: int
    experts: int
    chosen: int
    vocabulary: int
    windows: tuple[int | None, ...]

    @property
    def attention_weights(self) -> int:
        """Weights of one layer's projections."""
        return self.hidden * self.head_dim * 2 * (self.heads + self.kv_heads)

    @property
    def expert_weights(self) -> int:
        """Weights of one expert: gate, up and down."""
        return 3 * self.hidden * self.intermediate

    @property
    def computed_weights(self) -> int:
        """All weights that are multiplied; the table of embeddings is only looked up."""
        layer = self.attention_weights + self.experts * self.expert_weights
        return self.layers * layer + self.vocabulary * self.hidden

    @property
    def active_weights(self) -> int:
        """Those that one token is multiplied with."""
        layer = self.attention_weights + self.chosen * self.expert_weights
        return self.layers * layer + self.vocabulary * self.hidden


@dataclass(frozen=True)
class ModelDescription:
    """What the fit needs to know of a model. Sizes in bytes.

    Attributes:
        id: the name it is asked for by.
        name: what people call it.
        weight_bytes: of all its weight files.
        tokenizer_bytes: of `tokenizer.json`.
        longest: tokens of context it was made for.
        quantization: as its manifest says.
        kv_itemsize: of one number in the KV cache.
        geometry: sizes of its layers; None where no file tells.
    """

    id: str
    name: str
    weight_bytes: int
    tokenizer_bytes: int = 0
    longest: int = 0
    quantization: str = ""
    kv_itemsize: int = 4
    geometry: Geometry | None = None

    @property
    def embedding_bytes(self) -> int:
        """Of the table of embeddings, which exports keep as fp16 beside quantised weights.

        It stays in the file, which the system maps: no memory needs to be free for it.
        """
        if self.geometry is None:
            return 0
        table = self.geometry.vocabulary * self.geometry.hidden
        return min(table * (4 if self.quantization == "fp32" else 2), self.weight_bytes * 3 // 4)

    @property
    def active_bytes(self) -> int:
        """Of the weights that one token has to read."""
        stored = self.weight_bytes - self.embedding_bytes
        if self.geometry is None:
            return stored
        return stored * self.geometry.active_weights // self.geometry.computed_weights

    @property
    def kv_bytes_per_token(self) -> int:
        """Of keys and values, all layers: the cache of a layer with a window is allocated like the others."""
        if self.geometry is None:
            return 0
        return 2 * self.geometry.layers * self.geometry.kv_heads * self.geometry.head_dim * self.kv_itemsize

    @property
    def graphics_class_gb(self) -> int:
        """Size of card that a mixture of experts as large as gpt-oss's needs; 0 where the numbers decide.

        OpenAI names 16 GB for gpt-oss-20b and 80 GB for gpt-oss-120b (their model cards).
        """
        if self.geometry is None or self.geometry.experts == 1:
            return 0
        sizes = (self.geometry.layers, self.geometry.hidden, self.geometry.experts)
        return {(24, 2880, 32): 16, (36, 2880, 128): 80}.get(sizes, 0)


def describe(folder: Path, manifest: Manifest | None = None) -> ModelDescription:
    """Describe a model folder.

    Args:
        folder: where its files lie.
        manifest: of the folder; None when it has none.

    Raises:
        ModelDamaged: a settings file is no JSON object.
        StorageError: the folder cannot be read.
    """
    try:
        sizes = dict(_sizes(folder, manifest))
        config, genai = _json(folder, _CONFIG), _json(folder, _GENAI)
    except OSError as error:
        raise from_os_error(error, "reading the model's folder") from error
    found = from_settings(
        model_id=manifest.id if manifest else str(folder),
        sizes=sizes,
        config=config,
        genai=genai,
        quantization=manifest.quantization if manifest else "",
        longest=manifest.context_length if manifest else 0,
    )
    return replace(found, name=manifest.name or manifest.id) if manifest else found


def from_settings(
    model_id: str,
    sizes: Mapping[str, int],
    config: Mapping[str, Any],
    genai: Mapping[str, Any],
    quantization: str = "",
    longest: int = 0,
) -> ModelDescription:
    """Describe a model by the content of its settings files.

    Args:
        model_id: its name.
        sizes: of its files, by name.
        config: `config.json`; {} when absent.
        genai: `genai_config.json`; {} when absent.
        quantization: "int4", …; empty when unknown.
        longest: tokens of context as the manifest says; 0 when it does not.
    """
    weights = {name: size for name, size in sizes.items() if PurePath(name).suffix not in _NO_WEIGHTS}
    return ModelDescription(
        id=model_id,
        name=model_id,
        weight_bytes=sum(weights.values()),
        tokenizer_bytes=sizes.get(_TOKENIZER, 0),
        longest=_longest(config, genai) or longest,
        quantization=quantization,
        kv_itemsize=2 if _is_half(config, quantization, weights) else 4,
        geometry=_geometry(_text(config)) or _geometry(_flat(genai)),
    )


def _sizes(folder: Path, manifest: Manifest | None) -> Iterator[tuple[str, int]]:
    if manifest is not None and manifest.files:
        yield from ((record.path, record.bytes) for record in manifest.files)
        return
    for pattern in ("*", "onnx/*"):
        for path in folder.glob(pattern):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.stat().st_size


def _json(folder: Path, name: str) -> Mapping[str, Any]:
    path = folder / name
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise _damaged(path, error) from error
    if not isinstance(content, dict):
        raise _damaged(path, ValueError("it is no object"))
    return content


def _damaged(path: Path, error: Exception) -> ModelDamaged:
    return ModelDamaged("{path} cannot be read: {error}.", "Import the model again.", path=path, error=error)


def _geometry(config: Mapping[str, Any]) -> Geometry | None:
    """Sizes by the names that transformers' configurations use."""
    layers, hidden = _whole(config, "num_hidden_layers", "n_layer"), _whole(config, "hidden_size", "n_embd")
    heads = _whole(config, "num_attention_heads", "n_head")
    if not (layers and hidden and heads):
        return None
    experts = _whole(config, "num_local_experts", "num_experts", "n_routed_experts") or 1
    return Geometry(
        layers=layers,
        hidden=hidden,
        heads=heads,
        kv_heads=_whole(config, "num_key_value_heads") or heads,
        head_dim=_whole(config, "head_dim") or hidden // heads,
        intermediate=_whole(config, "moe_intermediate_size", "intermediate_size", "n_inner") or 4 * hidden,
        experts=experts,
        chosen=min(_whole(config, "num_experts_per_tok") or 1, experts),
        vocabulary=_whole(config, "vocab_size"),
        windows=_windows(config, layers),
    )


def _text(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings of the decoder, where a model has other parts too."""
    inner = config.get("text_config")
    return inner if isinstance(inner, dict) and inner else config


def _windows(config: Mapping[str, Any], layers: int) -> tuple[int | None, ...]:
    window, kinds = _whole(config, "sliding_window") or None, config.get("layer_types")
    if isinstance(kinds, list) and len(kinds) == layers:
        return tuple(window if kind == "sliding_attention" else None for kind in kinds)
    used = window if config.get("use_sliding_window", True) else None
    return (used,) * layers


def _flat(genai: Mapping[str, Any]) -> Mapping[str, Any]:
    """What ONNX Runtime GenAI's settings say, by transformers' names."""
    model = genai.get("model")
    if not isinstance(model, dict):
        return {}
    decoder = model.get("decoder")
    named = decoder if isinstance(decoder, dict) else {}
    return {**named, "head_dim": named.get("head_size"), "vocab_size": model.get("vocab_size")}


def _longest(config: Mapping[str, Any], genai: Mapping[str, Any]) -> int:
    """In the order in which the engine believes them (`app.graph.layout`)."""
    model, text = genai.get("model"), config.get("text_config")
    places = (
        (model, "context_length"),
        (config, "max_position_embeddings"),
        (text, "max_position_embeddings"),
        (config, "n_positions"),
    )
    return next(
        (size for place, name in places if isinstance(place, dict) and (size := _whole(place, name))), 0
    )


def _is_half(config: Mapping[str, Any], quantization: str, weights: Iterable[str]) -> bool:
    """Whether keys and values are fp16: the settings, the manifest or a file's name says so."""
    told = config.get("transformers.js_config")
    kind = told.get("kv_cache_dtype") if isinstance(told, dict) else None
    if kind is not None:
        return "16" in str(kind)
    return any(_HALF.search(name) for name in (quantization, *weights))


def _whole(values: Mapping[str, Any], *names: str) -> int:
    """The first of some fields that holds a positive whole number; 0 where none does."""
    for name in names:
        value = values.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return 0
