"""What a grammar costs a token, with gpt-oss's own tokenizer: `python -m tests.performance.constraint_cost`.

Needs `python -m tests.support.fetch_gpt_oss_assets`. Logits are random, so the texts are nonsense of the
right form; beside the cost stands its share of a token on the gpt-oss-20b geometry (docs/performance.md).
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from app.engine.constraint import Grammars
from app.engine.sampler import Sampling, build_sampler
from app.engine.tokenizer import Tokenizer
from app.respond.grammar import answer_grammar
from app.respond.request import read_request
from tests.support.fetch_gpt_oss_assets import folder

_VOCABULARY = 201_088
_TOKEN_MS = 79.0  # 12.6 tokens a second
_TOKENS = 300
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
    tokenizer = Tokenizer.from_file(folder() / "tokenizer.json")
    started = time.perf_counter()
    grammars = Grammars(tokenizer, _VOCABULARY, [tokenizer.special_id("<|return|>") or 0])
    print(f"tokenizer prepared, once a model: {time.perf_counter() - started:.2f} s")
    request = read_request({"input": "x", "text": {"format": _FORM}})
    started = time.perf_counter()
    grammar = answer_grammar(request, tokenizer, "", grammars.compiles, 1 << 17)
    assert grammar is not None
    constraint = grammars.compile(grammar, 1)
    print(f"grammar compiled, once a request: {1e3 * (time.perf_counter() - started):.1f} ms")
    random = np.random.default_rng(1)
    masked = tokenizer.masked_ids(_VOCABULARY)
    free = build_sampler(Sampling(seed=1), _VOCABULARY, masked)
    bound = build_sampler(Sampling(seed=1), _VOCABULARY, masked, constraint)
    costs = []
    plain, history, followed = [], [1], [1]
    for _ in range(_TOKENS):
        logits = random.normal(size=_VOCABULARY).astype(np.float32)
        started = time.perf_counter()
        history.append(free(logits, history))
        plain.append(time.perf_counter() - started)
        started = time.perf_counter()
        followed.append(bound(logits, followed))
        costs.append(time.perf_counter() - started)
    difference = 1e3 * (statistics.mean(costs) - statistics.mean(plain))
    share = 100 * difference / _TOKEN_MS
    print(f"a token: {difference:.2f} ms more on average, {share:.1f} % of {_TOKEN_MS:.0f} ms;")
    print(f"of it at most {1e3 * max(costs):.1f} ms once")


if __name__ == "__main__":
    main()
