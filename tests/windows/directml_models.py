"""Writes tiny models, and what the processor makes of them, for the comparison with DirectML.

python -m tests.windows.directml_models FOLDER
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from app.paths import guide
from tests.support import decoding
from tests.support.checkpoints import CASES, TinyModel, prompt
from tests.support.gguf_files import TinyGguf
from tests.support.published import (
    Change,
    bias_inside,
    build,
    flat_scales,
    import_gguf,
    large_sinks,
    last_row_only,
    separate_projections,
)
from tests.windows.directml_answers import EXPECTED, GUIDE, answers

# A prompt in pieces, an answer that fills the recent cache, a second turn and its answer.
CHUNKS = (256, 44, *[1] * 100, 50, *[1] * 40)


@dataclass(frozen=True)
class Case:
    """A model and how it is published."""

    model: TinyModel
    half: bool = True
    changes: Iterable[Change] = ()


# Where windows are the point, a token goes through all experts: a choice that rounding turns over would be
# seen in every later step that attends to its token.
GPT_OSS = {
    "window of 8, published in fp32": Case(
        replace(CASES["window"], seed=21, experts=2, experts_per_token=2), half=False
    ),
    "window of 128": Case(
        replace(CASES["window"], seed=22, window=128, experts=3, experts_per_token=3),
        changes=[separate_projections],
    ),
    "MXFP4, biases inside": Case(CASES["mxfp4"], changes=[bias_inside, flat_scales]),
    "large sinks": Case(replace(CASES["odd_sizes"], seed=24), changes=[large_sinks, last_row_only]),
    "sixteen experts": Case(CASES["sixteen_experts"]),
}


DENSE = {
    "llama, 4 bits": TinyGguf("llama", "Q4_0"),
    "qwen2, biases and offsets": TinyGguf("qwen2", "Q4_1", bias=True),
    "qwen3, head norms": TinyGguf("qwen3", "Q8_0", heads=8, head_dim=32),
}


def main(folder: Path) -> None:
    """Write every case."""
    shutil.rmtree(folder, ignore_errors=True)
    for number, (name, case) in enumerate(GPT_OSS.items()):
        model = replace(case.model, positions=1024)
        place = build(folder / f"case-{number}", model, half=case.half, changes=case.changes)
        ids = prompt(model, sum(CHUNKS))
        expected = decoding.logits(place, ids, CHUNKS)
        rows = expected[np.cumsum(CHUNKS) - 1] if len(expected) == len(ids) else expected
        margins = _margins(place, ids, model.experts_per_token)[np.cumsum(CHUNKS) - 1]
        np.savez(place / "expected.npz", name=name, ids=ids, chunks=CHUNKS, logits=rows, margins=margins)
    for number, (name, dense) in enumerate(DENSE.items()):
        place = import_gguf(folder / f"dense-{number}", replace(dense, positions=1024))
        ids = np.random.default_rng(number).integers(0, dense.vocabulary, sum(CHUNKS))
        rows = decoding.logits(place, ids, CHUNKS)[np.cumsum(CHUNKS) - 1]
        clear = np.full(len(rows), np.inf)
        np.savez(place / "expected.npz", name=name, ids=ids, chunks=CHUNKS, logits=rows, margins=clear)
    shutil.copytree(guide(), folder / GUIDE)
    expected = json.dumps(answers(folder / GUIDE, "cpu"))
    (folder / EXPECTED).write_text(expected, encoding="utf-8")


def _margins(folder: Path, ids: NDArray[np.int64], chosen: int) -> NDArray[np.float32]:
    """How clearly each token's experts are chosen.

    The least distance, over all layers, between the score of the last that is chosen and that of the first
    that is not, as a share of the scores' standard deviation.
    """
    header = onnx.load(folder / "model.onnx")
    names = [node.input[1] for node in header.graph.node if node.op_type == "QMoE"]
    header.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    session = onnxruntime.InferenceSession(header.SerializeToString(), providers=["CPUExecutionProvider"])
    feeds = {"input_ids": ids[None], "attention_mask": np.ones((1, len(ids)), np.int64)}
    for given in session.get_inputs():
        if given.name.startswith("past_key_values"):
            dtype = np.float16 if "16" in given.type else np.float32
            feeds[given.name] = np.zeros((1, given.shape[1], 0, given.shape[3]), dtype)
    margins = []
    for scores in session.run(names, feeds):
        ranked = -np.sort(-scores.astype(np.float32), axis=1)
        if chosen < ranked.shape[1]:
            margins.append((ranked[:, chosen - 1] - ranked[:, chosen]) / ranked.std())
    return np.min(margins, axis=0) if margins else np.full(len(ids), np.inf, np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
