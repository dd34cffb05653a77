"""What the tensors of a GGUF file are called, against the logical names of `DecoderConfig.tensors`.

Source: ggml's gguf-py, constants.py and tensor_mapping.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.errors import UnsupportedModel
from app.graph.decoder_config import DecoderConfig
from app.graph.gguf.file import GgufFile

TABLE = "token_embd.weight"
OUTPUT = "output.weight"
FREQUENCY_FACTORS = "rope_freqs.weight"
GATE_UP = ".mlp.experts.gate_up_proj"

_WHOLE: Mapping[str, str] = {
    "model.embed_tokens.weight": TABLE,
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": OUTPUT,
}
_IN_LAYER: Mapping[str, str] = {
    "input_layernorm.weight": "attn_norm.weight",
    "post_attention_layernorm.weight": "ffn_norm.weight",
    "self_attn.sinks": "attn_sinks.weight",
    "self_attn.q_norm.weight": "attn_q_norm.weight",
    "self_attn.k_norm.weight": "attn_k_norm.weight",
    **{
        f"self_attn.{name}_proj.{kind}": f"attn_{name}.{kind}"
        for name in "qkv"
        for kind in ("weight", "bias")
    },
    "self_attn.o_proj.weight": "attn_output.weight",
    "self_attn.o_proj.bias": "attn_output.bias",
    **{f"mlp.{name}_proj.weight": f"ffn_{name}.weight" for name in ("gate", "up", "down")},
    "mlp.router.weight": "ffn_gate_inp.weight",
    "mlp.router.bias": "ffn_gate_inp.bias",
    "mlp.experts.down_proj": "ffn_down_exps.weight",
    "mlp.experts.down_proj_bias": "ffn_down_exps.bias",
}
_EXPERTS_NORM = "post_attention_norm.weight"
# Tables that older converters wrote and nobody reads.
_IGNORED = (FREQUENCY_FACTORS, "attn_rot_embd.weight", "attn.rot_freqs", "rope_factors_")


def sources(name: str, *, experts: bool) -> tuple[str, ...]:
    """The tensors in the file that make up a logical one: one, or gate and up whose rows take turns.

    Args:
        name: the logical name.
        experts: the model is one with experts, which calls a norm otherwise.
    """
    if name in _WHOLE:
        return (_WHOLE[name],)
    _, _, layer, part = name.split(".", 3)
    if GATE_UP in name:
        kind = "bias" if name.endswith("_bias") else "weight"
        return (f"blk.{layer}.ffn_gate_exps.{kind}", f"blk.{layer}.ffn_up_exps.{kind}")
    if experts and part == "post_attention_layernorm.weight":
        return (f"blk.{layer}.{_EXPERTS_NORM}",)
    return (f"blk.{layer}.{_IN_LAYER[part]}",)


def has_part(file: GgufFile, part: str) -> bool:
    """Whether the first layer has a part."""
    return f"blk.0.{part}" in file.tensors


def refuse_strangers(file: GgufFile, config: DecoderConfig) -> None:
    """Refuse a file with tensors that the model's graph would leave out.

    Raises:
        UnsupportedModel: names one.
    """
    known = {each for name in config.tensors() for each in sources(name, experts=config.experts is not None)}
    strangers = [name for name in file.tensors if name not in known and not _is_ignored(name)]
    if strangers:
        raise UnsupportedModel(
            "{path} has the tensor {name}, which its architecture does not have here.",
            "Choose another file, or the model's ONNX form.",
            path=file.path,
            name=_first(strangers),
        )


def _is_ignored(name: str) -> bool:
    return any(part in name for part in _IGNORED)


def _first(names: Iterable[str]) -> str:
    return min(names)[:120]
