"""A published model's sizes with random weights: speed and memory do not depend on what weights say."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import UsageError
from app.graph.decoder_config import DecoderConfig
from app.graph.gpt_oss_config import parse_config
from app.graph.model_parts import Identity, ModelParts
from app.graph.quantize import Blocks, Quantization
from app.graph.storage import BLOCK, Levels
from app.graph.write_model import write_model
from app.manifest import Manifest
from app.progress import Progress

_LAYERS_AND_EXPERTS = {"gpt-oss-20b": (24, 32), "gpt-oss-120b": (36, 128)}
_POOL = 1 << 25
_PIECE = 1 << 24
_SEED = 20250805


def build_geometry(
    name: str,
    destination: Path,
    progress: Progress,
    layers: int | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Make a model folder of a published model's sizes, int4, with random weights and without a tokenizer.

    Args:
        name: "gpt-oss-20b" or "gpt-oss-120b".
        destination: the folder to make.
        progress: as in `build_model`.
        layers: fewer layers than the published model has.
        cancelled: as in `build_model`.

    Raises:
        UsageError: no such geometry, or the destination exists.
        DiskFull: there is less room than the model needs.
        StorageError: the file system refused.
        Cancelled: it was.
    """
    return write_model(geometry_parts(name, layers), destination, progress, cancelled)


def geometry_parts(name: str, layers: int | None = None) -> ModelParts:
    """The parts of such a model; arguments and UsageError as in `build_geometry`, nothing is written."""
    if name not in _LAYERS_AND_EXPERTS:
        raise UsageError(
            "There is no geometry {name!r}.",
            "Known: {known}.",
            name=name,
            known=", ".join(_LAYERS_AND_EXPERTS),
        )
    content = _content(name, layers)
    config = parse_config(content, Path("config.json"))
    identity = Identity(
        id=f"{name}-geometry",
        name=f"{name} with random weights",
        source="random weights, for measuring speed and memory only",
        base_model=f"openai/{name}",
    )
    return ModelParts(content, config, RandomWeights(config), Quantization.INT4, identity)


def _content(name: str, layers: int | None) -> dict[str, Any]:
    """The published `config.json` of the model."""
    published, experts = _LAYERS_AND_EXPERTS[name]
    return {
        "architectures": ["GptOssForCausalLM"],
        "model_type": "gpt_oss",
        "attention_bias": True,
        "eos_token_id": 200002,
        "head_dim": 64,
        "hidden_act": "silu",
        "hidden_size": 2880,
        "intermediate_size": 2880,
        "max_position_embeddings": 131072,
        "num_attention_heads": 64,
        "num_experts_per_tok": 4,
        "num_hidden_layers": layers or published,
        "num_key_value_heads": 8,
        "num_local_experts": experts,
        "pad_token_id": 199999,
        "rms_norm_eps": 1e-5,
        "rope_scaling": {
            "beta_fast": 32.0,
            "beta_slow": 1.0,
            "factor": 32.0,
            "original_max_position_embeddings": 4096,
            "rope_type": "yarn",
            "truncate": False,
        },
        "rope_theta": 150000,
        "sliding_window": 128,
        "swiglu_limit": 7.0,
        "tie_word_embeddings": False,
        "vocab_size": 201088,
    }


class RandomWeights:
    """Weights cut at random places out of a pool of random numbers, scaled as trained ones are: 1/√width.

    Args:
        config: sizes of the tensors.
    """

    def __init__(self, config: DecoderConfig) -> None:
        self._shapes = config.tensors()
        self._random = np.random.default_rng(_SEED)
        self._bytes = self._random.integers(0, 256, _POOL + _PIECE, np.uint8)
        self._normal = self._random.standard_normal(_POOL // 4 + _PIECE // 4, np.float32)

    def rows(self, name: str) -> Iterator[NDArray[np.float32]]:
        """Random floats: ones for norms, zeros for biases, normal with unit length of rows otherwise."""
        shape = self._shapes[name]
        if len(shape) == 1 or "bias" in name:
            yield np.full(shape, 1 if name.endswith("norm.weight") else 0, np.float32)
            return
        for count in self._counts(shape, _PIECE // 4):
            first = int(self._random.integers(_POOL // 4))
            values = self._normal[first : first + count * shape[-1]].reshape(count, shape[-1])
            yield values * np.float32(1 / math.sqrt(shape[-1]))

    def blocks(self, name: str, form: Levels) -> Iterator[Blocks]:
        """Random levels under scales that make rows of about unit length."""
        shape = self._shapes[name]
        bits, per_row = form.bits, form.blocks_in(shape[-1])
        width = per_row * form.block * bits // 8
        spread = (1 << bits) / math.sqrt(12)
        for count in self._counts(shape, _PIECE // bits * 8):
            first = int(self._random.integers(_POOL))
            levels = self._bytes[first : first + count * width].reshape(count, width)
            scales = self._random.uniform(0.8, 1.2, (count, per_row)) / (spread * math.sqrt(shape[-1]))
            yield Blocks(levels, scales.astype(np.float32))

    def _counts(self, shape: tuple[int, ...], piece: int) -> Iterator[int]:
        """Numbers of rows that add up to a tensor, none with more weights than `piece`."""
        left, step = math.prod(shape[:-1]), max(1, piece // (-(-shape[-1] // BLOCK) * BLOCK))
        while left:
            count = min(left, step)
            left -= count
            yield count
