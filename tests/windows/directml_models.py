"""Writes tiny models and prompts for the comparison with DirectML.

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

from app.paths import guide
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
    turned_in_part,
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


GPT_OSS = {
    "window of 8, published in fp32": Case(replace(CASES["window"], seed=21), half=False),
    "window of 128": Case(
        replace(CASES["window"], seed=22, window=128, experts=6, experts_per_token=3),
        changes=[separate_projections],
    ),
    "MXFP4, biases inside": Case(CASES["mxfp4"], changes=[bias_inside, flat_scales]),
    "large sinks": Case(replace(CASES["odd_sizes"], seed=24), changes=[large_sinks, last_row_only]),
    "sixteen experts": Case(CASES["sixteen_experts"]),
    "one expert, half of a head rotated": Case(
        replace(CASES["one_expert"], seed=25, kv_heads=2), changes=[turned_in_part]
    ),
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
        np.savez(place / "prompt.npz", name=name, ids=prompt(model, sum(CHUNKS)), chunks=CHUNKS)
    for number, (name, dense) in enumerate(DENSE.items()):
        place = import_gguf(folder / f"dense-{number}", replace(dense, positions=1024))
        ids = np.random.default_rng(number).integers(0, dense.vocabulary, sum(CHUNKS))
        np.savez(place / "prompt.npz", name=name, ids=ids, chunks=CHUNKS)
    shutil.copytree(guide(), folder / GUIDE)
    expected = json.dumps(answers(folder / GUIDE, "cpu"))
    (folder / EXPECTED).write_text(expected, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
