"""Logits of the reference implementation: transformers' GptOssForCausalLM on torch."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import GptOssConfig, GptOssForCausalLM

from tests.support.checkpoints import TinyModel, float_tensors


def reference_model(model: TinyModel) -> GptOssForCausalLM:
    """The model in fp32, with attention and experts written out."""
    content = model.config()
    content.pop("architectures")
    config = GptOssConfig(**content, attn_implementation="eager", experts_implementation="eager")
    network = GptOssForCausalLM(config).eval()
    state = {name: torch.from_numpy(values) for name, values in float_tensors(model).items()}
    if model.tied:
        state["lm_head.weight"] = state["model.embed_tokens.weight"]
    network.load_state_dict(state)
    return network


def reference_logits(model: TinyModel, ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Logits [tokens, vocabulary] of a prompt fed at once."""
    with torch.no_grad():
        result: NDArray[np.float32] = reference_model(model)(torch.from_numpy(ids)[None]).logits[0].numpy()
    return result
