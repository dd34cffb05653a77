"""Logits of a model folder through a bare session, in any division into chunks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray


def logits(folder: Path, ids: NDArray[np.int64], chunks: Sequence[int]) -> NDArray[np.float32]:
    """Logits [tokens, vocabulary] of a prompt fed chunk by chunk with the KV cache.

    Prepacking is off, which keeps 8-bit experts from quantising their input: the kernels are exact.

    Args:
        folder: holds model.onnx.
        ids: the prompt.
        chunks: their sizes; they add up to the prompt's length.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    options.add_session_config_entry("session.disable_prepacking", "1")
    session = onnxruntime.InferenceSession(folder / "model.onnx", options, ["CPUExecutionProvider"])
    cache = {
        given.name: np.zeros(
            (1, given.shape[1], 0, given.shape[3]), np.float16 if "16" in given.type else np.float32
        )
        for given in session.get_inputs()
        if given.name.startswith("past_key_values")
    }
    parts, past = [], 0
    for chunk in chunks:
        total = past + chunk
        mask = np.ones((1, total), np.int64)
        feeds = {"input_ids": ids[None, past:total], "attention_mask": mask, **cache}
        result, *present = session.run(None, feeds)
        cache = dict(zip(cache, present, strict=True))
        parts.append(result[0].astype(np.float32))
        past = total
    return np.concatenate(parts)
