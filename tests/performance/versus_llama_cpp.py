"""Speed beside llama.cpp's on the same computer and the same sizes: ours, theirs, ours, theirs.

    python -m tests.performance.versus_llama_cpp LLAMA_BENCH MODEL.gguf MODEL_FOLDER [--home DIR]

The folder is one that `indoors bench --geometry gpt-oss-20b --keep` leaves behind; the GGUF has the same
sizes, MXFP4 experts and Q8_0 elsewhere, as the published one. Prints one line a round, then the ratios of the
medians. Quote ratios of one run on an idle computer, never figures of different runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Speed:
    """Tokens a second."""

    prefill: float
    decode: float


def main(arguments: Sequence[str]) -> int:
    """Measure in turn and print."""
    options = _parser().parse_args(arguments)
    ours: list[Speed] = []
    theirs: list[Speed] = []
    for number in range(1, options.rounds + 1):
        ours.append(_ours(options))
        theirs.append(_theirs(options))
        print(f"round {number}: {_words('ours', ours[-1])}; {_words('llama.cpp', theirs[-1])}", flush=True)
    for name in ("prefill", "decode"):
        mine, other = (statistics.median(getattr(speed, name) for speed in side) for side in (ours, theirs))
        print(f"{name}: {mine / other:.2f} times llama.cpp's")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Speed beside llama.cpp's.")
    parser.add_argument("llama_bench", type=Path)
    parser.add_argument("gguf", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path, help="where Indoors keeps its cache")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--prompt-tokens", type=int, default=128)
    parser.add_argument("--new-tokens", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    return parser


def _ours(options: argparse.Namespace) -> Speed:
    counts = ["--prompt-tokens", options.prompt_tokens, "--new-tokens", options.new_tokens]
    home = ["--home", options.home] if options.home else []
    command = [sys.executable, "-m", "app", "bench", "--model", options.folder, *home, *counts]
    figures = _json([*command, "--conversation-tokens", 0, "--json"])
    return Speed(figures["prefill_tokens_per_s"], figures["decode_tokens_per_s"])


def _theirs(options: argparse.Namespace) -> Speed:
    counts = ["-p", options.prompt_tokens, "-n", options.new_tokens, "-t", options.threads, "-r", 2]
    tests = _json([options.llama_bench, "-m", options.gguf, *counts, "-o", "json"])
    best = {bool(test["n_gen"]): max(test["samples_ts"]) for test in tests}
    return Speed(best[False], best[True])


def _json(command: Sequence[object]) -> Any:
    done = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _words(name: str, speed: Speed) -> str:
    return f"{name} prefill {speed.prefill:.1f}, decode {speed.decode:.2f} tokens/s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
