"""How well the guide answers what it never saw: `uv run python -m models.guide.evaluate`.

Every held-out question is answered greedily. The reply counts for the intent whose canned answer it is
nearest to, so a reply that mixes two answers counts for one of them at most.
"""

from __future__ import annotations

import argparse
import datetime
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.engine.channels import Channel, MessageStarted, TextDelta
from app.engine.engine import Engine, LoadOptions
from app.engine.parsers import parser_for
from app.engine.sampler import Sampling, build_sampler
from app.progress import silent
from models.guide.intents import OUT_OF_SCOPE, Corpus, read_corpus
from models.guide.questions import Case, held_out_cases

SHIPPED = Path(__file__).parent / "onnx"
_LONGEST = 200


@dataclass(frozen=True)
class Reply:
    """What the guide wrote: its reasoning and its answer."""

    analysis: str
    final: str


Answerer = Callable[[Sequence[Case]], Iterator[Reply]]


@dataclass(frozen=True)
class Outcome:
    """A case, the reply, and the name of what was answered."""

    case: Case
    reply: Reply
    answered: str

    @property
    def right(self) -> bool:
        """Whether the reply is the one wanted."""
        return self.answered == self.case.wanted


class CannedAnswers:
    """Everything the guide may say, by the name of what it answers."""

    def __init__(self, corpus: Corpus) -> None:
        texts = [(intent.answer, intent.name) for intent in corpus.intents]
        texts += [(intent.more, f"{intent.name}+more") for intent in corpus.intents if intent.more]
        texts += [(text, OUT_OF_SCOPE) for text in corpus.out_of_scope.answers]
        texts += [(corpus.follow_ups.exhausted, "exhausted"), (corpus.follow_ups.no_topic, "no_topic")]
        self._names: dict[str, str] = dict(texts)
        self._words = [(text.split(), name) for text, name in texts]

    def nearest(self, text: str) -> str:
        """Name the answer whose beginning shares most words with a text, which may be cut short."""
        if text in self._names:
            return self._names[text]
        words = text.split()
        _, name = max(self._words, key=lambda known: _overlap(words, known[0][: len(words) + 1]))
        return name


def _overlap(left: Sequence[str], right: Sequence[str]) -> float:
    return len({*left} & {*right}) / max(len({*left} | {*right}), 1)


def evaluate(answerer: Answerer, corpus: Corpus, cases: Sequence[Case]) -> list[Outcome]:
    """Answer all cases."""
    canned = CannedAnswers(corpus)
    replies = zip(cases, answerer(cases), strict=True)
    return [Outcome(case, reply, canned.nearest(reply.final)) for case, reply in replies]


def engine_answerer(folder: Path, cache: Path, longest: int = _LONGEST) -> Answerer:
    """Answer with the app's own engine from an ONNX model folder, at most `longest` tokens each."""
    engine = Engine.load(folder, LoadOptions(context=1024), cache, silent, lambda: False)

    def answer(cases: Sequence[Case]) -> Iterator[Reply]:
        for case in cases:
            yield _answer(engine, case, longest)

    return answer


def _answer(engine: Engine, case: Case, longest: int) -> Reply:
    if engine.template is None:
        raise ValueError(f"{engine.folder.root} has no chat template.")
    messages = [{"role": role, "content": text} for role, text in case.messages]
    prompt = engine.template.render(messages, effort="medium", date=datetime.date(2026, 1, 1))
    sampler = build_sampler(Sampling(temperature=0), engine.vocabulary_size, engine.tokenizer.reserved_ids)
    parser = parser_for(engine.tokenizer)()
    texts = {Channel.ANALYSIS: "", Channel.FINAL: "", Channel.COMMENTARY: ""}
    channel = Channel.FINAL
    for token in engine.generate(
        prompt.token_ids, sampler, longest, engine.folder.eos_ids, silent, lambda: False
    ):
        for event in parser.feed(token):
            if isinstance(event, MessageStarted):
                channel = event.channel
            elif isinstance(event, TextDelta):
                texts[channel] += event.text
    return Reply(texts[Channel.ANALYSIS], texts[Channel.FINAL])


def report(outcomes: Sequence[Outcome]) -> str:
    """Describe outcomes in a line a kind."""
    kinds = sorted({outcome.case.kind for outcome in outcomes})
    lines = [f"{kind}: {_share([o.right for o in outcomes if o.case.kind == kind])}" for kind in kinds]
    intents = [o for o in outcomes if o.case.kind in {"intents", "fresh intents"}]
    lines.append(f"in scope but refused: {_share([o.answered == OUT_OF_SCOPE for o in intents])}")
    lines.append(f"with reasoning: {_share([bool(o.reply.analysis) for o in outcomes])}")
    return "\n".join(lines)


def _share(hits: Sequence[bool]) -> str:
    return f"{sum(hits)} of {len(hits)}, {sum(hits) / max(len(hits), 1):.1%}"


def main() -> None:
    """Evaluate the shipped model, or another folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--wrong", action="store_true", help="list what was answered wrongly")
    options = parser.parse_args()
    corpus = read_corpus()
    with tempfile.TemporaryDirectory() as cache:
        answerer = engine_answerer(options.model, Path(cache))
        outcomes = evaluate(answerer, corpus, held_out_cases(corpus))
    print(report(outcomes))
    for outcome in outcomes if options.wrong else ():
        if not outcome.right:
            print(f"{outcome.case.wanted} <- {outcome.case.messages[-1][1]!r}: {outcome.answered}")


if __name__ == "__main__":
    main()
