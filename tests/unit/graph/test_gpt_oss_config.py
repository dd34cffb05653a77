from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import ModelDamaged, UnsupportedModel
from app.graph.decoder_config import FULL_ATTENTION, DecoderConfig, Experts
from app.graph.gpt_oss_config import parse_config
from tests.support.checkpoints import TinyModel

PATH = Path("config.json")


def parse(**changes: Any) -> DecoderConfig:
    content = {**TinyModel(layers=3).config(), **changes}
    return parse_config({name: value for name, value in content.items() if value is not ...}, PATH)


@pytest.mark.parametrize(
    ("layers", "experts", "parameters"), [(24, 32, 20_914_757_184), (36, 128, 116_829_156_672)]
)
def test_parameters_of_the_published_models(layers: int, experts: int, parameters: int) -> None:
    model = TinyModel(
        layers=layers,
        experts=experts,
        experts_per_token=4,
        hidden=2880,
        intermediate=2880,
        heads=64,
        kv_heads=8,
        head_dim=64,
        vocabulary=201088,
    )
    assert parse_config(model.config(), PATH).parameters == parameters


def test_layers_alternate_without_layer_types() -> None:
    assert parse(layer_types=...).windows == (8, FULL_ATTENTION, 8)
    assert parse(sliding_window=None).windows == (FULL_ATTENTION,) * 3


def test_tied_embeddings_have_one_table() -> None:
    tied, untied = parse(tie_word_embeddings=True), parse()
    assert untied.tensors().keys() - tied.tensors().keys() == {"lm_head.weight"}
    assert replace(tied, tied_embeddings=False) == untied


def test_defaults_of_older_files() -> None:
    config = parse(rms_norm_eps=..., attention_bias=..., num_key_value_heads=...)
    assert config.experts == Experts(count=4, per_token=2, limit=7.0, alpha=1.702)
    assert config.epsilon == 1e-5
    assert config.qkv_bias
    assert config.output_bias
    assert config.kv_heads == config.heads


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hidden_size", ...),
        ("hidden_size", 0),
        ("hidden_size", "64"),
        ("hidden_size", 64.0),
        ("num_hidden_layers", True),
        ("rms_norm_eps", -1),
        ("swiglu_limit", float("inf")),
        ("layer_types", ["full_attention"]),
        ("layer_types", ["other"] * 3),
        ("layer_types", "full_attention"),
        ("sliding_window", "all"),
    ],
)
def test_wrong_fields_are_named(field: str, value: Any) -> None:
    with pytest.raises(ModelDamaged, match=f"config.json.*{field}"):
        parse(**{field: value})


@pytest.mark.parametrize(
    "changes",
    [
        {"model_type": "llama"},
        {"model_type": ...},
        {"hidden_act": "gelu"},
        {"num_attention_heads": 3},
        {"head_dim": 24},
        {"num_experts_per_tok": 5},
        {"hidden_size": 63},
        {"intermediate_size": 63},
    ],
)
def test_what_no_graph_can_compute_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedModel, match=r"config\.json"):
        parse(**changes)
