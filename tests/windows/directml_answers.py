"""The built-in model through the whole engine: the same tokens on DirectML as on the processor.

python directml_run.py SOURCE RUNTIME directml_answers MODELS
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.engine.draw import Logits
from app.engine.engine import Engine, LoadOptions
from app.progress import silent

GUIDE, EXPECTED = "guide", "answers.json"
QUESTION = "What is a token? " * 30
TOKENS = 40


def answers(folder: Path, device: str) -> list[list[int]]:
    """The likeliest tokens behind a question, and behind a second one that goes on from there."""
    options = LoadOptions(context=1024, device=device, exact=device == "cpu")
    engine = Engine.load(folder, options, Path("cache"), silent, lambda: False)
    first = engine.tokenizer.encode(QUESTION)
    found = [_answer(engine, first)]
    found.append(_answer(engine, [*first, *found[0], *first[:30]]))
    assert engine.statistics.cached_tokens > len(first)
    return found


def _answer(engine: Engine, prompt: Sequence[int]) -> list[int]:
    return list(
        engine.generate(prompt, _likeliest, TOKENS, engine.folder.eos_ids, silent, lambda: False)  # type: ignore[arg-type]
    )


def _likeliest(logits: Logits, tokens: Sequence[int]) -> int:
    del tokens
    return int(np.argmax(logits))


def main(models: Path) -> int:
    """Compare, print, and say whether all is well."""
    found = answers(models / GUIDE, "directml")
    expected = json.loads((models / EXPECTED).read_text(encoding="utf-8"))
    print(f"The built-in model: {sum(map(len, found))} tokens in two turns:", found == expected)
    print("directml_answers:", "passed" if found == expected else "FAILED")
    return 0 if found == expected else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
