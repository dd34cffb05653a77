"""What a grammar costs: the same engine with and without one, in turns, on the geometry of gpt-oss-20b.

`python -m tests.performance.constraint_cost [--layers N] [--folder DIR]` makes the geometry (12.8 GB; fewer
layers for small machines, where a token costs less and a grammar as much), loads it as for an answer, and
lets it write with gpt-oss's own tokenizer, whose 201,088 tokens each step of a grammar judges. Weights are
random, so the texts are nonsense of the right form. The bar: at most 10 % more time a token, with all layers.
Needs `python -m tests.support.fetch_gpt_oss_assets`.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np

from app.engine.engine import Engine, LoadOptions
from app.engine.loaded_graph import load_graph
from app.engine.sampler import Sampling, build_sampler
from app.engine.tokenizer import Tokenizer
from app.graph.geometry import build_geometry
from app.progress import silent
from app.respond.grammar import answer_grammar
from app.respond.request import read_request
from tests.support.fetch_gpt_oss_assets import folder as assets

_BAR = 0.10
_ROUNDS = 4
_PROMPT = 64
_PLAIN = 199_998  # ids from here on are control tokens
_SCHEMA = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "people": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
                "required": ["name", "age"],
            },
        },
        "kind": {"enum": ["report", "letter", "note"]},
        "score": {"type": "number"},
    },
    "required": ["title", "people", "kind", "score"],
}
_FORM = {"type": "json_schema", "name": "a", "schema": _SCHEMA, "strict": True}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--layers", type=int, help="of the geometry; all 24 unless it is said")
    parser.add_argument("--tokens", type=int, default=100, help="of each answer")
    parser.add_argument("--folder", type=Path, help="where the geometry lies or is to be kept")
    options = parser.parse_args()
    with _geometry(options.folder, options.layers) as (geometry, cache):
        engine = _load(geometry, cache)
        grammar = _grammar(engine)
        free: list[float] = []
        bound: list[float] = []
        for seed in range(_ROUNDS):
            free += _tokens_ms(engine, options.tokens, seed, None)
            bound += _tokens_ms(engine, options.tokens, seed, grammar)
        engine.close()
    _tell(statistics.median(free), statistics.median(bound))


def _tell(free: float, bound: float) -> None:
    share = bound / free - 1
    print(f"a token without a grammar: {free:.2f} ms, with one: {bound:.2f} ms (medians)")
    print(f"overhead: {100 * share:.1f} %; bar with 24 layers: {100 * _BAR:.0f} %")


@contextmanager
def _geometry(kept: Path | None, layers: int | None) -> Iterator[tuple[Path, Path]]:
    """Folders of the model and of what is adapted of it."""
    with tempfile.TemporaryDirectory() as own:
        root = kept or Path(own)
        model = root / f"gpt-oss-20b-{layers or 24}"
        if not model.exists():
            root.mkdir(parents=True, exist_ok=True)
            build_geometry("gpt-oss-20b", model, silent, layers)
        yield model, root / "cache"


def _load(geometry: Path, cache: Path) -> Engine:
    options = LoadOptions(context=1024)
    loaded = load_graph(geometry, options, cache, silent, lambda: False)
    return Engine(loaded, Tokenizer.from_file(assets() / "tokenizer.json"), None)


def _grammar(engine: Engine) -> str:
    started = time.perf_counter()
    grammars = engine.grammars
    print(f"tokens prepared, once a model: {time.perf_counter() - started:.2f} s")
    request = read_request({"input": "x", "text": {"format": _FORM}})
    started = time.perf_counter()
    grammar = answer_grammar(request, engine.tokenizer, "", grammars.compiles, 1 << 17)
    assert grammar is not None
    grammars.compile(grammar, 1)
    print(f"grammar compiled, once a request: {1e3 * (time.perf_counter() - started):.1f} ms")
    return grammar


def _tokens_ms(engine: Engine, tokens: int, seed: int, grammar: str | None) -> list[float]:
    """Milliseconds of each token of an answer but the first, which waits for the prompt."""
    size = engine.vocabulary_size
    constraint = None if grammar is None else engine.grammars.compile(grammar, _PROMPT)
    sampler = build_sampler(Sampling(seed=seed), size, engine.tokenizer.masked_ids(size), constraint)
    prompt: list[int] = np.random.default_rng(seed).integers(0, _PLAIN, _PROMPT).tolist()
    stops = [engine.tokenizer.special_id("<|return|>") or 0] if grammar else []
    moments = [
        time.perf_counter() for _ in engine.generate(prompt, sampler, tokens, stops, silent, lambda: False)
    ]
    return [1e3 * (later - sooner) for sooner, later in pairwise(moments)]


if __name__ == "__main__":
    main()
