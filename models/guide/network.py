"""The guide's architecture: transformers' own GptOss, with two kernels that train fast on a CPU.

The model that is trained is `GptOssForCausalLM` itself, so the checkpoint needs no conversion. Only two
functions inside it are replaced through transformers' registries, both mathematically equal to the
original ones (`train.py` compares the logits before it saves):

- attention: the sink becomes a key of its own, so the fused `scaled_dot_product_attention` applies. With a
  constant 1 appended to every query, a 0 to every key and the sink's logit to the extra key, that key
  scores exactly the sink (OpenAI, gpt-oss model card, section 2.2: a learned bias in the denominator).
- experts: tokens are sorted by expert, so each expert is two matrix products.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - PyTorch's own convention
from transformers import GptOssConfig, GptOssForCausalLM
from transformers.integrations.moe import ALL_EXPERTS_FUNCTIONS
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

FAST = "guide_fast"
WINDOW = 32
CONTEXT = 2048
LAYERS = 4
EXPERTS = 8
HIDDEN = 192


def build_config(vocabulary_size: int, special: dict[str, int]) -> GptOssConfig:
    """Describe the guide: 4 layers, 8 experts of which 2 are active, hidden size 192, window 32.

    Args:
        vocabulary_size: number of token ids, a multiple of 32.
        special: id of each special token.
    """
    return GptOssConfig(
        num_hidden_layers=LAYERS,
        num_local_experts=EXPERTS,
        num_experts_per_tok=2,
        vocab_size=vocabulary_size,
        hidden_size=HIDDEN,
        intermediate_size=96,
        head_dim=32,
        num_attention_heads=6,
        num_key_value_heads=3,
        sliding_window=WINDOW,
        max_position_embeddings=CONTEXT,
        rope_parameters={
            "rope_type": "yarn",
            "rope_theta": 10000.0,
            "factor": 8.0,
            "beta_fast": 32.0,
            "beta_slow": 1.0,
            "truncate": False,
            "original_max_position_embeddings": CONTEXT // 8,
        },
        initializer_range=0.03,
        bos_token_id=special["<|startoftext|>"],
        pad_token_id=special["<|endoftext|>"],
        eos_token_id=[special["<|return|>"], special["<|call|>"], special["<|endoftext|>"]],
    )


def build_model(config: GptOssConfig) -> GptOssForCausalLM:
    """Make the model with random weights and the fast kernels."""
    ALL_ATTENTION_FUNCTIONS.register(FAST, _attention)
    ALL_EXPERTS_FUNCTIONS.register(FAST, _experts)
    model = GptOssForCausalLM(config)
    _use_kernels(model, FAST)
    return model


def use_reference_kernels(model: GptOssForCausalLM) -> None:
    """Switch back to the kernels transformers ships."""
    _use_kernels(model, "eager")


def _use_kernels(model: GptOssForCausalLM, name: str) -> None:
    model.config._attn_implementation = name  # noqa: SLF001 - transformers offers no public way for both
    model.config._experts_implementation = name  # noqa: SLF001


def _attention(
    module: Any, query: Tensor, key: Tensor, value: Tensor, _mask: Tensor | None, **options: Any
) -> tuple[Tensor, None]:
    """Attend causally from [batch, heads, length, head_dim]; padding must be on the right."""
    batch, heads, length, _ = query.shape
    kv_heads = key.shape[1]
    sink = module.sinks.to(query.dtype) / options["scaling"]
    key = key.repeat_interleave(heads // kv_heads, dim=1)
    value = value.repeat_interleave(heads // kv_heads, dim=1)
    query = F.pad(query, (0, 8, 1, 0), value=1.0)
    key = F.pad(key, (0, 8))
    extra = torch.cat((key.new_zeros(heads, key.shape[-1] - 1), sink[:, None]), dim=1)
    key = torch.cat((extra[None, :, None].expand(batch, -1, -1, -1), key), dim=2)
    value = F.pad(value, (0, 8, 1, 0))
    mask = _window_mask(length, module.sliding_window, query.device) if module.sliding_window else None
    mixed = F.scaled_dot_product_attention(
        query, key, value, attn_mask=mask, is_causal=mask is None, scale=options["scaling"]
    )
    return mixed[:, :, 1:, :-8].transpose(1, 2), None


def _window_mask(length: int, window: int, device: torch.device) -> Tensor:
    """Allow the sink (key 0) and the last `window` keys: bool [length + 1, length + 1]."""
    position = torch.arange(length + 1, device=device)
    distance = position[:, None] - position[None, :]
    allowed = (distance >= 0) & (distance < window)
    allowed[:, 0] = True
    return allowed


def _experts(self: Any, hidden: Tensor, chosen: Tensor, weights: Tensor) -> Tensor:
    """Apply each token's experts: hidden [tokens, hidden], chosen and weights [tokens, k]."""
    tokens, k = chosen.shape
    order = chosen.reshape(-1).argsort()
    counts = torch.bincount(chosen.reshape(-1), minlength=self.num_experts)
    offsets = counts.cumsum(0)[:-1].tolist()
    parts = hidden[order // k].tensor_split(offsets)
    outputs = [
        F.linear(
            self._apply_gate(F.linear(part, self.gate_up_proj[e].T, self.gate_up_proj_bias[e])),
            self.down_proj[e].T,
            self.down_proj_bias[e],
        )
        for e, part in enumerate(parts)
    ]
    weighted = torch.cat(outputs) * weights.reshape(-1)[order, None]
    back = torch.empty_like(order)
    back[order] = torch.arange(order.numel(), device=order.device)
    return weighted[back].view(tokens, k, -1).sum(1).to(hidden.dtype)


def count_parameters(model: nn.Module) -> int:
    """Number of trainable parameters."""
    return sum(parameter.numel() for parameter in model.parameters())
